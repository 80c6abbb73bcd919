import { describe, expect, it } from 'vitest';

import { EngineError } from '../../../../src/engine/errors.js';
import {
  isFlowMatch,
  parseSchedulerConfig,
  schedulerNameOf,
} from '../../../../src/engine/diffusion/schedulers/scheduler-config.js';

const STABLE_DIFFUSION = {
  _class_name: 'PNDMScheduler',
  _diffusers_version: '0.6.0',
  beta_end: 0.012,
  beta_schedule: 'scaled_linear',
  beta_start: 0.00085,
  num_train_timesteps: 1000,
  set_alpha_to_one: false,
  skip_prk_steps: true,
  steps_offset: 1,
  trained_betas: null,
  clip_sample: false,
};

function errorOf(value: unknown): EngineError {
  try {
    parseSchedulerConfig(value);
  } catch (error) {
    if (error instanceof EngineError) return error;
  }
  throw new Error('No EngineError was thrown.');
}

describe('parseSchedulerConfig', () => {
  it('reads the file of Stable Diffusion 1.5', () => {
    const config = parseSchedulerConfig(STABLE_DIFFUSION);
    if (isFlowMatch(config)) throw new Error('It is no flow.');
    expect(schedulerNameOf(config)).toBe('pndm');
    expect(config).toMatchObject({ beta_start: 0.00085, prediction_type: 'epsilon', steps_offset: 1 });
    expect(config).not.toHaveProperty('_diffusers_version');
  });

  it.each([
    ['DDIMScheduler', 'ddim'],
    ['PNDMScheduler', 'pndm'],
    ['EulerDiscreteScheduler', 'euler'],
    ['EulerAncestralDiscreteScheduler', 'euler-ancestral'],
    ['HeunDiscreteScheduler', 'heun'],
    ['LMSDiscreteScheduler', 'lms'],
    ['DPMSolverMultistepScheduler', 'dpmpp-2m'],
    ['UniPCMultistepScheduler', 'unipc'],
    ['LCMScheduler', 'lcm'],
  ])('knows %s as %s', (_class_name, name) => {
    const config = parseSchedulerConfig({ _class_name });
    expect(isFlowMatch(config) ? '' : schedulerNameOf(config)).toBe(name);
  });

  it('reads the file of a rectified flow', () => {
    const config = parseSchedulerConfig({
      _class_name: 'FlowMatchEulerDiscreteScheduler',
      shift: 3,
      extra: 1,
    });
    expect(config).toEqual({
      _class_name: 'FlowMatchEulerDiscreteScheduler',
      num_train_timesteps: 1000,
      shift: 3,
    });
  });

  it('takes diffusers’ betas where the file does not say', () => {
    expect(parseSchedulerConfig({ _class_name: 'DDIMScheduler' })).toMatchObject({
      beta_start: 0.0001,
      beta_end: 0.02,
      beta_schedule: 'linear',
    });
    expect(parseSchedulerConfig({ _class_name: 'LCMScheduler' })).toMatchObject({
      beta_schedule: 'scaled_linear',
    });
  });

  it('names the schedulers that there are when it does not know one', () => {
    const error = errorOf({ ...STABLE_DIFFUSION, _class_name: 'KarrasVeScheduler' });
    expect(error.code).toBe('model_corrupt');
    expect(error.message).toContain('KarrasVeScheduler');
    expect(error.message).toContain('DDIMScheduler, PNDMScheduler');
    expect(error.message).toContain('FlowMatchEulerDiscreteScheduler');
  });

  it.each(['toString', 'constructor', '__proto__', 'hasOwnProperty'])(
    'does not take %s for a scheduler',
    (name) => {
      expect(errorOf({ _class_name: name }).message).toContain('does not have');
    },
  );

  it.each<[string, object, RegExp]>([
    ['a beta of 0', { beta_start: 0 }, /beta_start/],
    ['a beta of 1', { beta_end: 1 }, /beta_end/],
    ['a beta below 0', { beta_start: -0.1 }, /beta_start/],
    ['a beta that is not a number', { beta_start: NaN }, /beta_start/],
    ['a beta without end', { beta_end: Infinity }, /beta_end/],
    ['a beta in words', { beta_end: '0.012' }, /beta_end/],
    ['betas that fall', { beta_start: 0.02, beta_end: 0.01 }, /beta_start must not be above beta_end/],
    ['no training times', { num_train_timesteps: 0 }, /num_train_timesteps/],
    ['half a training time', { num_train_timesteps: 10.5 }, /num_train_timesteps/],
    ['training times beyond reason', { num_train_timesteps: 1e9 }, /num_train_timesteps/],
    ['too few trained betas', { trained_betas: [0.1, 0.2] }, /trained_betas must be as many as/],
    ['trained betas out of range', { num_train_timesteps: 2, trained_betas: [0.1, 1.2] }, /trained_betas/],
    ['an offset beyond all times', { steps_offset: 1000 }, /steps_offset must be below/],
    ['an offset below 0', { steps_offset: -1 }, /steps_offset/],
    ['more distilled steps than times', { original_inference_steps: 1001 }, /original_inference_steps/],
    ['an unknown prediction', { prediction_type: 'sample' }, /prediction_type/],
    ['an unknown spacing', { timestep_spacing: 'random' }, /timestep_spacing/],
    ['an unknown beta schedule', { beta_schedule: 'sigmoid' }, /beta_schedule/],
    ['order 4', { solver_order: 4 }, /solver_order/],
    ['clipping, which is for pixels', { clip_sample: true }, /clip_sample/],
    ['thresholding, which is for pixels', { thresholding: true }, /thresholding/],
    ['Runge-Kutta steps', { skip_prk_steps: false }, /skip_prk_steps/],
    ['another solver', { algorithm_type: 'sde-dpmsolver++' }, /algorithm_type/],
    [
      'pure noise predicted from pure noise',
      { rescale_betas_zero_snr: true, prediction_type: 'epsilon' },
      /needs prediction_type v_prediction/,
    ],
  ])('refuses %s', (_, change, message) => {
    const error = errorOf({ ...STABLE_DIFFUSION, ...change });
    expect(error.code).toBe('model_corrupt');
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/Get the model's files again/);
  });

  it.each([null, undefined, 7, 'DDIMScheduler', [], {}, { _class_name: 7 }])('refuses %j', (value) => {
    expect(errorOf(value).code).toBe('model_corrupt');
  });
});
