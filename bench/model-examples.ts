/** Pictures and sounds of the model that ships, for docs/model.md: the first sample prompts, with the first seeds. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import sharp from 'sharp';

import { writeAudio } from '../src/engine/files/write-audio.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../src/engine/spectrogram/spectrogram-params.js';
import { openShippedPipeline, pictureOf, pointOf } from './pieces/shipped-pipeline.js';
import { contactSheet } from './plot/contact-sheet.js';
import type { LabelledPicture } from './plot/contact-sheet.js';
import { soundOf } from './sound/engine.js';

/** Rows of the sheet. */
const PROMPTS = 30;
/** Columns of the sheet. */
const SEEDS = [1, 2, 3, 4, 5];
/** Prompts that can be listened to, with the first seed. */
const SOUNDS = 8;
const LABEL_LENGTH = 30;
/** Prompts on the picture for the README. */
const SHOWN = 10;
const FOLDER = new URL('../docs/model/', import.meta.url);

/** Writes docs/model/sheet.jpg, docs/model/prompts.jpg and docs/model/<prompt>.mp3. Nothing is chosen by ear or eye. */
export async function benchModelExamples(): Promise<void> {
  mkdirSync(fileURLToPath(FOLDER), { recursive: true });
  const pipeline = await openShippedPipeline();
  const pictures: LabelledPicture[] = [];
  const prompts = pipeline.config.defaults.samplePrompts.slice(0, PROMPTS);
  for (const [index, prompt] of prompts.entries()) {
    for (const seed of SEEDS) {
      const picture = await pictureOf(pipeline, { start: pointOf(pipeline, prompt, seed) });
      pictures.push({ label: seed === SEEDS[0] ? shorten(prompt) : `seed ${seed}`, picture });
      if (seed !== SEEDS[0] || index >= SOUNDS) continue;
      const sound = soundOf(picture, DEFAULT_SPECTROGRAM_PARAMS, 'studio', {
        circular: true,
        loudness: true,
      });
      const name = `${prompt.replaceAll(/[^a-z0-9]+/g, '-')}.mp3`;
      save(name, (await writeAudio(sound, 'mp3')).bytes);
    }
  }
  await pipeline.dispose();
  save('sheet.jpg', await asJpeg(await contactSheet(pictures)));
  const first = pictures.filter((_, index) => index % SEEDS.length === 0).slice(0, SHOWN);
  save('prompts.jpg', await asJpeg(await contactSheet(first)));
}

async function asJpeg(png: Uint8Array): Promise<Uint8Array> {
  return sharp(png).greyscale().jpeg({ quality: 55 }).toBuffer();
}

function shorten(prompt: string): string {
  return prompt.length <= LABEL_LENGTH ? prompt : `${prompt.slice(0, LABEL_LENGTH - 1)}…`;
}

function save(name: string, content: Uint8Array): void {
  writeFileSync(new URL(name, FOLDER), content);
  console.log(`Wrote docs/model/${name}.`);
}
