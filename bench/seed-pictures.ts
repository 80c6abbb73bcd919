/** What it takes to make the seed pictures, and what is in them; and the sheet of all of them in docs/pictures. */
import { writeFileSync } from 'node:fs';

import { magnitudeSpectrogram } from '../measures/index.js';
import { integratedLoudness } from '../src/engine/audio/loudness-meter.js';
import type { AudioClip } from '../src/engine/audio/audio-clip.js';
import { MASK_PICTURES, createMaskPicture } from '../src/engine/seed-pictures/mask-pictures.js';
import {
  SEED_PICTURES,
  SEED_PICTURE_WIDTH,
  createSeedSound,
} from '../src/engine/seed-pictures/seed-pictures.js';
import { soundToPicture } from '../src/engine/spectrogram/sound-to-picture.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../src/engine/spectrogram/spectrogram-params.js';
import { printTable } from './markdown.js';
import { contactSheet } from './plot/contact-sheet.js';
import type { LabelledPicture } from './plot/contact-sheet.js';
import { timed } from './stopwatch.js';

const SHEET = 'docs/pictures/seed-pictures.png';
const PARAMS = DEFAULT_SPECTROGRAM_PARAMS;

export async function benchSeedPictures(): Promise<void> {
  const pictures: LabelledPicture[] = [];
  const rows = SEED_PICTURES.map(({ name, beatsPerMinute, meter }) => {
    const sound = timed(() => createSeedSound(name, PARAMS, SEED_PICTURE_WIDTH));
    const encoded = timed(() => soundToPicture(sound.result, PARAMS, { circular: true }));
    pictures.push({
      label: `${name}, ${beatsPerMinute.toFixed(0)}, ${meter}`,
      picture: encoded.result.picture,
    });
    return [
      name,
      sound.cpuSeconds.toFixed(3),
      encoded.cpuSeconds.toFixed(3),
      integratedLoudness(sound.result).toFixed(1),
      shareDb(sound.result, 0, 120).toFixed(0),
      shareDb(sound.result, 5000, 10_000).toFixed(0),
    ];
  });
  printTable(
    'Seed pictures of 512 columns, median CPU seconds, and what is in them at a peak of -1 dBFS',
    ['picture', 'sound, s', 'picture of it, s', 'LUFS', 'below 120 Hz, dB', '5 to 10 kHz, dB'],
    rows,
  );
  for (const { name } of MASK_PICTURES) {
    const picture = createMaskPicture(name, SEED_PICTURE_WIDTH, PARAMS.numFrequencies);
    pictures.push({ label: `mask: ${name}`, picture });
  }
  writeFileSync(new URL(`../${SHEET}`, import.meta.url), await contactSheet(pictures));
  console.log(`\nWrote ${SHEET}.`);
}

/** Energy in a range of frequencies against all of it. */
function shareDb({ channels, sampleRate }: AudioClip, from: number, to: number): number {
  const winLength = 4096;
  const { bands, values } = magnitudeSpectrogram(channels[0]!, {
    winLength,
    hopLength: winLength / 4,
    circular: true,
    bins: winLength / 2 + 1,
  });
  let [inside, all] = [0, 0];
  values.forEach((value, i) => {
    const frequency = ((i % bands) * sampleRate) / winLength;
    all += value * value;
    if (frequency >= from && frequency < to) inside += value * value;
  });
  return 10 * Math.log10(inside / all);
}
