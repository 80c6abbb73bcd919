import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { beforeAll, describe, expect, it } from 'vitest';

import { EngineError } from '../../../src/engine/errors.js';
import { MASK_PICTURES } from '../../../src/engine/seed-pictures/mask-pictures.js';
import {
  SEED_PICTURES,
  createSeedPicture,
  createSeedSound,
  describeSeedPicture,
} from '../../../src/engine/seed-pictures/seed-pictures.js';
import { soundToPicture } from '../../../src/engine/spectrogram/sound-to-picture.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from '../../../src/engine/spectrogram/spectrogram-picture.js';
import { columnSteps, darknessOf, distanceBetween, onsetStrength, strongestLag } from './picture-measures.js';

const STANDARD = DEFAULT_SPECTROGRAM_PARAMS;
const WIDTH = 512;
const SMALL: SpectrogramParams = {
  ...STANDARD,
  sampleRate: 22_050,
  numFrequencies: 96,
  maxFrequency: 8000,
  paddedDurationMs: 100,
};
const names = SEED_PICTURES.map(({ name }) => name);

interface Made {
  readonly sound: Float32Array;
  readonly picture: SpectrogramPicture;
}

const made = new Map<string, Made>();
const madeOf = (name: string): Made => made.get(name)!;

beforeAll(() => {
  for (const name of names) {
    const clip = createSeedSound(name, STANDARD, WIDTH);
    made.set(name, {
      sound: clip.channels[0]!,
      picture: soundToPicture(clip, STANDARD, { circular: true }).picture,
    });
  }
});

describe('the seed pictures', () => {
  it('are told apart by name, and each says what it is', () => {
    expect(names.length).toBeGreaterThanOrEqual(12);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, description } of SEED_PICTURES) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(description).toMatch(/^[a-z][^.]{15,90}$/);
    }
  });

  it('are of many tempi and meters', () => {
    const tempi = new Set(SEED_PICTURES.map(({ beatsPerMinute }) => beatsPerMinute.toFixed(1)));
    expect([...tempi].map(Number).sort((a, b) => a - b)).toEqual([46.9, 70.3, 93.8, 117.2, 140.6, 187.5]);
    const meters = new Set(SEED_PICTURES.map(({ meter }) => meter));
    expect([...meters].sort()).toEqual(['2/4', '3/4', '4/4', '5/4', '6/8']);
  });

  it('and the masks are listed in the documentation, as they are', () => {
    const page = readFileSync(new URL('../../../docs/seed-pictures.md', import.meta.url), 'utf8');
    const rows = SEED_PICTURES.map(({ name, beatsPerMinute, meter, measures, description }) => {
      const tempo = beatsPerMinute === 93.75 ? '93.75' : beatsPerMinute.toFixed(1);
      return `| \`${name}\` | ${tempo} | ${meter} | ${measures} | ${description} |`;
    });
    rows.push(...MASK_PICTURES.map(({ name, description }) => `| \`${name}\` | ${description} |`));
    expect(page.split('\n').filter((line) => line.startsWith('| `'))).toEqual(rows);
  });

  it('differ from each other by more than 25 grey levels', () => {
    const distances = names.flatMap((a, i) =>
      names
        .slice(i + 1)
        .map((b) => ({ a, b, distance: distanceBetween(madeOf(a).picture, madeOf(b).picture) })),
    );
    expect(distances.filter(({ distance }) => distance < 25)).toEqual([]);
  });

  it('hold bass in the lowest eighth and cymbals above 5 kHz where there are any', () => {
    const bass = (name: string): number => darknessOf(madeOf(name).picture, 0, 64);
    const treble = (name: string): number => darknessOf(madeOf(name).picture, 384, 512);
    for (const name of ['backbeat', 'house', 'techno', 'dub', 'drum-and-bass']) {
      expect(bass(name)).toBeGreaterThan(1.3 * bass('marimba'));
    }
    for (const name of ['backbeat', 'house', 'techno', 'hip-hop', 'drum-and-bass']) {
      expect(treble(name)).toBeGreaterThan(1.5 * treble('chords'));
    }
  });
});

describe.each(SEED_PICTURES)('the seed picture $name', ({ name, meter, measures, beats, beatsPerMinute }) => {
  it('has whole measures in 5.12 seconds', () => {
    const perMeasure = { '2/4': 2, '3/4': 3, '4/4': 4, '5/4': 5, '6/8': 2 }[meter];
    expect(beats).toBe(measures * perMeasure);
    expect(beatsPerMinute).toBeCloseTo((60 * beats) / 5.12, 9);
    expect(describeSeedPicture(name, STANDARD, WIDTH)).toEqual(
      SEED_PICTURES.find((one) => one.name === name),
    );
  });

  it('keeps time: its strongest period is a beat, or measures, to within a column', () => {
    const { lag, correlation } = strongestLag(onsetStrength(madeOf(name).picture), 16);
    const [beat, measure] = [WIDTH / beats, WIDTH / measures];
    const off = Math.min(
      Math.abs(lag - beat),
      Math.abs(lag - measure * Math.max(1, Math.round(lag / measure))),
    );
    expect(off).toBeLessThanOrEqual(1);
    expect(correlation).toBeGreaterThan(0.6);
  });

  it('wraps around: over the edge it changes as it does at the other first beats, within a fifth', () => {
    const steps = columnSteps(madeOf(name).picture);
    /** Mean change from 40 ms before a column to 40 ms after it. */
    const around = (column: number): number => {
      const near = Array.from({ length: 8 }, (_, i) => steps[(column + i - 3 + WIDTH) % WIDTH]!);
      return near.reduce((a, b) => a + b) / near.length;
    };
    const others = Array.from({ length: measures - 1 }, (_, i) => Math.round(((i + 1) * WIDTH) / measures));
    const usual = Math.max(...others.map(around));
    expect(around(0)).toBeLessThan(1.2 * usual);
    expect(steps[0]!).toBeLessThan(Math.max(...steps.slice(1)));
  });

  it('has no seam in its sound: of twice the width it is the same loop twice, in one piece', () => {
    const [once, twice] = [256, 512].map((width) => {
      return createSeedSound(name, { ...SMALL, stepSizeMs: 20 }, width).channels[0]!;
    });
    const difference = twice!.map((sample, n) => Math.abs(sample - once![n % once!.length]!));
    // Only the quiet noise below everything else is another.
    expect(difference.reduce((a, b) => Math.max(a, b), 0)).toBeLessThan(0.015);
  });

  it('is never silent, and reaches -1 dBFS without clipping', () => {
    const { picture, sound } = madeOf(name);
    const white = picture.rgb.filter((level) => level >= 245).length / picture.rgb.length;
    expect(white).toBeLessThan(0.01);
    const peak = sound.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    expect(peak).toBeGreaterThan(0.89);
    expect(peak).toBeLessThan(0.892);
  });
});

