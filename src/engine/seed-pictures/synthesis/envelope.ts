/** Seconds of each part of a note that is held. */
export interface Envelope {
  /** From nothing to full. */
  readonly attack: number;
  /** From the end of the note to nothing. */
  readonly release: number;
}

/**
 * Shapes a note in place: it rises within `attack`, and falls within the last `release` seconds of its samples, both
 * along half a parabola on either side, which has no corner.
 */
export function shape(
  samples: Float32Array,
  sampleRate: number,
  { attack, release }: Envelope,
): Float32Array {
  const rise = Math.max(1, Math.min(attack * sampleRate, samples.length));
  const fall = Math.max(1, Math.min(release * sampleRate, samples.length));
  for (let n = 0; n < samples.length; n++) {
    const open = smooth(Math.min(1, n / rise));
    const close = smooth(Math.min(1, (samples.length - 1 - n) / fall));
    samples[n]! *= open * close;
  }
  return samples;
}

function smooth(x: number): number {
  return x * x * (3 - 2 * x);
}
