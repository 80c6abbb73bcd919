/** Clips of a model that is told a tempo and says what it understood, by the engine as a whole. */
import { createHash } from 'node:crypto';

import { afterAll, describe, expect, it } from 'vitest';

import { requestOfRecipe } from '../../../src/cli/recipe-request.js';
import { readPicture } from '../../../src/engine/files/read-picture.js';
import type { GenerationRequestInput } from '../../../src/engine/generation-request.js';
import { LocalEngine } from '../../../src/engine/local-engine.js';
import type { GeneratedClip } from '../../../src/engine/music-engine.js';
import { recipeSchema } from '../../../src/engine/recipe/recipe.js';
import { ThreadedWorkshop } from '../../../src/engine/workshop/threaded-workshop.js';
import { withConditionedModel } from '../conditioned-model.js';
import { TINY_MODEL_ROOT, aRequest } from '../tiny-model.js';
import { THREAD_ENTRY } from '../workshop/thread-entry.js';

type Make = (input: Partial<GenerationRequestInput>) => Promise<GeneratedClip>;

const workshop = new ThreadedWorkshop({ entry: THREAD_ENTRY });
afterAll(() => workshop.dispose());

async function withEngine(use: (make: Make, engine: LocalEngine) => Promise<void>): Promise<void> {
  await withConditionedModel(async (root) => {
    const engine = new LocalEngine({ modelRoots: [root], workshop });
    try {
      await use((input) => engine.generate(aRequest({ numInferenceSteps: 2, ...input })), engine);
    } finally {
      await engine.dispose();
    }
  });
}

/** Of 256 columns, so that the beats are as many as in music. */
const width = 256;
const house = { kind: 'seed-picture', name: 'house' } as const;

describe('a clip of a tempo', () => {
  it('has whole beats at that tempo, and its files say so', async () => {
    await withEngine(async (make) => {
      const { recipe, audio, picture } = await make({ bpm: 120, width });
      expect(recipe.bpm).toBe(120);
      expect(recipeSchema.parse(recipe)).toEqual(recipe);
      // Five beats instead of 5.12.
      expect((60 * 5) / audio.durationSeconds / 120).toBeCloseTo(1, 2);
      expect(audio.durationSeconds).toBe((width * 468) / 48_000);
      const { params, picture: pixels } = await readPicture(picture);
      expect([params.sampleRate, params.stepSizeMs, pixels.width]).toEqual([48_000, 9.7501, width]);
    });
  });

  it('has the tempo that its prompt states, unless the option says another', async () => {
    await withEngine(async (make) => {
      const stated = await make({ prompt: 'funk, 150 bpm', width });
      const asked = await make({ prompt: 'funk, 150 bpm', bpm: 90, width });
      const none = await make({ width });
      expect([stated.recipe.bpm, asked.recipe.bpm, none.recipe.bpm]).toEqual([150, 90, undefined]);
      expect(none.audio.durationSeconds).toBe(2.56);
    });
  });

  it('leaves a first clip its own tempo, unless the option says one', async () => {
    await withEngine(async (make) => {
      const { recipe } = await make({ prompt: 'funk, 150 bpm', init: house, width });
      expect(recipe.bpm).toBeUndefined();
      expect((await make({ init: house, bpm: 150, width })).recipe.bpm).toBe(150);
    });
  });

  it('starts from a clip of that tempo, column for column', async () => {
    await withEngine(async (make) => {
      const first = await make({ bpm: 120, width });
      const init = { kind: 'file', bytes: first.picture } as const;
      const same = await make({ bpm: 120, width, init, strength: 0 });
      const mask = { kind: 'mask-picture', name: 'second-half' } as const;
      const longer = await make({ bpm: 120, width, init, mask, strength: 1, pictures: 2 });
      const [a, b] = [await pixels(same), await pixels(longer)];
      let worst = 0;
      // The edge of what is kept is decoded together with what is new.
      for (let row = 0; row < 512; row++) {
        for (let column = 0; column < width - 64; column++) {
          const [before, after] = [a[3 * (row * width + column)], b[3 * (row * 2 * width + column)]];
          worst = Math.max(worst, Math.abs((before ?? 0) - (after ?? 0)));
        }
      }
      expect(worst).toBeLessThan(3);
    });
  });

  it('is made again from its recipe', async () => {
    await withEngine(async (make, engine) => {
      const first = await make({ prompt: 'a jig, 100 bpm', width, pictures: 2 });
      const request = requestOfRecipe(first.recipe, await engine.models());
      const again = await make({ ...request, audioFormat: 'wav' });
      expect(again.recipe).toEqual(first.recipe);
      expect(sha256(again.audio.bytes)).toBe(sha256(first.audio.bytes));
    });
  });

  it('is refused by a model that cannot be told, whose prompts are only words', async () => {
    const engine = new LocalEngine({ modelRoots: [TINY_MODEL_ROOT], workshop });
    const quick = { numInferenceSteps: 1 };
    await expect(engine.generate(aRequest({ ...quick, bpm: 120 }))).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringMatching(
        /^The model "riffcord-tiny" cannot be told a tempo: leave bpm out/,
      ) as string,
    });
    const { recipe, understood } = await engine.generate(aRequest({ ...quick, prompt: 'funk, 120 bpm' }));
    expect([recipe.bpm, understood]).toEqual([undefined, undefined]);
    await engine.dispose();
  });
});

describe('a clip of a model that says what it understood', () => {
  it('comes with it', async () => {
    await withEngine(async (make) => {
      const { understood } = await make({ prompt: 'funk with piano' });
      expect(understood).toEqual([
        { kind: 'genre', name: 'funk' },
        { kind: 'lead', name: 'piano' },
      ]);
      expect((await make({ prompt: 'xyzzy' })).understood).toEqual([]);
    });
  });
});

async function pixels({ picture }: GeneratedClip): Promise<Uint8Array> {
  return (await readPicture(picture)).picture.rgb;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
