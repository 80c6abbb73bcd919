/** Whole runs of a small Stable Diffusion checkpoint, laid out on disk as published ones are. */
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { DiffusionPipeline } from '../../../src/engine/diffusion/diffusion-pipeline.js';
import { loadPipeline } from '../../../src/engine/diffusion/load-pipeline.js';
import type {
  NetworkSessionOptions,
  OpenSession,
} from '../../../src/engine/diffusion/networks/open-session.js';
import type { PipelineRequest, PromptPoint } from '../../../src/engine/diffusion/pipeline-request.js';
import { CancelledError } from '../../../src/engine/errors.js';
import { SCHEDULERS } from '../../../src/engine/limits.js';
import { SeededRandom } from '../../../src/engine/math/random.js';
import type { InferenceSession, NamedTensors } from '../../../src/engine/runtime/inference-session.js';
import { ModelFolder } from '../../../src/engine/runtime/model-folder.js';
import type { SpectrogramPicture } from '../../../src/engine/spectrogram/spectrogram-picture.js';
import { configText, maxRelativeError } from '../checkpoint/sd1x-checkpoints.js';
import { withTemporaryFolder } from '../checkpoint/temporary-folder.js';
import { aPicture, layOutModel, openOnCpu, withModel, withPipeline, writeManifest } from './sd1x-models.js';

const START: PromptPoint = {
  prompt: 'funk bass',
  negativePrompt: '',
  seed: 1,
  guidanceScale: 5,
  strength: 0.75,
};
const REQUEST: PipelineRequest = { start: START, numInferenceSteps: 4, scheduler: 'dpmpp-2m' };

/** Opens real networks, and notes what was opened and what they were fed. */
class ListeningOpener {
  readonly opened: (NetworkSessionOptions | undefined)[] = [];
  readonly disposed: InferenceSession[] = [];
  readonly heard: NamedTensors[] = [];

  readonly open: OpenSession = async (model, options) => {
    const session = await openOnCpu(model, options);
    this.opened.push(options);
    return {
      inputNames: session.inputNames,
      outputNames: session.outputNames,
      run: (feeds) => {
        this.heard.push(feeds);
        return session.run(feeds);
      },
      dispose: () => {
        this.disposed.push(session);
        return session.dispose();
      },
    };
  };

  heardBy(input: string): NamedTensors[] {
    return this.heard.filter((feeds) => input in feeds && !('latent_sample' in feeds));
  }
}

const opener = new ListeningOpener();
let folder: ModelFolder;
let pipeline: DiffusionPipeline;

beforeAll(async () => {
  folder = await layOutModel(await mkdtemp(join(tmpdir(), 'riffcord-sd1-')), 'sd1');
  pipeline = await loadPipeline(folder, opener.open);
});
afterAll(async () => {
  await pipeline.dispose();
  await rm(folder.root, { recursive: true });
});
beforeEach(() => {
  opener.heard.length = 0;
});

