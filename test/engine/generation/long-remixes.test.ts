/** Clips made of clips that are longer than one picture. */
import { afterAll, describe, expect, it } from 'vitest';

import { durationSeconds } from '../../../src/engine/audio/audio-clip.js';
import { readAudio } from '../../../src/engine/files/read-audio.js';
import { readPicture } from '../../../src/engine/files/read-picture.js';
import { writeAudio } from '../../../src/engine/files/write-audio.js';
import type { GenerationRequestInput } from '../../../src/engine/generation-request.js';
import { LocalEngine } from '../../../src/engine/local-engine.js';
import type { GeneratedClip, GenerationProgress } from '../../../src/engine/music-engine.js';
import { recipeSchema } from '../../../src/engine/recipe/recipe.js';
import type { SpectrogramPicture } from '../../../src/engine/spectrogram/spectrogram-picture.js';
import { ThreadedWorkshop } from '../../../src/engine/workshop/threaded-workshop.js';
import { TINY_MODEL_ROOT, aRequest } from '../tiny-model.js';
import { THREAD_ENTRY } from '../workshop/thread-entry.js';

const workshop = new ThreadedWorkshop({ entry: THREAD_ENTRY });
const engine = new LocalEngine({ modelRoots: [TINY_MODEL_ROOT], workshop });
afterAll(async () => {
  await engine.dispose();
  await workshop.dispose();
});

/** 3.137 s: not quite five pictures of 64 columns, and no whole number of columns. */
const FRAMES = 150_581;
const quick = { numInferenceSteps: 4, guidanceScale: 2, strength: 0.5 } as const;

describe('a clip made of a longer one', () => {
  it.each(['wav', 'mp3', 'ogg'] as const)('is exactly as long, as %s', async (audioFormat) => {
    const { recipe, audio, picture } = await remix({ audioFormat });
    expect(recipe).toMatchObject({ pictures: 5, width: 5 * 64, seconds: FRAMES / 48_000, strength: 0.5 });
    expect(recipe).not.toHaveProperty('loop');
    expect(recipeSchema.parse(recipe)).toEqual(recipe);
    expect(audio.durationSeconds * audio.sampleRate).toBe(FRAMES);
    expect(durationSeconds((await readAudio(audio.bytes)).clip)).toBeCloseTo(FRAMES / 48_000, 4);
    // The sound ends between the last two columns.
    expect((await readPicture(picture)).picture.width).toBe(1 + 314);
  });

  it('keeps the whole of it, place by place, the more the less strength it has', async () => {
    const [same, near, far] = [
      await pictureOf(await remix({ strength: 0 })),
      await pictureOf(await remix({ strength: 0.4 })),
      await pictureOf(await remix({ strength: 1 })),
    ];
    for (let part = 0; part < 4; part++) {
      const toNear = difference(same, near, part);
      expect(toNear).toBeGreaterThan(0);
      expect(difference(same, far, part)).toBeGreaterThan(toNear);
    }
  });

  it('loops in whole pictures when it is to loop', async () => {
    const { recipe, audio } = await remix({ loop: true });
    expect(recipe).toMatchObject({ pictures: 5, loop: true });
    expect(recipe).not.toHaveProperty('seconds');
    expect(audio.durationSeconds).toBeCloseTo(3.2, 9);
  });

  it('is one picture, or so many seconds, where the request says so', async () => {
    expect((await remix({ pictures: 1 })).audio.durationSeconds).toBeCloseTo(0.64, 9);
    expect((await remix({ seconds: 2 })).audio.durationSeconds).toBeCloseTo(1.92, 9);
  });

  it('changes only the second half where a mask says so', async () => {
    const mask = { kind: 'mask-picture', name: 'second-half' } as const;
    const kept = await pictureOf(await remix({ strength: 0 }));
    const masked = await pictureOf(await remix({ strength: 1, mask }));
    expect(difference(kept, masked, 0)).toBeLessThan(difference(kept, masked, 3) / 4);
  });

  it('says how far it is, and ends soon when it is cancelled', async () => {
    const heard: GenerationProgress[] = [];
    const init = { kind: 'file', bytes: await tune() } as const;
    await engine.generate(aRequest({ ...quick, init }), { onProgress: (progress) => heard.push(progress) });
    const fractions = heard.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(heard.filter(({ stage }) => stage === 'denoising').length).toBeGreaterThan(10);
    for (const when of ['loading', 'denoising', 'decoding'] as const) {
      const stop = new AbortController();
      const onProgress = ({ stage }: GenerationProgress) => {
        if (stage === when) stop.abort();
      };
      const making = engine.generate(aRequest({ ...quick, init }), { signal: stop.signal, onProgress });
      await expect(making, when).rejects.toMatchObject({ name: 'CancelledError' });
    }
  });
});

async function remix(input: Partial<GenerationRequestInput>): Promise<GeneratedClip> {
  const init = { kind: 'file', bytes: await tune() } as const;
  return engine.generate(aRequest({ ...quick, init, ...input }));
}

/** A scale, as a stereo file. */
async function tune(): Promise<Uint8Array> {
  const samples = Float32Array.from({ length: FRAMES }, (_, n) => {
    const hertz = 220 * 2 ** (Math.floor(n / 12_000) / 12);
    return 0.3 * Math.sin((2 * Math.PI * hertz * n) / 48_000) * Math.exp(-(n % 12_000) / 6000);
  });
  const right = samples.map((sample) => sample / 2);
  return (await writeAudio({ sampleRate: 48_000, channels: [samples, right] }, 'wav')).bytes;
}

async function pictureOf({ picture }: GeneratedClip): Promise<SpectrogramPicture> {
  return (await readPicture(picture)).picture;
}

/** Mean distance of two pictures' grey levels in one of their four parts. */
function difference(a: SpectrogramPicture, b: SpectrogramPicture, part: number): number {
  const columns = Math.floor(a.width / 4);
  let sum = 0;
  for (let row = 0; row < a.height; row++) {
    for (let column = part * columns; column < (part + 1) * columns; column++) {
      const at = 3 * (row * a.width + column);
      sum += Math.abs((a.rgb[at] ?? NaN) - (b.rgb[at] ?? NaN));
    }
  }
  return sum / (columns * a.height);
}
