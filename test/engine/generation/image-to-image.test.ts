/** Clips made from clips, and between prompts, by the engine as a whole. */
import { readFileSync } from 'node:fs';

import { afterAll, describe, expect, it } from 'vitest';

import { readPicture } from '../../../src/engine/files/read-picture.js';
import { writeAudio } from '../../../src/engine/files/write-audio.js';
import type { GenerationRequestInput } from '../../../src/engine/generation-request.js';
import { LocalEngine } from '../../../src/engine/local-engine.js';
import type { GeneratedClip, GenerationProgress } from '../../../src/engine/music-engine.js';
import { recipeSchema } from '../../../src/engine/recipe/recipe.js';
import { ThreadedWorkshop } from '../../../src/engine/workshop/threaded-workshop.js';
import { TINY_MODEL_ROOT, aRequest } from '../tiny-model.js';
import { THREAD_ENTRY } from '../workshop/thread-entry.js';

const workshop = new ThreadedWorkshop({ entry: THREAD_ENTRY });
const engine = new LocalEngine({ modelRoots: [TINY_MODEL_ROOT], workshop });
afterAll(async () => {
  await engine.dispose();
  await workshop.dispose();
});

const quick = { numInferenceSteps: 4, guidanceScale: 2 } as const;
const house = { kind: 'seed-picture', name: 'house' } as const;
const drums = readFileSync(new URL('../../fixtures/golden-audio/drums.png', import.meta.url));

function make(input: Partial<GenerationRequestInput>): Promise<GeneratedClip> {
  return engine.generate(aRequest({ ...quick, ...input }));
}

describe('image to image', () => {
  it('starts from a seed picture, and the recipe tells from which', async () => {
    const { recipe } = await make({ init: house, strength: 0.5 });
    expect(recipe).toMatchObject({ strength: 0.5, initImage: { seedPicture: 'house' }, width: 64 });
    expect(recipeSchema.parse(recipe)).toEqual(recipe);
  });

  it('keeps more of the first picture the less strength it has', async () => {
    const [same, near, far] = [
      await make({ init: house, strength: 0 }),
      await make({ init: house, strength: 0.5 }),
      await make({ init: house, strength: 1 }),
    ];
    const [toNear, toFar] = [await difference(same, near), await difference(same, far)];
    expect(toNear).toBeGreaterThan(0);
    expect(toFar).toBeGreaterThan(toNear);
  });

  it('takes the steps that the strength leaves, and says how many', async () => {
    const heard: GenerationProgress[] = [];
    await engine.generate(aRequest({ ...quick, numInferenceSteps: 10, init: house, strength: 0.5 }), {
      onProgress: (progress) => heard.push(progress),
    });
    const steps = heard.filter(({ stage }) => stage === 'denoising');
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
    expect(steps.every(({ numInferenceSteps }) => numInferenceSteps === 5)).toBe(true);
  });

  it('starts from a picture file and from a sound file', async () => {
    const { bytes } = await writeAudio({ sampleRate: 48_000, channels: [new Float32Array(9600)] }, 'ogg');
    const fromPicture = await make({ init: { kind: 'file', bytes: drums }, pictures: 1 });
    const fromSound = await make({ init: { kind: 'file', bytes } });
    expect(fromPicture.recipe.initImage?.seedPicture).toBeUndefined();
    expect(fromPicture.recipe.strength).toBe(0.75);
    expect(await difference(fromPicture, fromSound)).toBeGreaterThan(0);
  });

  it('leaves alone what a mask keeps', async () => {
    const init = { kind: 'file', bytes: drums } as const;
    const kept = await make({ init, strength: 0 });
    const mask = { kind: 'mask-picture', name: 'second-half' } as const;
    const masked = await make({ init, mask, strength: 1 });
    expect(masked.recipe.maskImage).toMatchObject({ maskPicture: 'second-half' });
    const [first, second] = await differenceOfHalves(kept, masked);
    expect(first).toBeLessThan(second / 4);
  });

  it.each([
    ['an unknown seed picture', { init: { kind: 'seed-picture', name: 'polka' } }, /^There is no seed pic/],
    ['an unknown mask', { init: house, mask: { kind: 'mask-picture', name: 'x' } }, /^There is no mask "x"/],
    [
      'a file that is no clip',
      { init: { kind: 'file', bytes: Uint8Array.of(1, 2, 3) } },
      /cannot be read|not/,
    ],
    [
      'a mask that is no picture',
      { init: house, mask: { kind: 'file', bytes: Uint8Array.of(1) } },
      /^The mask cannot be used/,
    ],
    ['a width that the model cannot make', { width: 65 }, /width is a multiple of/],
    ['a LoRA that is not there', { loras: [{ name: 'none' }] }, /^There is no LoRA "none"/],
    ['a scheduler for other models', { scheduler: 'pndm' }, /does not work with the scheduler pndm/],
  ] as const)('refuses %s with a sentence', async (_what, input, sentence) => {
    await expect(make(input as Partial<GenerationRequestInput>)).rejects.toMatchObject({
      name: 'EngineError',
      message: expect.stringMatching(sentence) as string,
    });
  });
});

