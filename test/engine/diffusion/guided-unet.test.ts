import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { parseNetworkConfig } from '../../../src/engine/checkpoint/networks/config.js';
import { unetGraph } from '../../../src/engine/checkpoint/networks/unet-2d-condition-model.js';
import { unetConfigSchema } from '../../../src/engine/checkpoint/networks/unet-config.js';
import { CheckpointWeights } from '../../../src/engine/checkpoint/safetensors/checkpoint-weights.js';
import type { AccelerationOptions } from '../../../src/engine/diffusion/acceleration/acceleration-options.js';
import { GuidedUnet } from '../../../src/engine/diffusion/guided-unet.js';
import type { Guidance } from '../../../src/engine/diffusion/guided-unet.js';
import { SeededRandom } from '../../../src/engine/math/random.js';
import type { InferenceSession, NamedTensors } from '../../../src/engine/runtime/inference-session.js';
import { OnnxSession } from '../../../src/engine/runtime/onnx-session.js';
import { checkpointFolder, configText, maxRelativeError, WEIGHTS } from '../checkpoint/sd1x-checkpoints.js';

const LATENT_SHAPE = [4, 6, 10] as const;
const TIMESTEPS = [1000, 750, 500, 250, 0];
/** Of float32 sums in another order. */
const TOLERANCE = 1e-5;

/** A real session that remembers how many samples it was asked about at once. */
class CountingSession implements InferenceSession {
  readonly #name: string;
  readonly #session: InferenceSession;
  readonly #calls: string[];

  constructor(name: string, session: InferenceSession, calls: string[]) {
    this.#name = name;
    this.#session = session;
    this.#calls = calls;
  }

  get inputNames(): readonly string[] {
    return this.#session.inputNames;
  }

  get outputNames(): readonly string[] {
    return this.#session.outputNames;
  }

  run(feeds: NamedTensors): Promise<NamedTensors> {
    this.#calls.push(`${this.#name} ${feeds['sample']?.shape[0]}`);
    return this.#session.run(feeds);
  }

  dispose(): Promise<void> {
    return this.#session.dispose();
  }
}

