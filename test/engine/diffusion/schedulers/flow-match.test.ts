import { describe, expect, it } from 'vitest';

import { createScheduler } from '../../../../src/engine/diffusion/schedulers/create-scheduler.js';
import { parseSchedulerConfig } from '../../../../src/engine/diffusion/schedulers/scheduler-config.js';
import type { SchedulerName } from '../../../../src/engine/limits.js';
import type { Denoise, Scheduler } from '../../../../src/engine/diffusion/scheduler.js';
import { SeededRandom } from '../../../../src/engine/math/random.js';
import { FLOW_MATCH_SCHEDULERS } from '../../../../src/engine/limits.js';
import { GaussianFlow } from '../gaussian-flow.js';

const flow = new GaussianFlow(0.7, 0.4);
const starts = Float32Array.of(-1.5, -0.3, 0.2, 1.9);

interface Run {
  readonly sample: Float32Array;
  /** Sigma at each call of the network. */
  readonly sigmas: readonly number[];
  /** The predictions of the clean sample, step by step. */
  readonly predOriginalSamples: readonly Float32Array[];
}

function flowMatch(name: SchedulerName, numInferenceSteps: number, shift = 1): Scheduler {
  const config = parseSchedulerConfig({ _class_name: 'FlowMatchEulerDiscreteScheduler', shift });
  return createScheduler({ name, numInferenceSteps, config, noiseSource: new SeededRandom(1) });
}

async function run(
  name: (typeof FLOW_MATCH_SCHEDULERS)[number],
  numInferenceSteps: number,
  shift = 1,
): Promise<Run> {
  const scheduler = flowMatch(name, numInferenceSteps, shift);
  const sigmas: number[] = [];
  const predOriginalSamples: Float32Array[] = [];
  const denoise: Denoise = (sample, timestep) => {
    sigmas.push(timestep / 1000);
    return Promise.resolve(sample.map((x) => flow.velocity(x, timestep / 1000)));
  };
  let sample: Float32Array = starts.map((x) => x * scheduler.initNoiseSigma);
  for (const index of scheduler.timesteps.keys()) {
    const step = await scheduler.step(index, sample, denoise);
    sample = step.sample;
    predOriginalSamples.push(step.predOriginalSample);
  }
  return { sample, sigmas, predOriginalSamples };
}

function largestError(sample: Float32Array): number {
  return Math.max(...starts.map((x1, index) => Math.abs((sample[index] ?? NaN) - flow.solution(x1))));
}

