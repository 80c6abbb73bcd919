import type { Columns } from './vocoder.js';

/**
 * What all channels' phases start from: their sum. Each for itself would find phases of its own, and what is heard in
 * both would have no place between them, nor be heard in a mix of both.
 *
 * @returns undefined for a single channel, which needs none
 */
export function guideOf(channels: readonly Columns[]): Columns | undefined {
  if (channels.length === 1) return undefined;
  return {
    mel: sumOf(channels.map(({ mel }) => mel)),
    before: sumsOf(channels.map(({ before }) => before)),
    after: sumsOf(channels.map(({ after }) => after)),
  };
}

function sumsOf(channels: readonly (readonly Float32Array[])[]): Float32Array[] {
  return channels[0]!.map((_, t) => sumOf(channels.map((spectra) => spectra[t]!)));
}

function sumOf(parts: readonly Float32Array[]): Float32Array {
  const sum = parts[0]!.slice();
  for (const part of parts.slice(1)) {
    for (let i = 0; i < sum.length; i++) sum[i]! += part[i]!;
  }
  return sum;
}
