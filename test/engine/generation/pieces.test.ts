/** Clips that are several pictures long, by the engine as a whole. */
import { createHash } from 'node:crypto';

import { afterAll, describe, expect, it } from 'vitest';

import { readPicture } from '../../../src/engine/files/read-picture.js';
import type { GenerationRequestInput } from '../../../src/engine/generation-request.js';
import { LocalEngine } from '../../../src/engine/local-engine.js';
import type { GeneratedClip, GenerationProgress } from '../../../src/engine/music-engine.js';
import { recipeSchema } from '../../../src/engine/recipe/recipe.js';
import type { SpectrogramPicture } from '../../../src/engine/spectrogram/spectrogram-picture.js';
import { ThreadedWorkshop } from '../../../src/engine/workshop/threaded-workshop.js';
import { requestOfRecipe } from '../../../src/cli/recipe-request.js';
import { TINY_MODEL_ROOT, aRequest } from '../tiny-model.js';
import { THREAD_ENTRY } from '../workshop/thread-entry.js';

const workshop = new ThreadedWorkshop({ entry: THREAD_ENTRY });
const engine = new LocalEngine({ modelRoots: [TINY_MODEL_ROOT], workshop });
afterAll(async () => {
  await engine.dispose();
  await workshop.dispose();
});

const quick = { numInferenceSteps: 4, guidanceScale: 2 } as const;
const end = { prompt: 'jazz piano', seed: 77 };
const house = { kind: 'seed-picture', name: 'house' } as const;
const waltz = { kind: 'seed-picture', name: 'jig' } as const;
/** Columns of the tiny model's pictures. */
const WIDTH = 64;

function make(input: Partial<GenerationRequestInput>): Promise<GeneratedClip> {
  return engine.generate(aRequest({ ...quick, ...input }));
}

describe('a long clip', () => {
  it('is as many pictures long as the seconds take, and loops as the model does', async () => {
    const { recipe, audio } = await make({ seconds: 2 });
    expect(recipe).toMatchObject({ width: 3 * WIDTH, pictures: 3, loop: true });
    expect(recipeSchema.parse(recipe)).toEqual(recipe);
    expect(audio.durationSeconds).toBeCloseTo(1.92, 6);
  });

  it('is different in each picture, but less than clips of different seeds', async () => {
    const [whole, other] = [await make({ pictures: 3 }), await make({ seed: 99 })];
    const [first, second, third] = await tilesOf(whole);
    const [stranger] = await tilesOf(other);
    expect(difference(first!, second!)).toBeGreaterThan(0);
    expect(difference(second!, third!)).toBeGreaterThan(0);
    expect(difference(first!, second!)).toBeLessThan(difference(first!, stranger!));
  });

  it('goes on at the borders of its pictures, and at its end, as it does inside', async () => {
    const { picture } = await readPicture((await make({ pictures: 4 })).picture);
    const steps = Array.from({ length: picture.width }, (_, column) => stepInto(picture, column));
    const borders = steps.filter((_, column) => column % WIDTH === 0);
    expect(Math.max(...borders)).toBeLessThan(Math.max(...steps.filter((_, column) => column % WIDTH > 0)));
  });

  it('is made again from its recipe', async () => {
    const first = await make({ pictures: 2, init: house, strength: 0.5, end: { ...end, init: waltz } });
    const request = requestOfRecipe(first.recipe, await engine.models());
    const again = await engine.generate(aRequest({ ...request, audioFormat: 'wav' }));
    expect(again.recipe).toEqual(first.recipe);
    expect(sha256(again.audio.bytes)).toBe(sha256(first.audio.bytes));
  });

  it('starts from a seed picture in each of its pictures', async () => {
    const [once] = await tilesOf(await make({ init: house, strength: 0 }));
    const tiles = await tilesOf(await make({ init: house, strength: 0, pictures: 3 }));
    for (const tile of tiles) expect(difference(tile, once!)).toBeLessThan(1);
  });

  it('keeps the beginning that a mask keeps, and goes on from there', async () => {
    const mask = { kind: 'mask-picture', name: 'second-half' } as const;
    const [kept] = await tilesOf(await make({ init: house, strength: 0 }));
    const [first, second] = await tilesOf(await make({ init: house, mask, strength: 1, pictures: 2 }));
    expect(difference(first!, kept!)).toBeLessThan(difference(second!, kept!) / 4);
  });

  it('ends within a step when it is cancelled', async () => {
    const stop = new AbortController();
    const making = engine.generate(aRequest({ ...quick, numInferenceSteps: 50, pictures: 8 }), {
      signal: stop.signal,
      onProgress: ({ step }) => {
        if (step === 1) stop.abort();
        expect(step).toBeLessThan(3);
      },
    });
    await expect(making).rejects.toMatchObject({ name: 'CancelledError' });
  });

  it('says between its windows that it goes on, with fractions that never fall', async () => {
    const heard: GenerationProgress[] = [];
    const input = { ...quick, scheduler: 'heun', init: house, end, pictures: 4 } as const;
    await engine.generate(aRequest(input), { onProgress: (progress) => heard.push(progress) });
    const fractions = heard.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    const count = (wanted: string): number => heard.filter(({ stage }) => stage === wanted).length;
    // Three steps of at least seven windows; as many windows decode as hide their edges.
    expect(count('denoising')).toBeGreaterThan(3 * 7);
    expect(count('decoding')).toBeGreaterThan(4);
  });

  it('previews its first picture', async () => {
    const widths: number[] = [];
    await engine.generate(aRequest({ ...quick, pictures: 3 }), {
      previewIntervalMs: 0,
      onProgress: ({ preview }) => {
        // Width of a PNG: bytes 16 to 19.
        if (preview) widths.push(Buffer.from(preview).readUInt32BE(16));
      },
    });
    expect(new Set(widths)).toEqual(new Set([WIDTH]));
  });
});

