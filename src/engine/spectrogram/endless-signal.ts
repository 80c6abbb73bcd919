/** Writes samples `start`, `start + 1`... of a signal that goes on beyond both its ends. */
export type EndlessSignal = (start: number, target: Float64Array) => void;

/**
 * A channel, or the mean of several, of at least one sample each.
 *
 * @param circular beyond the ends lies the signal again; otherwise its mirror image, as torch.stft has it
 */
export function endlessSignal(channels: readonly Float32Array[], circular: boolean): EndlessSignal {
  const length = channels[0]!.length;
  const place = circular ? modulo : reflect;
  return (start, target) => {
    const from = Math.min(Math.max(start, 0), length);
    const to = Math.min(Math.max(start + target.length, from), length);
    copyMean(channels, from, to, target, from - start);
    for (let n = start; n < from; n++) target[n - start] = meanAt(channels, place(n, length));
    for (let n = Math.max(start, to); n < start + target.length; n++) {
      target[n - start] = meanAt(channels, place(n, length));
    }
  };
}

function copyMean(
  channels: readonly Float32Array[],
  from: number,
  to: number,
  target: Float64Array,
  at: number,
): void {
  if (from === to) return;
  if (channels.length === 1) {
    target.set(channels[0]!.subarray(from, to), at);
    return;
  }
  for (let n = from; n < to; n++) target[at + n - from] = meanAt(channels, n);
}

/** Rounded as a mixed-down clip would be. */
function meanAt(channels: readonly Float32Array[], n: number): number {
  if (channels.length === 1) return channels[0]![n]!;
  let sum = 0;
  for (const channel of channels) sum += channel[n]!;
  return Math.fround(sum / channels.length);
}

function modulo(n: number, length: number): number {
  return ((n % length) + length) % length;
}

/** Index mirrored at both ends without repeating them, as often as it takes. */
function reflect(n: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const m = modulo(n, period);
  return m < length ? m : period - m;
}
