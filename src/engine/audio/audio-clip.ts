/** Sound in memory: planar, float, nominally in -1..1. */
export interface AudioClip {
  /** Hertz. */
  readonly sampleRate: number;
  /** One array per channel (1 = mono, 2 = left and right), all of the same length in samples. */
  readonly channels: readonly Float32Array[];
}

/** Length in samples per channel. */
export function numberOfFrames(clip: AudioClip): number {
  return clip.channels[0]?.length ?? 0;
}

/** Length in seconds. */
export function durationSeconds(clip: AudioClip): number {
  return numberOfFrames(clip) / clip.sampleRate;
}
