import { describe, expect, it } from 'vitest';

import { EngineError } from '../../../../src/engine/errors.js';
import type { Scheduler } from '../../../../src/engine/diffusion/scheduler.js';
import { createScheduler } from '../../../../src/engine/diffusion/schedulers/create-scheduler.js';
import { parseSchedulerConfig } from '../../../../src/engine/diffusion/schedulers/scheduler-config.js';
import type { DiffusionSchedulerName } from '../../../../src/engine/diffusion/schedulers/scheduler-config.js';
import type { SchedulerName } from '../../../../src/engine/limits.js';
import { SeededRandom } from '../../../../src/engine/math/random.js';

const DETERMINISTIC = ['ddim', 'pndm', 'euler', 'heun', 'lms', 'dpmpp-2m', 'unipc'] as const;
const NOISY = ['euler-ancestral', 'lcm'] as const;
const ALL = [...DETERMINISTIC, ...NOISY];
const STABLE_DIFFUSION = {
  _class_name: 'PNDMScheduler',
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: 'scaled_linear',
  steps_offset: 1,
  original_inference_steps: 1000,
};

interface Options {
  readonly config?: object;
  readonly seed?: number;
}

function create(name: SchedulerName, numInferenceSteps: number, options: Options = {}): Scheduler {
  const config = parseSchedulerConfig({ ...STABLE_DIFFUSION, ...options.config });
  return createScheduler({
    name,
    numInferenceSteps,
    config,
    noiseSource: new SeededRandom(options.seed ?? 1),
  });
}

/** Data of one Gaussian, for which the perfect network is known, and so is where each noise leads. */
const [MEAN, DEVIATION] = [0.7, 0.4];
const NOISE = Float32Array.of(-1.5, -0.3, 0.2, 1.9);
const SQUARED_ALPHAS = squaredAlphas();

/** Written down on its own: scaled linear betas. */
function squaredAlphas(): number[] {
  let product = 1;
  return Array.from({ length: 1000 }, (_, t) => {
    const root = Math.sqrt(0.00085) + (t / 999) * (Math.sqrt(0.012) - Math.sqrt(0.00085));
    return (product *= 1 - root * root);
  });
}

/** E[noise | x] or E[v | x] at a training time, fractional ones by the nearest two. */
function perfectNetwork(predictionType: 'epsilon' | 'v_prediction') {
  return (sample: Float32Array, timestep: number): Promise<Float32Array> => {
    const [low, high] = [Math.floor(timestep), Math.ceil(timestep)].map((t) => {
      const square = SQUARED_ALPHAS[t] ?? NaN;
      return Math.sqrt((1 - square) / square);
    });
    const ratio = (low ?? NaN) + ((high ?? NaN) - (low ?? NaN)) * (timestep % 1);
    const alpha = 1 / Math.sqrt(1 + ratio * ratio);
    const sigma = ratio * alpha;
    const variance = alpha ** 2 * DEVIATION ** 2 + sigma ** 2;
    return Promise.resolve(
      sample.map((x) => {
        const noise = (sigma * (x - alpha * MEAN)) / variance;
        const data = (x - sigma * noise) / alpha;
        return predictionType === 'epsilon' ? noise : alpha * noise - sigma * data;
      }),
    );
  };
}

async function run(
  name: DiffusionSchedulerName,
  numInferenceSteps: number,
  options: Options & { readonly predictionType?: 'epsilon' | 'v_prediction' } = {},
): Promise<Float32Array> {
  const { predictionType = 'epsilon' } = options;
  const config = { ...options.config, prediction_type: predictionType };
  const scheduler = create(name, numInferenceSteps, { ...options, config });
  let sample: Float32Array = NOISE.map((value) => value * scheduler.initNoiseSigma);
  for (const stepIndex of scheduler.timesteps.keys()) {
    sample = (await scheduler.step(stepIndex, sample, perfectNetwork(predictionType))).sample;
  }
  return sample;
}

/** From data that is Gaussian, noise of deviation 1 leads to the mean plus noise of the data's deviation. */
function largestError(sample: Float32Array): number {
  const errors = [...sample].map((x, i) => Math.abs(x - (MEAN + DEVIATION * (NOISE[i] ?? NaN))));
  return errors.some(Number.isNaN) ? NaN : Math.max(...errors);
}

