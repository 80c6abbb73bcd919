/** Opus in Ogg (RFC 7845). The packets are libopus's; the container is ours, so that its lengths are exact. */

import { createHash } from 'node:crypto';

import openOpusEncoder from '@audio/encode-opus';

import type { AudioClip } from '../audio/audio-clip.js';
import { numberOfFrames } from '../audio/audio-clip.js';
import { resample } from '../audio/resample.js';
import { serializeRecipe } from '../recipe/recipe.js';
import type { AudioTags } from './audio-tags.js';
import { ENCODER_NAME, RECIPE_TAG } from './audio-tags.js';
import { asciiBytes, concatBytes, viewOf } from './bytes.js';
import { encodeOggPage, OGG_LACING_MAX, oggLacingLength, oggPackets, oggPages } from './ogg-pages.js';
import { writeVorbisComments } from './vorbis-comments.js';

const OPUS_RATE = 48_000;
/** Samples in a packet: 20 ms. */
const PACKET_SAMPLES = 960;
/** Samples by which libopus is late at 48 kHz, to be skipped by players. */
const ENCODER_DELAY = 312;
/** Kilobits per second. */
const BITRATE = { mono: 96, stereo: 128 } as const;
/** Packets on a page: one second. */
const PACKETS_PER_PAGE = 50;
/** Packets of the library's own headers. */
const HEADER_PACKETS = 2;
const PACKET_MAX_BYTES = 64 * 1024;

export async function encodeOggOpus(clip: AudioClip, tags: AudioTags): Promise<Uint8Array> {
  const at48k = resample(clip, OPUS_RATE);
  const packets = await encodePackets(at48k);
  const head = identificationHeader(clip);
  const comments = commentsHeader(tags);
  // Players tell streams apart by a number that should be random; the content's hash is as good, and repeatable.
  const hash = createHash('sha256').update(head).update(comments);
  for (const packet of packets) hash.update(packet);
  const serialNumber = hash.digest().readUInt32LE(0);
  return concatBytes([
    encodeOggPage({ packets: [head], granulePosition: 0, serialNumber, sequenceNumber: 0, isFirst: true }),
    encodeOggPage({ packets: [comments], granulePosition: 0, serialNumber, sequenceNumber: 1 }),
    ...soundPages(packets, ENCODER_DELAY + numberOfFrames(at48k), serialNumber),
  ]);
}

/** The samples and the encoder's delay, filled up with silence to whole packets. */
async function encodePackets(clip: AudioClip): Promise<readonly Uint8Array[]> {
  const isStereo = clip.channels.length === 2;
  const encoder = await openOpusEncoder({
    sampleRate: OPUS_RATE,
    channels: clip.channels.length,
    bitrate: isStereo ? BITRATE.stereo : BITRATE.mono,
  });
  try {
    const numberOfPackets = Math.ceil((numberOfFrames(clip) + ENCODER_DELAY) / PACKET_SAMPLES);
    const pages: Uint8Array[] = [];
    // By the second: the encoder moves all that it was given with every packet that it makes of it.
    for (let packet = 0; packet < numberOfPackets; packet += PACKETS_PER_PAGE) {
      const length = Math.min(PACKETS_PER_PAGE, numberOfPackets - packet) * PACKET_SAMPLES;
      const start = packet * PACKET_SAMPLES;
      pages.push(encoder.encode(clip.channels.map((samples) => silencePadded(samples, start, length))));
    }
    return [...oggPackets(oggPages(concatBytes(pages)), PACKET_MAX_BYTES)].slice(HEADER_PACKETS);
  } finally {
    encoder.free();
  }
}

function silencePadded(samples: Float32Array, start: number, length: number): Float32Array {
  const padded = new Float32Array(length);
  padded.set(samples.subarray(start, start + length));
  return padded;
}

function identificationHeader({ channels, sampleRate }: AudioClip): Uint8Array {
  const head = new Uint8Array(19);
  const view = viewOf(head);
  head.set(asciiBytes('OpusHead'));
  head[8] = 1; // version
  head[9] = channels.length;
  view.setUint16(10, ENCODER_DELAY, true);
  view.setUint32(12, sampleRate, true);
  return head;
}

function commentsHeader({ title, recipe }: AudioTags): Uint8Array {
  const tags = new Map<string, string>();
  if (title !== undefined) tags.set('TITLE', title);
  tags.set('ENCODER', ENCODER_NAME);
  if (recipe) tags.set(RECIPE_TAG, serializeRecipe(recipe));
  return concatBytes([asciiBytes('OpusTags'), writeVorbisComments(ENCODER_NAME, tags)]);
}

/** The last page ends at the last sample of the clip: players drop what the last packet has beyond. */
function soundPages(
  packets: readonly Uint8Array[],
  endPosition: number,
  serialNumber: number,
): readonly Uint8Array[] {
  const pages: Uint8Array[] = [];
  let start = 0;
  while (start < packets.length) {
    const end = pageEnd(packets, start);
    const isLast = end === packets.length;
    pages.push(
      encodeOggPage({
        packets: packets.slice(start, end),
        granulePosition: isLast ? endPosition : end * PACKET_SAMPLES,
        serialNumber,
        sequenceNumber: 2 + pages.length,
        isLast,
      }),
    );
    start = end;
  }
  return pages;
}

function pageEnd(packets: readonly Uint8Array[], start: number): number {
  let lacing = 0;
  let end = start;
  while (end < packets.length && end - start < PACKETS_PER_PAGE) {
    lacing += oggLacingLength(packets[end] ?? new Uint8Array(0));
    if (lacing > OGG_LACING_MAX) break;
    end++;
  }
  return end;
}
