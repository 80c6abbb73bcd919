import { createHash } from 'node:crypto';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { loadPipeline } from '../../../src/engine/diffusion/load-pipeline.js';
import type { DiffusionPipeline } from '../../../src/engine/diffusion/diffusion-pipeline.js';
import type { PipelineRequest, PromptPoint } from '../../../src/engine/diffusion/pipeline-request.js';
import { CancelledError } from '../../../src/engine/errors.js';
import { SeededRandom } from '../../../src/engine/math/random.js';
import type { InferenceSession, NamedTensors } from '../../../src/engine/runtime/inference-session.js';
import { ModelFolder } from '../../../src/engine/runtime/model-folder.js';
import { aPicture, openOnCpu } from './sd1x-models.js';
import { TINY_MODEL, TINY_MODEL_ROOT } from '../tiny-model.js';

type Knobs = PromptPoint & Pick<PipelineRequest, 'numInferenceSteps' | 'scheduler'>;

const KNOBS: Knobs = {
  prompt: 'funk bass',
  negativePrompt: '',
  seed: 1,
  numInferenceSteps: 4,
  guidanceScale: 3,
  strength: 1,
  scheduler: 'euler',
};

function aRequest(changes: Partial<Knobs & PipelineRequest> = {}): PipelineRequest {
  const { numInferenceSteps, scheduler, ...rest } = { ...KNOBS, ...changes };
  const { prompt, negativePrompt, seed, guidanceScale, strength, ...others } = rest;
  const start = { prompt, negativePrompt, seed, guidanceScale, strength };
  return { start, numInferenceSteps, scheduler, ...others };
}

/** A real session that remembers what it was fed. */
class ListeningSession implements InferenceSession {
  readonly #session: InferenceSession;
  readonly #heard: NamedTensors[];

  constructor(session: InferenceSession, heard: NamedTensors[]) {
    this.#session = session;
    this.#heard = heard;
  }

  get inputNames(): readonly string[] {
    return this.#session.inputNames;
  }

  get outputNames(): readonly string[] {
    return this.#session.outputNames;
  }

  run(feeds: NamedTensors): Promise<NamedTensors> {
    this.#heard.push(feeds);
    return this.#session.run(feeds);
  }

  dispose(): Promise<void> {
    return this.#session.dispose();
  }
}

