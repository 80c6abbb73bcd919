import { describe, expect, it } from 'vitest';

import { defaultRules, keptNoiseStep, startOf } from '../../../src/engine/diffusion/image-to-image-rules.js';
import { parseSchedulerConfig } from '../../../src/engine/diffusion/schedulers/scheduler-config.js';

describe('rules of image to image', () => {
  it('are riffusion’s with the schedulers that it was made for, on the models that it was made for', () => {
    const diffusion = parseSchedulerConfig({ _class_name: 'PNDMScheduler', skip_prk_steps: true });
    const flow = parseSchedulerConfig({ _class_name: 'FlowMatchEulerDiscreteScheduler' });
    expect((['pndm', 'ddim', 'euler'] as const).map((name) => defaultRules(diffusion, name))).toEqual([
      'riffusion',
      'riffusion',
      'diffusers',
    ]);
    expect(defaultRules(flow, 'euler')).toBe('diffusers');
  });

  it('start where each has it', () => {
    const options = { numInferenceSteps: 50, numTimesteps: 51, stepsOffset: 1 };
    expect(startOf('riffusion', 0.75, options)).toEqual({ noiseStepIndex: 13, firstStepIndex: 13 });
    expect(startOf('diffusers', 0.75, { ...options, numTimesteps: 50 })).toEqual({
      noiseStepIndex: 13,
      firstStepIndex: 13,
    });
    expect(startOf('diffusers', 1, { ...options, numTimesteps: 50 }).firstStepIndex).toBe(0);
  });

  it('count the steps that there are where a schedule has fewer than were asked for', () => {
    const options = { numInferenceSteps: 100, numTimesteps: 80, stepsOffset: 0 };
    expect(startOf('diffusers', 0.5, options)).toEqual({ noiseStepIndex: 40, firstStepIndex: 40 });
    expect(startOf('diffusers', 0.05, options).firstStepIndex).toBe(76);
  });

  it('give kept parts the noise of the step that is done, or of the next one', () => {
    expect([0, 8, 9].map((step) => keptNoiseStep('riffusion', step, 10))).toEqual([0, 8, 9]);
    expect([0, 8, 9].map((step) => keptNoiseStep('diffusers', step, 10))).toEqual([1, 9, undefined]);
  });
});
