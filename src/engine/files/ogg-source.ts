/** Ogg files of Opus (RFC 7845) or Vorbis (Vorbis I specification, annex A). */

import { decoder as openOpusDecoder } from '@audio/decode-opus';
import { decoder as openVorbisDecoder } from '@audio/decode-vorbis';

import { leadingTagEnd, unreadableAudio } from './audio-format.js';
import type { AudioSource } from './audio-source.js';
import { inPieces } from './audio-source.js';
import { asciiAt, viewOf } from './bytes.js';
import type { OggPage } from './ogg-pages.js';
import { lastOggPage, oggPackets, oggPages } from './ogg-pages.js';
import { readVorbisComments } from './vorbis-comments.js';

interface OggCodec {
  readonly format: 'ogg-opus' | 'ogg-vorbis';
  /** Of the second packet, which holds the comments. */
  readonly commentsSignature: string;
  /** Hertz of the granule position. */
  readonly granuleRate: number;
  readonly openDecoder: AudioSource['openDecoder'];
}

const COMMENTS_MAX_BYTES = 1024 * 1024;
/** An Opus packet of silence has 120 ms in a byte: a piece of this size may become 45 MB per channel. */
const PIECE_BYTES = 4096;
/** Five minutes of the shortest packets there are, each on a page of its own, have fewer. */
const PAGES_MAX = 150_000;
const OPUS_RATE = 48_000;
const CHANNELS_MAX = 8;

/** @throws EngineError `audio_unreadable` */
export function openOgg(file: Uint8Array): AudioSource {
  const bytes = file.subarray(leadingTagEnd(file));
  const [identification, comments] = headerPackets(bytes);
  if (!identification || !comments) throw unreadableAudio('the Ogg file is cut off before its sound');
  const codec = codecOf(identification);
  const { commentsSignature } = codec;
  const hasComments = asciiAt(comments, 0, commentsSignature.length) === commentsSignature;
  return {
    format: codec.format,
    promisedSeconds: promisedSeconds(bytes, codec),
    tags: hasComments ? readVorbisComments(comments.subarray(commentsSignature.length)) : new Map(),
    openDecoder: codec.openDecoder,
    pieces: () => inPieces(bytes, PIECE_BYTES),
  };
}

function headerPackets(bytes: Uint8Array): readonly Uint8Array[] {
  const packets: Uint8Array[] = [];
  for (const packet of oggPackets(oggPages(bytes), COMMENTS_MAX_BYTES)) {
    packets.push(packet);
    if (packets.length === 2) break;
  }
  return packets;
}

function codecOf(identification: Uint8Array): OggCodec {
  const view = viewOf(identification);
  if (asciiAt(identification, 0, 8) === 'OpusHead' && identification.length >= 19) {
    checkChannels(view.getUint8(9));
    return {
      format: 'ogg-opus',
      commentsSignature: 'OpusTags',
      granuleRate: OPUS_RATE,
      openDecoder: openOpusDecoder,
    };
  }
  if (identification.length < 30) throw unreadableAudio('its Ogg header is damaged');
  checkChannels(view.getUint8(11));
  return {
    format: 'ogg-vorbis',
    commentsSignature: '\x03vorbis',
    granuleRate: view.getUint32(12, true),
    openDecoder: openVorbisDecoder,
  };
}

function checkChannels(channels: number): void {
  if (channels < 1 || channels > CHANNELS_MAX) throw unreadableAudio('its Ogg header is damaged');
}

/** From the first position to the last one: recordings of broadcasts do not start at zero. */
function promisedSeconds(bytes: Uint8Array, { granuleRate }: OggCodec): number | undefined {
  const last = lastOggPage(bytes);
  let first: OggPage | undefined;
  let count = 0;
  for (const page of oggPages(bytes)) {
    if (++count > PAGES_MAX) throw unreadableAudio('it is cut into too many pieces');
    if (page.granulePosition > 0) first ??= page;
  }
  if (!last || granuleRate === 0) return undefined;
  if (!first) return last.isLast ? 0 : undefined;
  if (first.serialNumber !== last.serialNumber) return undefined;
  return Math.max((last.granulePosition - first.granulePosition) / granuleRate, Number.EPSILON);
}
