/** An audio file in, samples out. */

import { setImmediate as nextTurn } from 'node:timers/promises';

import type { AudioClip } from '../audio/audio-clip.js';
import { CancelledError, EngineError } from '../errors.js';
import { AUDIO_MAX_BYTES, AUDIO_MAX_SECONDS } from '../limits.js';
import type { AudioFileFormat } from './audio-format.js';
import { detectAudioFormat, unreadableAudio } from './audio-format.js';
import type { AudioSource, ChunkDecoder, DecodedSamples } from './audio-source.js';
import { openFlac } from './flac-source.js';
import { mixToStereo } from './mix-to-stereo.js';
import { MonoMixer } from './mono-mixer.js';
import { openMp3 } from './mp3-source.js';
import { openOgg } from './ogg-source.js';
import { SampleCollector } from './sample-collector.js';
import { openWav } from './wav-source.js';

export interface ReadAudioOptions {
  /** Longest sound that is read, in seconds. @defaultValue AUDIO_MAX_SECONDS */
  readonly maxSeconds?: number | undefined;
  /**
   * Give the mean of all channels at so many hertz, as `resample` would of the mean, in less memory. @defaultValue the
   * channels and the sample rate of the file
   */
  readonly monoAt?: number | undefined;
  /** Ends the reading; the promise then rejects with CancelledError. */
  readonly signal?: AbortSignal | undefined;
}

export interface AudioFile {
  /** Mono stays mono, more than two channels become two. */
  readonly clip: AudioClip;
  /** 1 or 2, and the length: of what is in the file, whatever was wanted of it. */
  readonly numberOfChannels: number;
  readonly seconds: number;
  readonly format: AudioFileFormat;
  /** By upper-case name, as in Vorbis comments: TITLE, RIFFCORD_RECIPE. */
  readonly tags: ReadonlyMap<string, string>;
}

/** Encoders add some silence: this much more than the limit is not yet too long. */
const TOLERANCE_SECONDS = 0.25;
/** Hertz. */
const SAMPLE_RATE_MAX = 192_000;
/** Other work gets a turn after this many pieces. */
const PIECES_PER_TURN = 16;

/**
 * Reads WAV, MP3, Ogg Opus, Ogg Vorbis or FLAC, told by content. A file that is cut off gives the sound that is left.
 * @throws EngineError `audio_unreadable`, `audio_too_long` (from the header where it tells, else as soon as that much
 *   has been decoded), `audio_empty`; CancelledError
 */
export async function readAudio(bytes: Uint8Array, options: ReadAudioOptions = {}): Promise<AudioFile> {
  const { maxSeconds = AUDIO_MAX_SECONDS, monoAt, signal } = options;
  if (bytes.length > AUDIO_MAX_BYTES) {
    const limit = `${AUDIO_MAX_BYTES / 1024 / 1024} MB`;
    throw new EngineError(
      'audio_too_long',
      `The audio file is larger than ${limit}: please cut a part out of it.`,
    );
  }
  const source = openAudio(bytes);
  if ((source.promisedSeconds ?? 0) > maxSeconds + TOLERANCE_SECONDS) throw tooLong(maxSeconds);
  const decoded = await decodeSource(source, { maxSeconds, monoAt, signal });
  return { ...decoded, format: source.format, tags: source.tags };
}

/** Reads the headers only. @throws EngineError `audio_unreadable` */
export function openAudio(bytes: Uint8Array): AudioSource {
  const format = detectAudioFormat(bytes);
  switch (format) {
    case 'wav':
      return openWav(bytes);
    case 'mp3':
      return openMp3(bytes);
    case 'flac':
      return openFlac(bytes);
    case 'ogg-opus':
    case 'ogg-vorbis':
      return openOgg(bytes);
  }
}

async function decodeSource(
  source: AudioSource,
  wanted: Pick<Decoding, 'maxSeconds' | 'signal'> & { readonly monoAt: number | undefined },
): Promise<Pick<AudioFile, 'clip' | 'numberOfChannels' | 'seconds'>> {
  const decoder = await source.openDecoder();
  try {
    const { promisedSeconds = 0, numberOfChannels = Infinity } = source;
    const collector = new SampleCollector(Math.min(promisedSeconds, wanted.maxSeconds), numberOfChannels);
    const target = wanted.monoAt === undefined ? collector : new MonoMixer(wanted.monoAt, collector);
    const heard = await decodePieces(source, decoder, { ...wanted, target });
    const clip = target.finish();
    if (!clip) throw noSound(source);
    return { clip, seconds: heard.seconds, numberOfChannels: Math.min(heard.channels, numberOfChannels) };
  } catch (error) {
    if (error instanceof EngineError || error instanceof CancelledError) throw error;
    throw unreadableAudio('it is damaged', error);
  } finally {
    decoder.free();
  }
}

interface Decoding {
  readonly maxSeconds: number;
  readonly signal: AbortSignal | undefined;
  readonly target: Pick<SampleCollector, 'add'>;
}

/** What all pieces together were. */
interface Heard {
  /** That all of them have, at most 2. */
  readonly channels: number;
  readonly seconds: number;
}

async function decodePieces(
  source: AudioSource,
  decoder: ChunkDecoder,
  { maxSeconds, signal, target }: Decoding,
): Promise<Heard> {
  const { frameMaxBytes = Infinity } = source;
  let channels = 2;
  let frames = 0;
  let firstRate = 0;
  let seconds = 0;
  let bytesWithoutSound = 0;
  let turn = 0;
  const keep = (part: DecodedSamples | undefined): void => {
    const added = part ? lengthInSeconds(part) : 0;
    if (!part || added === 0) return;
    seconds += added;
    bytesWithoutSound = 0;
    if (seconds > maxSeconds + TOLERANCE_SECONDS) throw tooLong(maxSeconds);
    const channelData = mixToStereo(part.channelData);
    channels = Math.min(channels, channelData.length);
    firstRate ||= part.sampleRate;
    frames += channelData[0]?.length ?? 0;
    target.add({ channelData, sampleRate: part.sampleRate });
  };
  for (const piece of source.pieces()) {
    if (signal?.aborted) throw new CancelledError(undefined, { cause: signal.reason });
    bytesWithoutSound += piece.length;
    keep(decoder.decode(piece));
    if (bytesWithoutSound > frameMaxBytes) return { channels, seconds: frames / firstRate };
    if (++turn % PIECES_PER_TURN === 0) await nextTurn();
  }
  keep(decoder.flush?.());
  return { channels, seconds: frames / firstRate };
}

/** 0 when nothing has been decoded. @throws EngineError `audio_unreadable` */
function lengthInSeconds({ channelData, sampleRate }: DecodedSamples): number {
  const length = channelData[0]?.length ?? 0;
  if (length === 0) return 0;
  if (sampleRate < 1 || sampleRate > SAMPLE_RATE_MAX) {
    throw unreadableAudio(`its sample rate of ${sampleRate} Hz is out of range`);
  }
  return length / sampleRate;
}

function noSound(source: AudioSource): EngineError {
  return source.promisedSeconds === 0
    ? new EngineError('audio_empty', 'The audio file has no sound in it: please choose another.')
    : unreadableAudio('it is cut off before its sound, or damaged');
}

function tooLong(maxSeconds: number): EngineError {
  return new EngineError(
    'audio_too_long',
    `The audio is longer than ${maxSeconds} seconds: please cut a part of it out and send that.`,
  );
}