describe('createSeedSound', () => {
  it('gives the same samples on every machine', () => {
    const hash = createHash('sha256');
    for (const name of names) hash.update(madeOf(name).sound);
    expect(hash.digest('hex').slice(0, 16)).toBe('27c20696d16986d2');
  });

  it('gives left and right for a stereo picture, whose mean is the mono sound', () => {
    const params = { ...SMALL, stereo: true };
    const [left, right] = createSeedSound('jig', params, 128).channels;
    const [mono] = createSeedSound('jig', SMALL, 128).channels;
    const mean = left!.map((sample, n) => (sample + right![n]!) / 2);
    const gain = Math.max(...mean.map(Math.abs)) / Math.max(...mono!.map(Math.abs));
    const difference = mean.map((sample, n) => Math.abs(sample - gain * mono![n]!));
    expect(Math.max(...difference)).toBeLessThan(0.02);
    expect(Math.max(...left!.map((sample, n) => Math.abs(sample - right![n]!)))).toBeGreaterThan(0.1);
  });
});

describe('createSeedPicture', () => {
  it('makes what describe and sound say, of 512 columns unless told otherwise, and the same every time', () => {
    const { picture } = madeOf('backbeat');
    expect(picture).toMatchObject({ width: 512, height: 512 });
    expect(Buffer.compare(createSeedPicture('backbeat').rgb, picture.rgb)).toBe(0);
  });

  it.each([8, 100, 256, 500, 1024])(
    'fills %i columns with whole measures of nearly the same tempo',
    (width) => {
      for (const name of ['backbeat', 'house', 'waltz']) {
        const standard = describeSeedPicture(name, STANDARD, WIDTH);
        const tempo = describeSeedPicture(name, STANDARD, width);
        expect(Number.isInteger(tempo.measures) && tempo.measures >= 1).toBe(true);
        expect(tempo.beats / tempo.measures).toBe(standard.beats / standard.measures);
        expect(tempo.beatsPerMinute).toBeCloseTo((60 * tempo.beats * 100) / width, 9);
        if (width >= 256) {
          expect(Math.abs(tempo.beatsPerMinute / standard.beatsPerMinute - 1)).toBeLessThan(0.21);
        }
      }
      expect(createSeedPicture('house', SMALL, width)).toMatchObject({ width, height: 96 });
    },
  );

  it('keeps time at other parameters and widths', () => {
    const width = 640;
    const params = { ...SMALL, stepSizeMs: 8, windowDurationMs: 60, paddedDurationMs: 120 };
    const { beats } = describeSeedPicture('hip-hop', params, width);
    const { lag } = strongestLag(onsetStrength(createSeedPicture('hip-hop', params, width)), 20);
    expect(beats).toBe(8);
    expect(Math.abs(lag - (4 * width) / beats)).toBeLessThanOrEqual(1);
  });

  it('makes stereo pictures, at 48 kHz and up to 20 kHz, of either layout', () => {
    const params = { ...SMALL, sampleRate: 48_000, maxFrequency: 20_000, stereo: true };
    for (const stereoLayout of ['left-right', 'mid-side'] as const) {
      const { rgb } = createSeedPicture('jig', { ...params, stereoLayout }, 64);
      expect(rgb.some((level, i) => i % 3 === 1 && level !== rgb[i + 1])).toBe(true);
    }
  });

  it('finds room in the lowest sample rate that there is', () => {
    const params = { ...SMALL, sampleRate: 8000, maxFrequency: 4000 };
    for (const name of names) {
      const clip = createSeedSound(name, params, 64);
      expect(clip.channels[0]!.every((sample) => Math.abs(sample) <= 0.892)).toBe(true);
    }
  });

  it('says which there are when there is none of a name', () => {
    expect(thrownBy(() => createSeedPicture('og_beat'))).toMatchObject({
      code: 'invalid_request',
      message: `There is no seed picture "og_beat". There are: ${names.join(', ')}.`,
    });
  });

  it.each([7, 0, -1, 12.5, Number.NaN, 32_769])('refuses a width of %d', (width) => {
    const error = thrownBy(() => createSeedPicture('sea', STANDARD, width));
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ code: 'invalid_request' });
    expect((error as Error).message).toMatch(/whole number of columns from 8 to 32768 wide/);
  });

  it('refuses parameters that contradict each other', () => {
    const error = thrownBy(() => createSeedPicture('sea', { ...STANDARD, maxFrequency: 40_000 }, WIDTH));
    expect(error).toMatchObject({ code: 'invalid_request' });
  });
});

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
