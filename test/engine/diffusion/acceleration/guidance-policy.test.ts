import { describe, expect, it } from 'vitest';

import { guidancePolicy } from '../../../../src/engine/diffusion/acceleration/guidance-policy.js';
import type { AccelerationOptions } from '../../../../src/engine/diffusion/acceleration/acceleration-options.js';

const TIMES = [1, 0.8, 0.6, 0.4, 0.2];

function modes(options: AccelerationOptions): string[] {
  const policy = guidancePolicy(options);
  return TIMES.map(policy);
}

describe('guidance policy', () => {
  it('computes guidance at every call unless told otherwise', () => {
    expect(modes({})).toEqual(['computed', 'computed', 'computed', 'computed', 'computed']);
    expect(modes({ guidanceEvery: 1, guidanceInterval: [0, 1] })).toEqual(modes({}));
  });

  it('leaves guidance out where there is more or less noise than the interval has, its ends included', () => {
    expect(modes({ guidanceInterval: [0.4, 0.8] })).toEqual([
      'none',
      'computed',
      'computed',
      'computed',
      'none',
    ]);
  });

  it('computes guidance at every n-th call and repeats it in between', () => {
    expect(modes({ guidanceEvery: 3 })).toEqual(['computed', 'repeated', 'repeated', 'computed', 'repeated']);
  });

  it('computes guidance at the first call within the interval, whatever was before', () => {
    const options = { guidanceInterval: [0.2, 0.8], guidanceEvery: 2 } as const;
    expect(modes(options)).toEqual(['none', 'computed', 'repeated', 'computed', 'repeated']);
  });

  it('counts each run from its beginning', () => {
    expect(modes({ guidanceEvery: 2 })).toEqual(modes({ guidanceEvery: 2 }));
  });
});
