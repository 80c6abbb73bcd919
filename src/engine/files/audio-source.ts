import type { AudioFileFormat } from './audio-format.js';

/** Turns the bytes of one audio file, given piece by piece, into samples. */
export interface ChunkDecoder {
  /** Samples that these bytes complete; none yet gives no channels. */
  decode(bytes: Uint8Array): DecodedSamples;
  /** Samples that remained inside, at the end. */
  flush?(): DecodedSamples;
  free(): void;
}

export interface DecodedSamples {
  /** One array per channel, all of one length. */
  readonly channelData: readonly Float32Array[];
  /** Hertz. */
  readonly sampleRate: number;
}

/** An audio file whose headers have been read and whose sound has not been decoded yet. */
export interface AudioSource {
  readonly format: AudioFileFormat;
  /** Length that the headers promise, 0 only when there is none in a file that is whole; undefined = they do not say. */
  readonly promisedSeconds: number | undefined;
  /** By upper-case name, as in Vorbis comments: TITLE, RIFFCORD_RECIPE. */
  readonly tags: ReadonlyMap<string, string>;
  /** The channels that sound: decoders may give two equal ones for mono. Undefined = all that are decoded. */
  readonly numberOfChannels?: number | undefined;
  /** A decoder that was fed this many bytes without giving sound has lost its way. @defaultValue no limit */
  readonly frameMaxBytes?: number;
  openDecoder(): Promise<ChunkDecoder>;
  /** What to feed to the decoder, in order; pieces are small enough that none decodes to more than some 100 MB. */
  pieces(): Iterable<Uint8Array>;
}

/** `bytes` in pieces of at most `size`. */
export function* inPieces(bytes: Uint8Array, size: number): Generator<Uint8Array, undefined> {
  for (let offset = 0; offset < bytes.length; offset += size) yield bytes.subarray(offset, offset + size);
  return undefined;
}