describe('a Stable Diffusion checkpoint', () => {
  it('makes a picture of three colours of a prompt, from files alone', async () => {
    const steps: number[] = [];
    const latents = await pipeline.run(REQUEST, { onStep: ({ step }) => void steps.push(step) });
    const { width, height, rgb } = await pipeline.decode(latents);
    expect([width, height, rgb.length, latents.length]).toEqual([64, 64, 3 * 64 * 64, 4 * 16 * 16]);
    expect(steps).toEqual([1, 2, 3, 4]);
    expect(rgb.some((value, index) => index % 3 === 0 && value !== rgb[index + 1])).toBe(true);
    expect(pipeline.config).toMatchObject({
      latentShape: [4, 16, 16],
      pixelsPerLatent: [4, 4],
      widthMultiple: 4,
      spectrogramParams: { sampleRate: 44100, numFrequencies: 64, maxFrequency: 10_000 },
      defaults: { numInferenceSteps: 25, guidanceScale: 7, scheduler: 'dpmpp-2m' },
    });
  });

  it('starts from the same noise on every machine', async () => {
    await pipeline.run({ ...REQUEST, start: { ...START, seed: 7, guidanceScale: 1 } });
    const noise = new Float32Array(4 * 16 * 16);
    new SeededRandom(7).fillGaussian(noise);
    expect(opener.heardBy('timestep')[0]?.['sample']?.data).toEqual(noise);
  });

  it('works with every scheduler that can be asked for', async () => {
    const hashes = new Set<string>();
    for (const scheduler of SCHEDULERS) {
      const latents = await pipeline.run({ ...REQUEST, scheduler });
      expect(latents.every(Number.isFinite)).toBe(true);
      hashes.add(latents.slice(0, 8).join());
    }
    expect(hashes.size).toBe(SCHEDULERS.length);
  });

  it('makes pictures of any width that is a multiple of its own', async () => {
    const picture = await pipeline.decode(await pipeline.run({ ...REQUEST, width: 100 }));
    expect([picture.width, picture.height]).toEqual([100, 64]);
    for (const width of [99, 0, -4, 64.5, NaN]) {
      await expect(pipeline.run({ ...REQUEST, width })).rejects.toMatchObject({
        code: 'invalid_request',
        message: expect.stringContaining('a multiple of 4') as string,
      });
    }
  });

  it('listens to prompts that are longer than its text encoder, beside shorter ones', async () => {
    const long = { ...START, prompt: 'la '.repeat(60), negativePrompt: 'noise' };
    await pipeline.run({ ...REQUEST, start: START, end: long, alpha: 0.5 });
    expect(opener.heardBy('timestep')[0]?.['encoder_hidden_states']?.shape).toEqual([2, 154, 16]);
    expect([await pipeline.truncates('la '.repeat(60)), await pipeline.truncates('la '.repeat(120))]).toEqual(
      [false, true],
    );
    // Nobody hears a negative prompt when guidance is off.
    const deaf = { ...START, guidanceScale: 1 };
    const quiet = await pipeline.run({ ...REQUEST, start: deaf });
    const other = await pipeline.run({ ...REQUEST, start: { ...deaf, negativePrompt: 'la '.repeat(60) } });
    expect(other).toEqual(quiet);
  });

  it('hears the negative prompt', async () => {
    const plain = await pipeline.run(REQUEST);
    const other = await pipeline.run({ ...REQUEST, start: { ...START, negativePrompt: 'church' } });
    expect(maxRelativeError(other, plain)).toBeGreaterThan(0.001);
  });

  it('shows a blurred picture of the same size of latents on the way', async () => {
    const wide = await layOutModel(await mkdtemp(join(tmpdir(), 'riffcord-wide-')), 'sd1', {
      'unet/config.json': { ...(JSON.parse(configText('sd1', 'unet')) as object), sample_size: 32 },
    });
    const large = await loadPipeline(wide, opener.open);
    const latents = await large.run({ ...REQUEST, numInferenceSteps: 1, width: 64 });
    const [picture, preview] = [await large.decode(latents), await large.preview(latents)];
    expect([preview.width, preview.height]).toEqual([picture.width, picture.height]);
    const decoded = opener.heard.filter((feeds) => 'latent_sample' in feeds);
    expect(decoded.map((feeds) => feeds['latent_sample']?.shape)).toEqual([
      [1, 4, 32, 16],
      [1, 4, 16, 8],
    ]);
    await large.dispose();
    await rm(wide.root, { recursive: true });
  });

  it('stops between two calls of the network', async () => {
    const abortion = new AbortController();
    const run = pipeline.run(REQUEST, { signal: abortion.signal, onStep: () => abortion.abort() });
    await expect(run).rejects.toBeInstanceOf(CancelledError);
    expect(opener.heardBy('timestep')).toHaveLength(1);
    await expect(pipeline.run(REQUEST, { signal: abortion.signal })).rejects.toBeInstanceOf(CancelledError);
  });
});

describe('between two prompts', () => {
  const end: PromptPoint = {
    prompt: 'jazz piano',
    negativePrompt: 'drums',
    seed: 2,
    guidanceScale: 3,
    strength: 0.5,
  };

  it('alpha 0 is the start and alpha 1 the end', async () => {
    const [atStart, atEnd] = [await pipeline.run(REQUEST), await pipeline.run({ ...REQUEST, start: end })];
    expect(await pipeline.run({ ...REQUEST, end })).toEqual(atStart);
    expect(await pipeline.run({ ...REQUEST, end, alpha: 0 })).toEqual(atStart);
    expect(maxRelativeError(await pipeline.run({ ...REQUEST, end, alpha: 1 }), atEnd)).toBeLessThan(1e-4);
    const between = await pipeline.run({ ...REQUEST, end, alpha: 0.5 });
    expect(maxRelativeError(between, atStart)).toBeGreaterThan(0.01);
    expect(maxRelativeError(between, atEnd)).toBeGreaterThan(0.01);
  });

  it('the noise stays where both have one seed', async () => {
    const [start, other] = [
      { ...START, guidanceScale: 1 },
      { ...end, seed: 1, guidanceScale: 1 },
    ];
    for (const alpha of [0, 0.6]) {
      await pipeline.run({ ...REQUEST, start, end: other, alpha, numInferenceSteps: 1 });
    }
    const [first, second] = opener.heardBy('timestep');
    expect(second?.['sample']).toEqual(first?.['sample']);
  });
});