describe('schedulers of diffusion models', () => {
  it('dpmpp-2m-karras is dpmpp-2m on Karras’ noise levels, whatever the file says', () => {
    const karras = create('dpmpp-2m', 8, { config: { use_karras_sigmas: true } }).timesteps;
    expect(create('dpmpp-2m-karras', 8).timesteps).toEqual(karras);
    expect(create('dpmpp-2m', 8).timesteps).not.toEqual(karras);
  });

  it.each(DETERMINISTIC)('%s leads each noise to its own data', async (name) => {
    // What is left of the data at the noisiest time, and of the noise at the last, is 0.03 or less.
    const config = { timestep_spacing: 'trailing', set_alpha_to_one: true };
    expect(largestError(await run(name, 200, { config }))).toBeLessThan(0.05);
    expect(largestError(await run(name, 200, { config, predictionType: 'v_prediction' }))).toBeLessThan(0.05);
  });

  it.each(['heun', 'lms', 'dpmpp-2m', 'unipc'] as const)(
    '%s needs fewer steps than first order',
    async (name) => {
      const config = { use_karras_sigmas: true };
      const predictionType = 'v_prediction';
      const exact = await run('heun', 400, { config, predictionType });
      const distance = (sample: Float32Array) =>
        Math.max(...sample.map((x, i) => Math.abs(x - (exact[i] ?? NaN))));
      const first = distance(await run('euler', 16, { config, predictionType }));
      expect(distance(await run(name, 16, { config, predictionType }))).toBeLessThan(first / 2);
    },
  );

  it.each(NOISY)('%s takes its noise from the seed', async (name) => {
    const config = { timestep_spacing: 'trailing' };
    const [one, again, other] = [
      await run(name, 8, { config, seed: 1 }),
      await run(name, 8, { config, seed: 1 }),
      await run(name, 8, { config, seed: 2 }),
    ];
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });

  const spacings = ['leading', 'trailing', 'linspace'];
  it.each(ALL.flatMap((name) => spacings.map((spacing) => ({ name, spacing }))))(
    '$name is finite with 1 step, 2, and as many as there are times, $spacing',
    async ({ name, spacing }) => {
      for (const numInferenceSteps of [1, 2, 1000]) {
        for (const use_karras_sigmas of [false, true]) {
          for (const final_sigmas_type of ['zero', 'sigma_min']) {
            const order3 = { solver_order: 3, lower_order_final: false, solver_type: 'heun' };
            const config = { timestep_spacing: spacing, use_karras_sigmas, final_sigmas_type, ...order3 };
            expect(Number.isFinite(largestError(await run(name, numInferenceSteps, { config })))).toBe(true);
          }
        }
      }
    },
  );

  it.each(ALL)('%s starts a single step at the noisiest time', (name) => {
    for (const timestep_spacing of spacings) {
      expect(create(name, 1, { config: { timestep_spacing } }).timesteps).toEqual([999]);
    }
  });

  it.each(ALL)('%s takes times that fall, and the noise with them', (name) => {
    for (const timestep_spacing of spacings) {
      const scheduler = create(name, 30, { config: { timestep_spacing } });
      const data = Float32Array.of(0);
      const noises = scheduler.timesteps.map(
        (_, i) => scheduler.addNoise(data, Float32Array.of(1), i)[0] ?? NaN,
      );
      scheduler.timesteps.slice(1).forEach((timestep, i) => {
        const isRepeated = name === 'pndm' && i === 1;
        expect(timestep).toBeLessThanOrEqual(scheduler.timesteps[i] ?? NaN);
        expect(timestep === scheduler.timesteps[i]).toBe(isRepeated);
        expect(noises[i + 1] ?? NaN).toBeLessThanOrEqual(noises[i] ?? NaN);
      });
    }
  });

  it.each(ALL)('%s refuses a number of steps that it does not have', (name) => {
    for (const numInferenceSteps of [0, -1, 1.5, NaN, Infinity, 1001]) {
      expect(() => create(name, numInferenceSteps)).toThrow(EngineError);
      expect(() => create(name, numInferenceSteps)).toThrow(/a whole number of steps from 1 to 1000/);
    }
  });

  it('lcm has no more steps than it was distilled for', () => {
    expect(() => create('lcm', 51, { config: { original_inference_steps: 50 } })).toThrow(
      /from 1 to 50, not 51/,
    );
    expect(create('lcm', 50, { config: { original_inference_steps: 50 } }).timesteps).toHaveLength(50);
  });

  it.each(ALL)('%s refuses steps beyond its schedule, and noise of another length', async (name) => {
    const scheduler = create(name, 4);
    const beyond = scheduler.timesteps.length;
    await expect(scheduler.step(beyond, NOISE, perfectNetwork('epsilon'))).rejects.toThrow(RangeError);
    expect(() => scheduler.addNoise(NOISE, NOISE, beyond)).toThrow(RangeError);
    expect(() => scheduler.addNoise(NOISE, NOISE.subarray(1), 0)).toThrow(RangeError);
  });

  it('takes betas as they were trained', () => {
    const straight = { beta_schedule: 'linear', beta_start: 0.1, beta_end: 0.4, num_train_timesteps: 4 };
    const given = { trained_betas: [0.1, 0.2, 0.3, 0.4], num_train_timesteps: 4 };
    const rest = { original_inference_steps: 4 };
    const [one, other] = [straight, given].map((config) =>
      create('ddim', 2, { config: { ...config, ...rest } }).addNoise(NOISE, NOISE, 0),
    );
    one?.forEach((value, i) => expect(other?.[i]).toBeCloseTo(value, 6));
  });

  it('has each diffusers class’s own spacing where a file does not say', () => {
    expect(create('ddim', 4).timesteps).toEqual([751, 501, 251, 1]);
    expect(create('pndm', 4).timesteps).toEqual([751, 501, 501, 251, 1]);
    expect(create('euler', 4).timesteps).toEqual([999, 666, 333, 0]);
    expect(create('dpmpp-2m', 4).timesteps).toEqual([999, 749, 500, 250]);
  });
});