describe('interpolation', () => {
  const end = { prompt: 'jazz piano', seed: 77 };

  it('is the start at 0, the end at 1, and neither in between', async () => {
    const [start, half, far, other] = [
      await make({ end, alpha: 0 }),
      await make({ end }),
      await make({ end, alpha: 1 }),
      await make({ prompt: end.prompt, seed: end.seed }),
    ];
    expect(await difference(start, await make({}))).toBe(0);
    expect(await difference(far, other)).toBeLessThan(0.5);
    expect(await difference(half, start)).toBeGreaterThan(0);
    expect(await difference(half, far)).toBeGreaterThan(0);
    expect(half.recipe).toMatchObject({ alpha: 0.5, end: { ...end, negativePrompt: '', guidanceScale: 2 } });
    expect(half.recipe.end).not.toHaveProperty('strength');
  });

  it('goes between first pictures as well, and the recipe tells both strengths', async () => {
    const { recipe } = await make({ init: house, strength: 0.4, end: { ...end, strength: 0.8 } });
    expect(recipe).toMatchObject({ strength: 0.4, end: { strength: 0.8 } });
  });
});

describe('speed', () => {
  it('leaves out steps where the request does not say how many, and the recipe tells', async () => {
    const { recipe: fast } = await engine.generate(aRequest({ speed: 'fast' }));
    expect(fast).toMatchObject({ numInferenceSteps: 2 });
    const { recipe: given } = await engine.generate(aRequest({ speed: 'fast', numInferenceSteps: 3 }));
    expect(given.numInferenceSteps).toBe(3);
  });

  it('is taken from a recipe to the letter', async () => {
    const acceleration = { guidanceInterval: [0.25, 1] as [number, number], guidanceEvery: 2 };
    const accelerated = await make({ acceleration });
    expect(accelerated.recipe.acceleration).toEqual(acceleration);
    expect(await difference(accelerated, await make({}))).toBeGreaterThan(0);
  });
});

describe('width', () => {
  it('makes clips as long as the picture is wide', async () => {
    const { recipe, audio } = await make({ width: 128 });
    expect(recipe.width).toBe(128);
    expect(audio.durationSeconds).toBeCloseTo(1.28, 6);
  });
});

async function pixels({ picture }: GeneratedClip): Promise<{ width: number; rgb: Uint8Array }> {
  return (await readPicture(picture)).picture;
}

/** Mean difference of grey levels. */
async function difference(a: GeneratedClip, b: GeneratedClip): Promise<number> {
  const [left, right] = await differenceOfHalves(a, b);
  return (left + right) / 2;
}

async function differenceOfHalves(a: GeneratedClip, b: GeneratedClip): Promise<[number, number]> {
  const [x, y] = [await pixels(a), await pixels(b)];
  const sums: [number, number] = [0, 0];
  for (const [index, value] of x.rgb.entries()) {
    const half = Math.floor(index / 3) % x.width < x.width / 2 ? 0 : 1;
    sums[half] += Math.abs(value - (y.rgb[index] ?? NaN));
  }
  return [sums[0] / (x.rgb.length / 2), sums[1] / (x.rgb.length / 2)];
}