describe('schedulers for rectified flow', () => {
  it('the reference itself is right: its velocity is the slope of its solution', () => {
    for (const sigma of [0.1, 0.5, 0.9]) {
      const h = 1e-5;
      const slope = (flow.solution(1.3, sigma + h) - flow.solution(1.3, sigma - h)) / (2 * h);
      expect(flow.velocity(flow.solution(1.3, sigma), sigma)).toBeCloseTo(slope, 6);
    }
  });

  it.each(FLOW_MATCH_SCHEDULERS)(
    '%s in one step goes straight to the data that the network predicts',
    async (name) => {
      const { sample, sigmas } = await run(name, 1);
      const expected = [...starts].map((x) => x - flow.velocity(x, 1));
      expect(sigmas).toEqual([1]);
      expect([...sample].map((x, i) => x - (expected[i] ?? NaN)).every((d) => Math.abs(d) < 1e-6)).toBe(true);
    },
  );

  it('euler does what one does by hand', async () => {
    const { sample, sigmas } = await run('euler', 4);
    let x = starts[3] ?? NaN;
    for (const sigma of [1, 0.75, 0.5, 0.25]) x += -0.25 * flow.velocity(x, sigma);
    expect(sigmas).toEqual([1, 0.75, 0.5, 0.25]);
    expect(sample[3]).toBeCloseTo(x, 5);
  });

  it('a shift moves the steps towards the noise', async () => {
    const { sigmas } = await run('euler', 4, 3);
    expect(sigmas).toEqual([1, 2.25 / 2.5, 1.5 / 2, 0.75 / 1.5]);
  });

  it('heun asks twice a step, but once in the last', async () => {
    const { sigmas } = await run('heun', 3);
    expect(sigmas.map((sigma) => Number(sigma.toFixed(4)))).toEqual([1, 0.6667, 0.6667, 0.3333, 0.3333]);
  });

  it('dpmpp-2m asks once a step', async () => {
    expect((await run('dpmpp-2m', 5)).sigmas).toHaveLength(5);
  });

  it('dpmpp-2m equals its paper’s formula in lambda, where that is finite', async () => {
    // Algorithm 2 of Lu et al. 2022, written down independently with alpha, sigma, h and r.
    const times = [1, 0.8, 0.6, 0.4, 0.2, 0];
    const lambda = (t: number): number => Math.log((1 - t) / t);
    const data = (x: number, t: number): number => x - t * flow.velocity(x, t);
    let x = starts[0] ?? NaN;
    const predicted: number[] = [];
    for (let i = 0; i < 5; i++) {
      const [s, t] = [times[i] ?? NaN, times[i + 1] ?? NaN];
      predicted.push(data(x, s));
      const [x0, previous] = [predicted[i] ?? NaN, predicted[i - 1] ?? NaN];
      if (i < 2 || i === 4) {
        x = (t / s) * x + (1 - t / s) * x0;
        continue;
      }
      const h = lambda(t) - lambda(s);
      const r = (lambda(s) - lambda(times[i - 1] ?? NaN)) / h;
      const d = (1 + 1 / (2 * r)) * x0 - (1 / (2 * r)) * previous;
      x = (t / s) * x - (1 - t) * (Math.exp(-h) - 1) * d;
    }
    expect((await run('dpmpp-2m', 5)).sample[0]).toBeCloseTo(x, 5);
  });

  it.each([
    { name: 'euler', order: 1, coarseSteps: 20 },
    { name: 'heun', order: 2, coarseSteps: 20 },
    // Its formula extrapolates in lambda, which runs off to infinity at both ends: the order shows late.
    { name: 'dpmpp-2m', order: 2, coarseSteps: 80 },
  ] as const)('$name converges on the exact solution with order $order', async (method) => {
    const coarse = largestError((await run(method.name, method.coarseSteps)).sample);
    const fine = largestError((await run(method.name, 4 * method.coarseSteps)).sample);
    const measuredOrder = Math.log2(coarse / fine) / 2;
    expect(measuredOrder).toBeGreaterThan(method.order - 0.3);
    expect(measuredOrder).toBeLessThan(method.order + 0.5);
  });

  it.each([10, 20, 40])('dpmpp-2m in %d steps is three times nearer than euler', async (steps) => {
    const euler = largestError((await run('euler', steps)).sample);
    expect(largestError((await run('dpmpp-2m', steps)).sample)).toBeLessThan(euler / 3);
  });

  it.each(FLOW_MATCH_SCHEDULERS)('%s is finite and near the solution with a hundred steps', async (name) => {
    expect(largestError((await run(name, 100)).sample)).toBeLessThan(0.02);
  });

  it.each(FLOW_MATCH_SCHEDULERS)('%s ends on its last prediction of the clean sample', async (name) => {
    const { sample, predOriginalSamples } = await run(name, 6);
    const last = predOriginalSamples.at(-1) ?? [];
    [...sample].forEach((x, index) => expect(x).toBeCloseTo(last[index] ?? NaN, 5));
  });

  it.each(FLOW_MATCH_SCHEDULERS)('%s refuses a step that its schedule does not have', async (name) => {
    const scheduler = flowMatch(name, 2);
    await expect(scheduler.step(2, starts, (x) => Promise.resolve(x))).rejects.toThrow(RangeError);
    expect(() => scheduler.addNoise(starts, starts, 2)).toThrow(RangeError);
  });

  it.each(FLOW_MATCH_SCHEDULERS)('%s mixes an original with noise as rectified flow does', (name) => {
    const scheduler = flowMatch(name, 4, 3);
    const noise = Float32Array.of(1, 2, -3, 0.5);
    const sigma = 1.5 / 2;
    const mixed = [...scheduler.addNoise(starts, noise, 2)];
    mixed.forEach((x, i) =>
      expect(x).toBeCloseTo((1 - sigma) * (starts[i] ?? NaN) + sigma * (noise[i] ?? NaN), 6),
    );
    expect(scheduler.addNoise(starts, noise, 0)).toEqual(noise);
    expect(scheduler.timesteps).toEqual([1000, 900, 750, 500]);
  });

  it.each(FLOW_MATCH_SCHEDULERS)(
    '%s starts in the middle from a noisy original and ends near it',
    async (name) => {
      const scheduler = flowMatch(name, 80);
      const denoise: Denoise = (sample, timestep) =>
        Promise.resolve(sample.map((x) => flow.velocity(x, timestep / 1000)));
      const [firstStepIndex, sigma] = [40, 0.5];
      // On the exact path of each start, so that its exact end is known.
      let sample = starts.map((x) => flow.solution(x, sigma));
      for (let index = firstStepIndex; index < 80; index++) {
        sample = Float32Array.from((await scheduler.step(index, sample, denoise)).sample);
      }
      expect(largestError(sample)).toBeLessThan(0.02);
    },
  );

  it.each(['ddim', 'pndm', 'euler-ancestral', 'lcm'] as const)('cannot be %s', (name) => {
    expect(() => flowMatch(name, 4)).toThrow(/does not work with the scheduler/);
  });
});
