import { describe, expect, it } from 'vitest';

import {
  imageToImageStart,
  riffusionStart,
} from '../../../../src/engine/diffusion/schedulers/image-to-image-start.js';

describe('imageToImageStart', () => {
  it.each([
    [50, 0.75, 13],
    [10, 0.5, 5],
    [10, 0.75, 3],
    [10, 0.01, 10],
    [10, 0.1, 9],
    [10, 1, 0],
    [10, 0, 10],
    [1, 0.5, 1],
    // 50 * 0.58 is 28.999999999999996.
    [50, 0.58, 22],
  ])('of %d steps at strength %f starts at %d', (numInferenceSteps, strength, expected) => {
    const start = imageToImageStart(numInferenceSteps, strength);
    expect(start).toEqual({ noiseStepIndex: expected, firstStepIndex: expected });
  });
});

describe('riffusionStart', () => {
  it('takes 38 of PNDM’s 51 steps at the web app’s settings', () => {
    const start = riffusionStart(50, 0.75, { numTimesteps: 51, stepsOffset: 1 });
    expect(start).toEqual({ noiseStepIndex: 13, firstStepIndex: 13 });
  });

  it('gives DDIM’s original the noise of the step before the first', () => {
    const start = riffusionStart(50, 0.75, { numTimesteps: 50, stepsOffset: 1 });
    expect(start).toEqual({ noiseStepIndex: 12, firstStepIndex: 13 });
  });

  it('leaves out the first step at strength 1, and takes one at 0', () => {
    const schedule = { numTimesteps: 51, stepsOffset: 1 };
    expect(riffusionStart(50, 1, schedule)).toEqual({ noiseStepIndex: 1, firstStepIndex: 1 });
    expect(riffusionStart(50, 0, schedule)).toEqual({ noiseStepIndex: 50, firstStepIndex: 50 });
  });

  it('is diffusers’ rule for a model without an offset', () => {
    const start = riffusionStart(20, 0.4, { numTimesteps: 20, stepsOffset: 0 });
    expect(start).toEqual(imageToImageStart(20, 0.4));
  });
});