describe('a morph', () => {
  it('begins at the start and ends at the end, in one piece that does not loop', async () => {
    const { recipe, picture, audio } = await make({ end, pictures: 5 });
    expect(recipe).toMatchObject({ pictures: 5, width: 5 * WIDTH, end });
    expect(recipe).not.toHaveProperty('alpha');
    expect(recipe).not.toHaveProperty('loop');
    expect(audio.durationSeconds).toBeCloseTo((5 * WIDTH - 1) / 100, 6);
    const tiles = tilesIn((await readPicture(picture)).picture);
    const [start] = await tilesOf(await make({}));
    const [far] = await tilesOf(await make(end));
    expect(difference(tiles[0]!, start!)).toBeLessThan(difference(tiles[0]!, far!));
    expect(difference(tiles[4]!, far!)).toBeLessThan(difference(tiles[4]!, start!));
  });

  it('takes even steps', async () => {
    const tiles = await tilesOf(await make({ end, pictures: 6 }));
    const steps = tiles.slice(1).map((tile, index) => difference(tile, tiles[index]!));
    const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
    expect(Math.max(...steps)).toBeLessThan(2 * mean);
  });

  it('goes there and back when it is to loop', async () => {
    const { recipe, picture } = await make({ end, pictures: 4, loop: true });
    expect(recipe.loop).toBe(true);
    const [start, out, far, back] = tilesIn((await readPicture(picture)).picture);
    expect(difference(start!, far!)).toBeGreaterThan(difference(start!, out!));
    expect(difference(start!, far!)).toBeGreaterThan(difference(start!, back!));
  });

  it('goes from one clip to another', async () => {
    const input = { init: house, strength: 0, end: { ...end, init: waltz }, pictures: 4 };
    const tiles = await tilesOf(await make(input));
    const [first] = await tilesOf(await make({ init: house, strength: 0 }));
    const [last] = await tilesOf(await make({ init: waltz, strength: 0 }));
    const toFirst = tiles.map((tile) => difference(tile, first!));
    const toLast = tiles.map((tile) => difference(tile, last!));
    expect(toFirst).toEqual(toFirst.toSorted((a, b) => a - b));
    expect(toLast).toEqual(toLast.toSorted((a, b) => b - a));
  });

  it('stays at one point of the way when that is asked for', async () => {
    const { recipe } = await make({ end, alpha: 0.25, pictures: 2 });
    expect(recipe).toMatchObject({ alpha: 0.25, pictures: 2, loop: true });
  });
});

describe('pieces that cannot be made', () => {
  it.each([
    ['pictures and seconds at once', { pictures: 2, seconds: 10 }, /leave one of them out/],
    ['an end with a clip and a start without', { end: { ...end, init: house } }, /the start has none/],
    ['too many pictures', { pictures: 37 }, /pictures must be a whole number from 1 to 36/],
    ['too many seconds', { seconds: 181 }, /seconds must be at most 180/],
    ['pictures of a width that the model cannot make', { pictures: 2, width: 65 }, /width is a multiple of/],
  ] as const)('refuses %s with a sentence', async (_what, input, sentence) => {
    await expect(async () => make(input as Partial<GenerationRequestInput>)).rejects.toMatchObject({
      name: 'EngineError',
      code: 'invalid_request',
      message: expect.stringMatching(sentence) as string,
    });
  });
});

async function tilesOf({ picture }: GeneratedClip): Promise<Uint8Array[]> {
  return tilesIn((await readPicture(picture)).picture);
}

/** Red levels of each picture. */
function tilesIn({ width, height, rgb }: SpectrogramPicture): Uint8Array[] {
  return Array.from({ length: width / WIDTH }, (_, tile) =>
    Uint8Array.from({ length: WIDTH * height }, (__, index) => {
      const [row, column] = [Math.floor(index / WIDTH), index % WIDTH];
      return rgb[3 * (row * width + tile * WIDTH + column)]!;
    }),
  );
}

function difference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, index) => sum + Math.abs(value - b[index]!), 0) / a.length;
}

/** Mean change of the grey levels from the column before; the first one's is the last. */
function stepInto({ width, height, rgb }: SpectrogramPicture, column: number): number {
  const before = (column + width - 1) % width;
  let sum = 0;
  for (let row = 0; row < height; row++) {
    sum += Math.abs(rgb[3 * (row * width + column)]! - rgb[3 * (row * width + before)]!);
  }
  return sum / height;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
