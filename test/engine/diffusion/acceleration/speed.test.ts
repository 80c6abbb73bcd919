import { describe, expect, it } from 'vitest';

import { defaultsAtSpeed } from '../../../../src/engine/diffusion/acceleration/speed.js';

const DEFAULTS = { numInferenceSteps: 25, guidanceScale: 7, scheduler: 'dpmpp-2m' } as const;

describe('speeds', () => {
  it('full is what the model does by default', () => {
    expect(defaultsAtSpeed(DEFAULTS, 'full')).toEqual(DEFAULTS);
  });

  it.each([
    ['balanced', 19],
    ['fast', 13],
  ] as const)('%s takes fewer steps and is otherwise the same', (speed, numInferenceSteps) => {
    expect(defaultsAtSpeed(DEFAULTS, speed)).toEqual({
      ...DEFAULTS,
      numInferenceSteps,
    });
  });

  it('few-step is the same for every model', () => {
    const expected = { numInferenceSteps: 4, guidanceScale: 1, scheduler: 'lcm' };
    expect(defaultsAtSpeed(DEFAULTS, 'few-step')).toEqual(expected);
    expect(defaultsAtSpeed({ ...DEFAULTS, numInferenceSteps: 1 }, 'few-step')).toEqual(expected);
  });

  it('leaves a step to models that take one', () => {
    expect(defaultsAtSpeed({ ...DEFAULTS, numInferenceSteps: 1 }, 'fast').numInferenceSteps).toBe(1);
  });
});