describe('DiffusionPipeline of the model that ships', () => {
  let pipeline: DiffusionPipeline;
  const heard: NamedTensors[] = [];
  beforeAll(async () => {
    const folder = await ModelFolder.open(join(TINY_MODEL_ROOT, TINY_MODEL));
    pipeline = await loadPipeline(
      folder,
      async (...network) => new ListeningSession(await openOnCpu(...network), heard),
    );
  });
  afterAll(() => pipeline.dispose());

  it('knows its model’s settings', () => {
    expect(pipeline.config).toMatchObject({
      latentShape: [4, 32, 2],
      scalingFactor: 0.5,
      width: 64,
      circular: true,
      spectrogramParams: { sampleRate: 44100, numFrequencies: 512, maxFrequency: 10000 },
    });
  });

  it('starts from the noise of the seed', async () => {
    const noise = new Float32Array(256);
    new SeededRandom(7).fillGaussian(noise);
    heard.length = 0;
    await pipeline.run(aRequest({ seed: 7, guidanceScale: 1 }));
    const first = heard.find((feeds) => 'sample' in feeds);
    expect(first?.['sample']?.data).toEqual(noise);
  });

  it('asks for both prompts in one batch, the negative one first', async () => {
    heard.length = 0;
    await pipeline.run(aRequest({ prompt: 'new one', negativePrompt: 'new other' }));
    const [promptIds, negativeIds] = heard.filter((feeds) => 'input_ids' in feeds);
    const unetFeeds = heard.filter((feeds) => 'sample' in feeds);
    expect([promptIds, negativeIds].every((feeds) => feeds?.['input_ids']?.shape.join() === '1,48')).toBe(
      true,
    );
    expect(unetFeeds).toHaveLength(4);
    expect(unetFeeds.map((feeds) => [...(feeds['timestep']?.data ?? [])])).toEqual([
      [1000, 1000],
      [750, 750],
      [500, 500],
      [250, 250],
    ]);
    expect(unetFeeds[0]?.['sample']?.shape).toEqual([2, 4, 32, 2]);
    expect(unetFeeds[0]?.['encoder_hidden_states']?.shape).toEqual([2, 48, 8]);
    const swapped = await pipeline.run(aRequest({ prompt: 'new other', negativePrompt: 'new one' }));
    const straight = await pipeline.run(aRequest({ prompt: 'new one', negativePrompt: 'new other' }));
    expect(swapped).not.toEqual(straight);
  });

  it('encodes each text once', async () => {
    await pipeline.run(aRequest());
    heard.length = 0;
    await pipeline.run(aRequest({ seed: 2 }));
    expect(heard.filter((feeds) => 'input_ids' in feeds)).toHaveLength(0);
  });

  it('guidance extrapolates from the negative prompt through the prompt', async () => {
    const velocity = async (guidanceScale: number, prompt: string): Promise<Float32Array> => {
      const latents = await pipeline.run(aRequest({ numInferenceSteps: 1, guidanceScale, prompt }));
      const noise = new Float32Array(latents.length);
      new SeededRandom(KNOBS.seed).fillGaussian(noise);
      return noise.map((value, index) => value - (latents[index] ?? NaN));
    };
    const positive = await velocity(1, 'funk bass');
    const negative = await velocity(1, '');
    const guided = await velocity(3, 'funk bass');
    guided.forEach((value, index) => {
      const [towards, away] = [positive[index] ?? NaN, negative[index] ?? NaN];
      expect(value).toBeCloseTo(away + 3 * (towards - away), 4);
    });
  });

  it('without guidance the negative prompt has no effect, and the batch is one', async () => {
    heard.length = 0;
    const one = await pipeline.run(aRequest({ guidanceScale: 1 }));
    const other = await pipeline.run(aRequest({ guidanceScale: 1, negativePrompt: 'jazz' }));
    expect(other).toEqual(one);
    expect(heard.find((feeds) => 'sample' in feeds)?.['sample']?.shape).toEqual([1, 4, 32, 2]);
  });

  it('makes other latents of another seed, prompt, guidance, scheduler or number of steps', async () => {
    const requests: PipelineRequest[] = [
      aRequest(),
      aRequest({ seed: 2 }),
      aRequest({ prompt: 'jazz piano' }),
      aRequest({ negativePrompt: 'jazz' }),
      aRequest({ guidanceScale: 7 }),
      aRequest({ guidanceScale: 1 }),
      aRequest({ scheduler: 'heun' }),
      aRequest({ scheduler: 'dpmpp-2m' }),
      aRequest({ numInferenceSteps: 1 }),
    ];
    const hashes = new Set<string>();
    for (const request of requests) hashes.add(hash(await pipeline.run(request)));
    expect(hashes.size).toBe(requests.length);
  });

  it('reports each step, with a prediction that becomes the result', async () => {
    const steps: number[] = [];
    let last = new Float32Array();
    const latents = await pipeline.run(aRequest(), {
      onStep: ({ step, predOriginalSample }) => {
        steps.push(step);
        last = Float32Array.from(predOriginalSample);
      },
    });
    expect(steps).toEqual([1, 2, 3, 4]);
    last.forEach((value, index) => expect(value).toBeCloseTo(latents[index] ?? NaN, 4));
  });

  it('stops between the two calls of a second-order step', async () => {
    const abortion = new AbortController();
    heard.length = 0;
    const denoising = pipeline.run(aRequest({ scheduler: 'heun' }), {
      signal: abortion.signal,
      onStep: () => queueMicrotask(() => abortion.abort()),
    });
    await expect(denoising).rejects.toBeInstanceOf(CancelledError);
    expect(heard.filter((feeds) => 'sample' in feeds)).toHaveLength(2);
  });

  it('lets others in between two steps', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await pipeline.run(aRequest({ numInferenceSteps: 50 }));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
  });

  it('works with the schedulers of flow matching, and names them when asked for another', async () => {
    for (const scheduler of ['pndm', 'ddim', 'lcm', 'dpmpp-2m-karras'] as const) {
      await expect(pipeline.run(aRequest({ scheduler }))).rejects.toMatchObject({
        code: 'invalid_request',
        message: expect.stringContaining('choose one of euler, heun, dpmpp-2m') as string,
      });
    }
  });

  it('makes pictures of other widths', async () => {
    const latents = await pipeline.run(aRequest({ width: 192 }));
    expect(latents).toHaveLength(4 * 32 * 6);
    expect((await pipeline.decode(latents)).width).toBe(192);
    await expect(pipeline.run(aRequest({ width: 100 }))).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('starts from a picture: as much noise and as many steps as the strength says', async () => {
    const init = aPicture(64, 512);
    const own = await pipeline.encode(init);
    const noise = new Float32Array(own.length);
    new SeededRandom(KNOBS.seed).fillGaussian(noise);
    heard.length = 0;
    await pipeline.run(aRequest({ init, strength: 0.5, guidanceScale: 1 }));
    const feeds = heard.filter((tensors) => 'timestep' in tensors);
    expect(feeds.map((tensors) => tensors['timestep']?.data[0])).toEqual([500, 250]);
    const first = feeds[0]?.['sample']?.data as Float32Array;
    first.forEach((value, index) => {
      expect(value).toBeCloseTo((own[index] ?? NaN) / 2 + (noise[index] ?? NaN) / 2, 5);
    });
    expect(await pipeline.run(aRequest({ init, strength: 0 }))).toEqual(own);
  });

  it('reads grey of the red plane, 0 as -1 and 255 as 1, and scales what the network says', async () => {
    const rgb = new Uint8Array(3 * 64 * 512).fill(77);
    for (let index = 0; index < rgb.length; index += 3) rgb[index] = index % 2 === 0 ? 0 : 255;
    heard.length = 0;
    const latents = await pipeline.encode({ width: 64, height: 512, rgb });
    const fed = heard[0]?.['sample'];
    expect(fed?.shape).toEqual([1, 1, 512, 64]);
    expect(new Set(fed?.data as Float32Array)).toEqual(new Set([-1, 1]));
    expect([latents.length, latents.every(Number.isFinite)]).toEqual([256, true]);
  });

  it('keeps of the picture what the mask has black', async () => {
    const init = aPicture(64, 512);
    const mask = { ...init, rgb: new Uint8Array(init.rgb.length).fill(255, init.rgb.length / 2) };
    const own = await pipeline.encode(init);
    const latents = await pipeline.run(aRequest({ init, mask, strength: 0.75 }));
    const isKept = (_: number, index: number): boolean => index % 64 < 32;
    expect(latents.filter(isKept)).toEqual(own.filter(isKept));
    expect(latents).not.toEqual(own);
  });

  it('goes from one prompt to another', async () => {
    const end = { ...KNOBS, prompt: 'jazz piano', seed: 2 };
    const [start, middle, far] = [
      await pipeline.run(aRequest({ end })),
      await pipeline.run(aRequest({ end, alpha: 0.5 })),
      await pipeline.run(aRequest({ end, alpha: 1 })),
    ];
    expect(start).toEqual(await pipeline.run(aRequest()));
    const there = await pipeline.run(aRequest({ prompt: 'jazz piano', seed: 2 }));
    there.forEach((value, index) => expect(far[index]).toBeCloseTo(value, 4));
    expect([hash(middle) === hash(start), hash(middle) === hash(far)]).toEqual([false, false]);
  });

  it('decodes latents to grey pixels: 255 * (sample / 2 + 0.5), clipped', async () => {
    const latents = new Float32Array(256).fill(0);
    const grey = await pipeline.decode(latents);
    expect([grey.width, grey.height, grey.rgb.length]).toEqual([64, 512, 64 * 512 * 3]);
    // tanh(0) = 0 is half way between black and white: 127.5, rounded up.
    expect(new Set(grey.rgb)).toEqual(new Set([128]));
    const extreme = await pipeline.decode(latents.map(() => 100));
    expect([Math.min(...extreme.rgb.subarray(0, 9999)), Math.max(...extreme.rgb.subarray(0, 9999))]).toEqual([
      0, 255,
    ]);
  });
});

function hash(array: Float32Array): string {
  return createHash('sha256').update(array).digest('hex');
}
