/** Frame headers of MPEG-1, -2 and -2.5 audio, layer III (ISO 11172-3, 2.4.2.3; ISO 13818-3). */

export interface Mp3Frame {
  /** Where the frame starts in the file. */
  readonly offset: number;
  /** Bytes. */
  readonly length: number;
  /** Hertz. */
  readonly sampleRate: number;
  /** Per channel. */
  readonly samples: number;
  readonly numberOfChannels: 1 | 2;
  /** Version and sample rate, which do not change within one stream. */
  readonly stream: number;
}

const KILOBITS_V1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320] as const;
const KILOBITS_V2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160] as const;
const SAMPLE_RATES_V1 = [44100, 48000, 32000] as const;
/** Frames that must follow one another for a first one to be believed. */
const RUN_LENGTH = 3;
/** Bytes of other things between frames, all together, after which the sound is over. */
const GAPS_MAX_LENGTH = 1024 * 1024;
/** How far from the start the first frame is looked for. */
const SEARCH_LENGTH = 64 * 1024;

/** The frame whose header is at `offset`; undefined = none, or free format, which has no stated length. */
export function readMp3Frame(bytes: Uint8Array, offset: number): Mp3Frame | undefined {
  const b1 = bytes[offset + 1] ?? 0;
  const version = (b1 >> 3) & 3; // 0 = MPEG-2.5, 2 = MPEG-2, 3 = MPEG-1
  const isLayer3 = ((b1 >> 1) & 3) === 1;
  if (bytes[offset] !== 0xff || (b1 & 0xe0) !== 0xe0 || version === 1 || !isLayer3) return undefined;
  const b2 = bytes[offset + 2] ?? 0;
  const kilobits = (version === 3 ? KILOBITS_V1 : KILOBITS_V2)[b2 >> 4];
  const baseRate = SAMPLE_RATES_V1[(b2 >> 2) & 3];
  if (!kilobits || !baseRate || offset + 4 > bytes.length) return undefined;
  const sampleRate = version === 3 ? baseRate : version === 2 ? baseRate / 2 : baseRate / 4;
  const samples = version === 3 ? 1152 : 576;
  const padding = (b2 >> 1) & 1;
  return {
    offset,
    length: Math.floor(((samples / 8) * kilobits * 1000) / sampleRate) + padding,
    sampleRate,
    samples,
    numberOfChannels: (bytes[offset + 3] ?? 0) >> 6 === 3 ? 1 : 2,
    stream: (version << 2) | ((b2 >> 2) & 3),
  };
}

/**
 * Offset of the first frame at or behind `from` that is followed by others (or, in a file too short for that, by the
 * end); undefined = no MP3 here.
 */
export function findMp3Start(bytes: Uint8Array, from: number): number | undefined {
  const end = Math.min(bytes.length, from + SEARCH_LENGTH);
  for (let offset = from; offset < end; offset++) {
    if (bytes[offset] === 0xff && startsRun(bytes, offset)) return offset;
  }
  return undefined;
}

/** The frames from `start` on, with gaps where there is something else in between. */
export function* mp3Frames(bytes: Uint8Array, start: number): Generator<Mp3Frame, undefined> {
  const first = readMp3Frame(bytes, start);
  let offset = start;
  let gaps = 0;
  while (first && offset < bytes.length && gaps < GAPS_MAX_LENGTH) {
    const frame = readMp3Frame(bytes, offset);
    if (frame?.stream === first.stream) {
      yield frame;
      offset += frame.length;
    } else {
      const next = bytes.indexOf(0xff, offset + 1);
      if (next < 0) return undefined;
      gaps += next - offset;
      offset = next;
    }
  }
  return undefined;
}

function startsRun(bytes: Uint8Array, start: number): boolean {
  const first = readMp3Frame(bytes, start);
  if (!first) return false;
  let offset = start;
  for (let count = 0; count < RUN_LENGTH; count++) {
    const frame = readMp3Frame(bytes, offset);
    if (frame?.stream !== first.stream) return count > 0 && offset === bytes.length;
    offset += frame.length;
  }
  return true;
}
