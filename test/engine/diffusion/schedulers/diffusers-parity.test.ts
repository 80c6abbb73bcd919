import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import type { NoiseSource, Scheduler } from '../../../../src/engine/diffusion/scheduler.js';
import { createScheduler } from '../../../../src/engine/diffusion/schedulers/create-scheduler.js';
import { parseSchedulerConfig } from '../../../../src/engine/diffusion/schedulers/scheduler-config.js';
import type { DiffusionSchedulerName } from '../../../../src/engine/diffusion/schedulers/scheduler-config.js';
import { trainingNoise } from '../../../../src/engine/diffusion/schedulers/training-noise.js';
import { readSafetensors, tensor } from '../../../helpers/safetensors.js';

/** A recorded run of diffusers; see the fixtures' README. */
interface Run {
  readonly name: string;
  readonly scheduler: DiffusionSchedulerName;
  readonly config: object;
  readonly numInferenceSteps: number;
  /** Where a run from a noisy original starts. */
  readonly firstStepIndex?: number;
  readonly initNoiseSigma: number;
  /** Allowed difference by what is compared, besides 1e-4 of the value. */
  readonly atol: Readonly<Record<string, number>>;
  readonly timesteps20?: readonly number[];
  readonly timesteps50?: readonly number[];
}

const fixtures = new URL('../../../fixtures/schedulers/', import.meta.url);
const tensors = readSafetensors(new URL('vectors.safetensors', fixtures));
const runs = JSON.parse(readFileSync(new URL('runs.json', fixtures), 'utf8')) as Run[];

const sample = tensor(tensors, 'sample');
const size = sample.length;
const has = (kind: string) => (run: Run) => tensors.has(`${run.name}/${kind}`);

/** The k-th of tensors that lie one after the other. */
function nth(name: string, k: number): Float32Array {
  return tensor(tensors, name).slice(k * size, (k + 1) * size);
}

class RecordedNoise implements NoiseSource {
  #drawn = 0;

  fillGaussian(array: Float32Array): void {
    array.set(nth('noise', this.#drawn++));
  }
}

function schedulerOf(run: Run, numInferenceSteps = run.numInferenceSteps): Scheduler {
  return createScheduler({
    name: run.scheduler,
    numInferenceSteps,
    config: parseSchedulerConfig(run.config),
    noiseSource: new RecordedNoise(),
  });
}

function expectClose(actual: Iterable<number>, expected: Iterable<number>, atol: number): void {
  const [values, wanted] = [[...actual], [...expected]];
  expect(values).toHaveLength(wanted.length);
  const excess = values.map((value, i) => {
    const target = wanted[i] ?? NaN;
    return Math.abs(value - target) / (atol + 1e-4 * Math.abs(target));
  });
  // Rather than the largest, which would let NaN pass.
  expect(excess.filter((share) => !(share <= 1))).toEqual([]);
}

/** The sample after each step, and what the network was shown and told at each call. */
async function trajectory(run: Run) {
  const scheduler = schedulerOf(run);
  const calls: { input: Float32Array; timestep: number }[] = [];
  const samples: Float32Array[] = [];
  let current: Float32Array = sample.map((value) => value * scheduler.initNoiseSigma);
  for (const stepIndex of [...scheduler.timesteps.keys()].slice(run.firstStepIndex)) {
    const step = await scheduler.step(stepIndex, current, (input, timestep) => {
      calls.push({ input, timestep });
      return Promise.resolve(nth('model_outputs', calls.length - 1));
    });
    current = step.sample;
    samples.push(current);
  }
  return { samples, calls };
}

describe('schedulers beside diffusers', () => {
  it('the training noise is that of scaled linear betas', () => {
    const training = trainingNoise({
      numTrainTimesteps: 1000,
      betaStart: 0.00085,
      betaEnd: 0.012,
      betaSchedule: 'scaled_linear',
    });
    const squaredAlphas = training.map(({ alpha }) => alpha * alpha);
    expectClose(squaredAlphas, tensor(tensors, 'alphas_cumprod'), 2e-6);
  });

  it.each(runs)('$name starts from noise of the same deviation', (run) => {
    expectClose([schedulerOf(run).initNoiseSigma], [run.initNoiseSigma], 1e-5);
  });

  it.each(runs)('$name asks the network at the same times', async (run) => {
    const { calls } = await trajectory(run);
    const expected = tensor(tensors, `${run.name}/timesteps`);
    expectClose(
      calls.map(({ timestep }) => timestep),
      expected,
      run.atol['timesteps'] ?? NaN,
    );
  });

  it.each(runs)('$name takes the sample along the same way', async (run) => {
    const { samples } = await trajectory(run);
    const recorded = tensor(tensors, `${run.name}/trajectory`).length / size;
    // Of Heun's method the record has both halves of each step but the last.
    const afterCall = (step: number) =>
      run.scheduler === 'heun' ? Math.min(2 * step + 1, recorded - 1) : step;
    samples.forEach((values, step) => {
      const expected = nth(`${run.name}/trajectory`, afterCall(step));
      expectClose(values, expected, run.atol['trajectory'] ?? NaN);
    });
    expect(afterCall(samples.length - 1)).toBe(recorded - 1);
  });

  it.each(runs.filter(({ scheduler }) => scheduler === 'heun'))(
    '$name shows the network the same first half of each step',
    async (run) => {
      const { calls } = await trajectory(run);
      const sigmas = has('sigmas')(run) ? tensor(tensors, `${run.name}/sigmas`) : undefined;
      for (let step = 0; sigmas && step < run.numInferenceSteps - 1; step++) {
        const scale = Math.sqrt((sigmas[2 * step + 1] ?? NaN) ** 2 + 1);
        const unscaled = (calls[2 * step + 1]?.input ?? []).map((value) => value * scale);
        expectClose(unscaled, nth(`${run.name}/trajectory`, 2 * step), run.atol['trajectory'] ?? NaN);
      }
    },
  );

  it.each(runs.filter(has('add_noise')))('$name makes an original as noisy', (run) => {
    // Recorded at the fifth call, which for Heun's method belongs to the third step.
    const stepIndex = run.scheduler === 'heun' ? 2 : 4;
    const noisy = schedulerOf(run).addNoise(sample, nth('noise', 0), stepIndex);
    expectClose(noisy, tensor(tensors, `${run.name}/add_noise`), run.atol['add_noise'] ?? NaN);
  });

  it.each(runs.filter(has('scale_model_input')))(
    '$name shows the network the sample at its scale',
    async (run) => {
      const stepIndex = run.scheduler === 'heun' ? 2 : 4;
      let shown: Float32Array | undefined;
      await schedulerOf(run).step(stepIndex, sample, (input) => {
        shown ??= input;
        return Promise.resolve(nth('model_outputs', 0));
      });
      expectClose(
        shown ?? [],
        tensor(tensors, `${run.name}/scale_model_input`),
        run.atol['scale_model_input'] ?? NaN,
      );
    },
  );

  it.each(runs.filter(({ timesteps20 }) => timesteps20))(
    '$name has the same times of 20 and 50 steps',
    (run) => {
      // Each step of Heun's method but the last is recorded as two.
      const timesOf = (timesteps: readonly number[] = []) =>
        run.scheduler === 'heun' ? timesteps.filter((_, index) => index % 2 === 0) : timesteps;
      expectClose(schedulerOf(run, 20).timesteps, timesOf(run.timesteps20), 1e-3);
      expectClose(schedulerOf(run, 50).timesteps, timesOf(run.timesteps50), 1e-3);
    },
  );
});
