import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import type { AudioClip } from '../../../src/engine/audio/audio-clip.js';
import { EngineError } from '../../../src/engine/errors.js';
import type { EngineErrorCode } from '../../../src/engine/errors.js';
import type { Recipe } from '../../../src/engine/recipe/recipe.js';

/** A file made by another program: test/fixtures/files/make_fixtures.py says which. */
export async function fixture(name: string): Promise<Uint8Array> {
  const path = fileURLToPath(new URL(`../../fixtures/files/${name}`, import.meta.url));
  return new Uint8Array(await readFile(path));
}

export const RECIPE: Recipe = {
  format: 'riffcord-recipe',
  version: 1,
  engine: '0.1.0',
  model: { name: 'tiny', version: '1', sha256: 'ab'.repeat(32) },
  prompt: 'fünk bassline 🎷 "with" a \\ jazzy solo',
  negativePrompt: '',
  seed: 42,
  numInferenceSteps: 20,
  guidanceScale: 3.5,
  scheduler: 'euler',
  width: 512,
};

/** Half a second of 440 Hz on the left and 660 Hz on the right, amplitude one half, unless told otherwise. */
export function tone(sampleRate = 44100, numberOfChannels = 2, seconds = 0.5): AudioClip {
  const length = Math.round(sampleRate * seconds);
  const channels = Array.from({ length: numberOfChannels }, (_, channel) =>
    Float32Array.from(
      { length },
      (_, i) => 0.5 * Math.sin((2 * Math.PI * (440 + 220 * channel) * i) / sampleRate),
    ),
  );
  return { sampleRate, channels };
}

/** Amplitude of one frequency in samples, by correlation with a sine and a cosine. */
export function amplitudeAt(samples: Float32Array, frequency: number, sampleRate: number): number {
  let sine = 0;
  let cosine = 0;
  samples.forEach((sample, i) => {
    const angle = (2 * Math.PI * frequency * i) / sampleRate;
    sine += sample * Math.sin(angle);
    cosine += sample * Math.cos(angle);
  });
  return (2 * Math.hypot(sine, cosine)) / samples.length;
}

/** Root mean square of the differences, in decibels below that of the reference. */
export function errorInDecibels(actual: Float32Array, reference: Float32Array): number {
  const squares = (values: Float32Array): number => values.reduce((sum, value) => sum + value * value, 0);
  const difference = reference.map((value, i) => value - (actual[i] ?? 0));
  return 10 * Math.log10(squares(difference) / squares(reference));
}

/** What went wrong, as people get to see it; fails when nothing did. */
export async function failureOf(work: Promise<unknown>): Promise<{ code: EngineErrorCode; message: string }> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof EngineError)) throw new Error(`Expected an EngineError, got ${String(error)}`);
  return { code: error.code, message: error.message };
}

/** The same pseudo-random bytes each time. */
export function noiseBytes(length: number, seed = 1): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

/** Bytes one after the other. */
export function joined(...parts: readonly (Uint8Array | string | readonly number[])[]): Uint8Array {
  return new Uint8Array(
    Buffer.concat(
      parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Uint8Array.from(part))),
    ),
  );
}

/** A number in little-endian bytes. */
export function littleEndian(value: number, length: number): number[] {
  return Array.from({ length }, (_, i) => Math.floor(value / 256 ** i) & 0xff);
}

/** A number in big-endian bytes. */
export function bigEndian(value: number, length: number): number[] {
  return littleEndian(value, length).reverse();
}