describe('GuidedUnet', () => {
  const calls: string[] = [];
  const random = new SeededRandom(1);
  const noise = (length: number): Float32Array => {
    const values = new Float32Array(length);
    random.fillGaussian(values);
    return values;
  };
  const samples = TIMESTEPS.map(() => noise(240));
  const guidance: Guidance = {
    promptEmbeds: { shape: [1, 77, 16], data: noise(77 * 16) },
    negativePromptEmbeds: { shape: [1, 77, 16], data: noise(77 * 16) },
    guidanceScale: 3,
    latentShape: LATENT_SHAPE,
  };
  let unet: GuidedUnet;
  let whole: InferenceSession;
  let timesOpened = 0;

  beforeAll(async () => {
    const externalDataFolder = checkpointFolder('sd2');
    const weights = await CheckpointWeights.open(externalDataFolder, WEIGHTS.unet);
    const config = parseNetworkConfig(configText('sd2', 'unet'), unetConfigSchema, 'config.json');
    const open = async (name: string, part: 'whole-and-deep-features' | 'shallow') => {
      const graph = unetGraph(config, weights, { part, shallowLayers: 1 });
      return new CountingSession(name, await OnnxSession.create(graph, { externalDataFolder }), calls);
    };
    whole = await open('whole', 'whole-and-deep-features');
    unet = new GuidedUnet(whole, {
      openShallowUnet: () => {
        timesOpened++;
        return open('shallow', 'shallow');
      },
    });
  });
  afterAll(() => unet.dispose());

  /** What it says to the samples, in one run; they do not depend on what it says. */
  async function run(
    acceleration: AccelerationOptions | undefined,
    changes: Partial<Guidance> = {},
  ): Promise<Float32Array[]> {
    calls.length = 0;
    const denoise = unet.guidedBy({ ...guidance, ...changes, acceleration });
    const outputs = [];
    for (const [call, timestep] of TIMESTEPS.entries()) {
      outputs.push(await denoise(samples[call] ?? new Float32Array(), timestep));
    }
    return outputs;
  }

  const promptAlone = () => run(undefined, { guidanceScale: 1 });

  it('computes all of it at every call when it is not accelerated, or by no more than 1', async () => {
    const plain = await run(undefined);
    expect(calls).toEqual(['whole 2', 'whole 2', 'whole 2', 'whole 2', 'whole 2']);
    expect(await run({ guidanceInterval: [0, 1], guidanceEvery: 1, deepFeaturesEvery: 1 })).toEqual(plain);
  });

  it('asks for the prompt alone where guidance is left out, as with guidance off', async () => {
    const outputs = await run({ guidanceInterval: [0.4, 0.8] });
    expect(calls).toEqual(['whole 1', 'whole 2', 'whole 2', 'whole 1', 'whole 1']);
    const alone = await promptAlone();
    const guided = await run(undefined);
    expect(outputs).toEqual([alone[0], guided[1], guided[2], alone[3], alone[4]]);
  });

  it('repeats what guidance added last', async () => {
    const outputs = await run({ guidanceEvery: 2 });
    expect(calls).toEqual(['whole 2', 'whole 1', 'whole 2', 'whole 1', 'whole 2']);
    const [alone, guided] = [await promptAlone(), await run(undefined)];
    expect([outputs[0], outputs[2], outputs[4]]).toEqual([guided[0], guided[2], guided[4]]);
    const added = guided[2]?.map((value, index) => value - (alone[2]?.[index] ?? NaN));
    const expected = alone[3]?.map((value, index) => value + (added?.[index] ?? NaN));
    expect(maxRelativeError(outputs[3] as Float32Array, expected as Float32Array)).toBeLessThan(TOLERANCE);
  });

  it('computes the deep layers at every n-th call', async () => {
    const outputs = await run({ deepFeaturesEvery: 3 });
    expect(calls).toEqual(['whole 2', 'shallow 2', 'shallow 2', 'whole 2', 'shallow 2']);
    const plain = await run(undefined);
    expect([outputs[0], outputs[3]]).toEqual([plain[0], plain[3]]);
    expect(outputs[1]).not.toEqual(plain[1]);
  });

  it('says with deep features of the same sample and time what it says without', async () => {
    const denoise = unet.guidedBy({ ...guidance, acceleration: { deepFeaturesEvery: 2 } });
    const sample = samples[0] as Float32Array;
    const [whole, shallow] = [await denoise(sample, 400), await denoise(sample, 400)];
    expect(maxRelativeError(shallow, whole)).toBeLessThan(TOLERANCE);
  });

  it('takes the prompt’s half of the deep features where the prompt alone is asked', async () => {
    const acceleration = { deepFeaturesEvery: 2, guidanceEvery: 2 };
    const denoise = unet.guidedBy({ ...guidance, acceleration });
    const sample = samples[0] as Float32Array;
    const [whole, shallow] = [await denoise(sample, 400), await denoise(sample, 400)];
    expect(maxRelativeError(shallow, whole)).toBeLessThan(TOLERANCE);
    await run(acceleration);
    expect(calls).toEqual(['whole 2', 'shallow 1', 'whole 2', 'shallow 1', 'whole 2']);
  });

  it('computes the deep layers when both prompts are asked after the prompt alone', async () => {
    await run({ deepFeaturesEvery: 5, guidanceInterval: [0, 0.8] });
    expect(calls).toEqual(['whole 1', 'whole 2', 'shallow 2', 'shallow 2', 'shallow 2']);
  });

  it('loads the shallow part once, when it is first asked', async () => {
    await run({ deepFeaturesEvery: 2 });
    await run({ deepFeaturesEvery: 2 });
    expect(timesOpened).toBe(1);
  });

  it('computes all layers at every call where there is no shallow part', async () => {
    const plain = await run(undefined);
    const alone = new GuidedUnet(whole);
    const denoise = alone.guidedBy({ ...guidance, acceleration: { deepFeaturesEvery: 2 } });
    const outputs = [];
    for (const [call, timestep] of TIMESTEPS.entries()) {
      outputs.push(await denoise(samples[call] ?? new Float32Array(), timestep));
    }
    expect(outputs).toEqual(plain);
  });

  it('begins each run anew', async () => {
    const acceleration = { deepFeaturesEvery: 5, guidanceEvery: 5 };
    expect(await run(acceleration)).toEqual(await run(acceleration));
  });
});
