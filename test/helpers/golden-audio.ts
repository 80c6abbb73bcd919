import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import sharp from 'sharp';

import type { AudioClip } from '../../src/engine/audio/audio-clip.js';
import type { SpectrogramPicture } from '../../src/engine/spectrogram/spectrogram-picture.js';
import { readNpy } from './npy.js';
import { readWav } from './wav.js';

const FOLDER = fileURLToPath(new URL('../fixtures/golden-audio/', import.meta.url));

export function goldenClip(name: string): AudioClip {
  return readWav(`${FOLDER}${name}.wav`);
}

export async function goldenPicture(name: string): Promise<SpectrogramPicture> {
  const { data, info } = await sharp(`${FOLDER}${name}.png`)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
}

export function goldenArray(name: string): ReturnType<typeof readNpy> {
  return readNpy(`${FOLDER}${name}.npy`);
}

export interface GoldenQuality {
  readonly scLinear: number;
  readonly scMel: number;
}

export interface GoldenMetrics {
  readonly melMax: number;
  readonly sgdMean: GoldenQuality;
  readonly minNorm: GoldenQuality;
}

export function goldenMetrics(name: string): GoldenMetrics {
  const all = JSON.parse(readFileSync(`${FOLDER}metrics.json`, 'utf8')) as Record<string, GoldenMetrics>;
  const metrics = all[name];
  if (!metrics) throw new Error(`no metrics of ${name}`);
  return metrics;
}

/** Columns `from` to `to` of a picture. */
export function cropPicture(picture: SpectrogramPicture, from: number, to: number): SpectrogramPicture {
  const width = to - from;
  const rgb = new Uint8Array(width * picture.height * 3);
  for (let row = 0; row < picture.height; row++) {
    const start = 3 * (row * picture.width + from);
    rgb.set(picture.rgb.subarray(start, start + 3 * width), 3 * row * width);
  }
  return { width, height: picture.height, rgb };
}

/** ||a - b|| / ||a||, of the first `b.length` values. */
export function relativeError(reference: ArrayLike<number>, result: ArrayLike<number>, scale = 1): number {
  let difference = 0;
  let energy = 0;
  for (let i = 0; i < result.length; i++) {
    difference += (reference[i]! - scale * result[i]!) ** 2;
    energy += reference[i]! ** 2;
  }
  return Math.sqrt(difference / energy);
}