describe('from a picture', () => {
  const init = aPicture(64, 64);
  const half = paintedBelow(64, 64);

  it('takes the share of the steps that the strength says', async () => {
    const stepsAt = async (strength: number, rules: 'riffusion' | 'diffusers'): Promise<number[]> => {
      const numbers: number[] = [];
      const onStep = ({ numSteps }: { numSteps: number }): void => void numbers.push(numSteps);
      const start = { ...START, strength };
      const request = { ...REQUEST, start, init, numInferenceSteps: 8, imageToImageRules: rules };
      await pipeline.run({ ...request, scheduler: 'ddim' }, { onStep });
      return numbers;
    };
    expect(await stepsAt(0.5, 'diffusers')).toEqual([4, 4, 4, 4]);
    expect(await stepsAt(0.5, 'riffusion')).toEqual([4, 4, 4, 4]);
    expect(await stepsAt(1, 'diffusers')).toHaveLength(8);
    expect(await stepsAt(1, 'riffusion')).toHaveLength(7);
    expect(await stepsAt(0, 'diffusers')).toEqual([]);
  });

  it('is the picture itself at no strength, and less and less of it', async () => {
    const own = await pipeline.encode(init);
    const distances: number[] = [];
    for (const strength of [0, 0.3, 0.6, 1]) {
      const start = { ...START, strength };
      const request = { ...REQUEST, start, init, numInferenceSteps: 10 };
      distances.push(
        maxRelativeError(await pipeline.run({ ...request, imageToImageRules: 'diffusers' }), own),
      );
    }
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
    expect(distances[3]).toBeGreaterThan(4 * (distances[0] ?? NaN));
  });

  it('loads the network for pictures with the first one, and encodes each once', async () => {
    const own = new ListeningOpener();
    const fresh = await loadPipeline(folder, own.open);
    await fresh.run(REQUEST);
    expect(own.opened).toHaveLength(3);
    const encoded = (): number => own.heard.filter((feeds) => Object.keys(feeds).join() === 'sample').length;
    await fresh.run({ ...REQUEST, init });
    await fresh.run({
      ...REQUEST,
      init: { ...init, rgb: init.rgb.slice() },
      start: { ...START, seed: 9 },
    });
    expect([own.opened.length, encoded()]).toEqual([4, 1]);
    await fresh.run({ ...REQUEST, init: half });
    expect(encoded()).toBe(2);
    await fresh.dispose();
    expect(own.disposed).toHaveLength(4);
  });

  it.each([
    // Riffusion's rules leave the noise of the last step on what is kept.
    ['ddim', 0.3],
    ['dpmpp-2m', 1e-6],
    ['euler', 1e-6],
  ] as const)('with %s keeps what the mask has black, up to %d', async (scheduler, mostNoise) => {
    const request = { ...REQUEST, scheduler, init, numInferenceSteps: 10 };
    const own = await pipeline.run({
      ...request,
      start: { ...START, strength: 0 },
      imageToImageRules: 'diffusers',
    });
    const masked = await pipeline.run({ ...request, mask: half });
    expect(largestChange(masked, own, { from: 0, to: 8 })).toBeLessThan(mostNoise);
    expect(largestChange(masked, own, { from: 8, to: 16 })).toBeGreaterThan(1);
    expect(largestChange(await pipeline.run(request), own, { from: 0, to: 8 })).toBeGreaterThan(1);
  });

  it('is cut or followed by silence, never stretched', async () => {
    const wide = aPicture(107, 64);
    expect(pipeline.widthOf({ init: wide })).toBe(104);
    expect(pipeline.widthOf({ init: wide, width: 64 })).toBe(64);
    const cut = await pipeline.run({ ...REQUEST, init: wide });
    expect((await pipeline.decode(cut)).width).toBe(104);
    const longer = await pipeline.run({ ...REQUEST, init, width: 96 });
    expect((await pipeline.decode(longer)).width).toBe(96);
    await expect(pipeline.run({ ...REQUEST, init: aPicture(64, 60) })).rejects.toMatchObject({
      code: 'image_not_spectrogram',
      message: expect.stringContaining('64 pixels high; this one has 60') as string,
    });
  });
});

