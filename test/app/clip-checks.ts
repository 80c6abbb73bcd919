import { expect } from 'vitest';

import { durationSeconds } from '../../src/engine/audio/audio-clip.js';
import { resample } from '../../src/engine/audio/resample.js';
import { readAudio } from '../../src/engine/files/read-audio.js';
import { readPicture } from '../../src/engine/files/read-picture.js';
import { soundToPicture } from '../../src/engine/spectrogram/sound-to-picture.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../src/engine/spectrogram/spectrogram-params.js';
import type { LocalChannel } from '../discord/people/local-channel.js';
import type { Message } from '../discord/state/message.js';

/** Milliseconds that one clip may take on a machine that does other things too. */
export const CLIP_MS = 150_000;

/** A clip as an ordinary message of the bot. */
export function isClip(message: Message): boolean {
  return message.author.bot && message.origin === undefined && message.attachments.length === 2;
}

export function clipsIn(channel: LocalChannel): Message[] {
  return channel.messages.filter(isClip);
}

/** The message has a picture, and a sound of 5.12 s that is what the picture shows. */
export async function expectPlayableClip(message: Message): Promise<void> {
  const [pictureFile, audioFile] = message.attachments;
  if (!pictureFile || !audioFile) throw new Error('The message has no two files.');
  expect(message.embeds[0]?.image?.url).toContain(pictureFile.filename);
  const { picture, params } = await readPicture(pictureFile.bytes);
  const { clip } = await readAudio(audioFile.bytes);
  expect(durationSeconds(clip)).toBeGreaterThan(5);
  expect(durationSeconds(clip)).toBeLessThan(5.2);

  const samples = clip.channels[0] ?? new Float32Array();
  const rms = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
  expect(rms).toBeGreaterThan(0.01);

  const shown = soundToPicture(resample(clip, params.sampleRate), params).picture;
  expect(shown.height).toBe(picture.height);
  expect(correlation(greys(picture), greys(shown))).toBeGreaterThan(0.8);
}

/** The sound is neither noise nor a test tone; only for prompts of which the model makes something tonal. */
export async function expectMusic(message: Message): Promise<void> {
  const [, audioFile] = message.attachments;
  const { clip } = await readAudio(audioFile?.bytes ?? new Uint8Array());
  const { sampleRate } = DEFAULT_SPECTROGRAM_PARAMS;
  const levels = greys(soundToPicture(resample(clip, sampleRate), DEFAULT_SPECTROGRAM_PARAMS).picture);
  expect(flatness(levels), 'white noise has 0.68').toBeLessThan(0.3);
  expect(loudestBands(levels), 'a test tone has 0.91').toBeLessThan(0.6);
}

/** Spectral flatness over time and frequency: geometric by arithmetic mean of the amplitudes. */
function flatness(levels: readonly number[]): number {
  const values = levels.map(amplitude);
  const meanLog = values.reduce((sum, value) => sum + Math.log(value + 1e-6), 0) / values.length;
  return Math.exp(meanLog) / (values.reduce((sum, value) => sum + value, 0) / values.length);
}

/** Share of all amplitude that lies in the five loudest bands. */
function loudestBands(levels: readonly number[]): number {
  const bands = Array.from({ length: levels.length / 512 }, (_, row) =>
    levels.slice(row * 512, (row + 1) * 512).reduce((sum, level) => sum + amplitude(level), 0),
  ).sort((a, b) => b - a);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return sum(bands.slice(0, 5)) / sum(bands);
}

/** Of a grey level: 255 is silence, and the picture holds fourth roots. */
function amplitude(level: number): number {
  return ((255 - level) / 255) ** 4;
}

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** Grey levels, row by row, of the first 512 columns. */
function greys({ width, height, rgb }: Pixels): number[] {
  const levels: number[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < 512; column++) levels.push(rgb[(row * width + column) * 3] ?? 0);
  }
  return levels;
}

/** Pearson's. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanA = mean(a);
  const meanB = mean(b);
  let both = 0;
  let squaresA = 0;
  let squaresB = 0;
  a.forEach((value, i) => {
    const fromA = value - meanA;
    const fromB = (b[i] ?? 0) - meanB;
    both += fromA * fromB;
    squaresA += fromA * fromA;
    squaresB += fromB * fromB;
  });
  return both / Math.sqrt(squaresA * squaresB);
}