describe('a checkpoint on disk', () => {
  it('may have its weights in parts, or at half precision under the name of that', async () => {
    await withPipeline('sd2', {}, async (pipeline) => {
      expect((await pipeline.run(REQUEST)).every(Number.isFinite)).toBe(true);
      expect(pipeline.config.scheduler).toMatchObject({ prediction_type: 'v_prediction' });
    });
    await withTemporaryFolder(async (path) => {
      await layOutModel(path, 'sd1');
      const file = 'unet/diffusion_pytorch_model';
      await rename(join(path, `${file}.safetensors`), join(path, `${file}.fp16.safetensors`));
      await writeManifest(path, 'sd1');
      const pipeline = await loadPipeline(await ModelFolder.open(path), openOnCpu);
      expect((await pipeline.run(REQUEST)).every(Number.isFinite)).toBe(true);
      await pipeline.dispose();
    });
  });

  it('is told which of its files is missing, or was never named', async () => {
    const part = 'unet/diffusion_pytorch_model-00002-of-00002.safetensors';
    for (const [name, file] of [
      ['sd1', 'vae/diffusion_pytorch_model.safetensors'],
      ['sd2', part],
    ] as const) {
      await withModel(name, { [file]: undefined }, async (folder) => {
        await expect(loadPipeline(folder, openOnCpu)).rejects.toMatchObject({
          code: 'model_missing',
          message: expect.stringContaining(file.split('/')[1] ?? '') as string,
        });
      });
    }
  });

  it('lets go of what it has loaded when a network does not load', async () => {
    const own = new ListeningOpener();
    const open: OpenSession = (model, options) =>
      own.opened.length === 2 ? Promise.reject(new Error('no memory')) : own.open(model, options);
    await expect(loadPipeline(folder, open)).rejects.toMatchObject({
      code: 'model_corrupt',
      message: expect.stringContaining('vae_decoder cannot be loaded') as string,
    });
    expect(own.disposed).toHaveLength(2);
  });

  it('is changed by LoRAs, by as much as they weigh', async () => {
    await withTemporaryFolder(async (path) => {
      const checkpoint = await layOutModel(join(path, 'checkpoint'), 'sd1');
      const lora = await layOutLora(join(path, 'lora'));
      const runWith = async (weight?: number): Promise<Float32Array> => {
        const loras = weight === undefined ? [] : [{ folder: lora, weight }];
        const pipeline = await loadPipeline(checkpoint, openOnCpu, { loras });
        const latents = await pipeline.run(REQUEST);
        await pipeline.dispose();
        return latents;
      };
      const plain = await runWith();
      expect(await runWith(0)).toEqual(plain);
      expect(maxRelativeError(await runWith(1), plain)).toBeGreaterThan(0.001);
    });
  });

  it('makes pictures whose edges are neighbours when asked to', async () => {
    const round = await loadPipeline(folder, openOnCpu, { circular: true });
    const latents = await round.run(REQUEST);
    expect(maxRelativeError(latents, await pipeline.run(REQUEST))).toBeGreaterThan(0.001);
    expect((await round.decode(latents)).rgb).not.toEqual((await pipeline.decode(latents)).rgb);
    await round.dispose();
  });

  it('reuses deep features when asked to, and only then loads the network for it', async () => {
    const whole = await pipeline.run(REQUEST);
    const before = opener.opened.length;
    const reused = await pipeline.run({ ...REQUEST, acceleration: { deepFeaturesEvery: 2 } });
    expect(opener.opened.length - before).toBe(1);
    expect(opener.heardBy('deep_features')).toHaveLength(2);
    expect(maxRelativeError(reused, whole)).toBeGreaterThan(0);
  });
});

/** Black above, white below. */
function paintedBelow(width: number, height: number): SpectrogramPicture {
  const rgb = new Uint8Array(3 * width * height).fill(255, (3 * width * height) / 2);
  return { width, height, rgb };
}

/** Largest difference within some rows of latents of 4 x 16 x 16. */
function largestChange(
  actual: Float32Array,
  expected: Float32Array,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  return actual.reduce((largest, value, index) => {
    const row = Math.floor((index % 256) / 16);
    const change = Math.abs(value - (expected[index] ?? NaN));
    return row >= from && row < to ? Math.max(largest, change) : largest;
  }, 0);
}

async function layOutLora(path: string): Promise<ModelFolder> {
  await mkdir(path, { recursive: true });
  await cp(
    fileURLToPath(new URL('../../fixtures/lora/kohya.safetensors', import.meta.url)),
    join(path, 'lora.safetensors'),
  );
  await writeManifest(path, 'lora');
  return ModelFolder.open(path);
}
