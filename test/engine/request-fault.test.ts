import { describe, expect, it } from 'vitest';

import { EngineError } from '../../src/engine/errors.js';
import { parseGenerationRequest } from '../../src/engine/generation-request.js';

const request = { prompt: 'funk bassline', seed: 7 };

function faultOf(raw: unknown) {
  try {
    parseGenerationRequest(raw);
  } catch (error) {
    if (error instanceof EngineError) return error.fault;
  }
  throw new Error('The request was taken.');
}

describe('what is wrong with a request', () => {
  it.each([
    ['no words', { prompt: '  ' }, { parameter: 'prompt', problem: 'empty' }],
    ['too many', { prompt: 'x'.repeat(501) }, { parameter: 'prompt', problem: 'too_long', limit: 500 }],
    ['those of the end', { end: { prompt: '' } }, { parameter: 'end.prompt', problem: 'empty' }],
    ['half a step', { numInferenceSteps: 1.5 }, { parameter: 'numInferenceSteps', problem: 'not_a_number' }],
    ['a word', { seed: 'seven' }, { parameter: 'seed', problem: 'not_a_number' }],
    ['too little', { seed: -1 }, { parameter: 'seed', problem: 'too_small', limit: 0 }],
    ['too much', { guidanceScale: 1e9 }, { parameter: 'guidanceScale', problem: 'too_large' }],
  ])('is told by name: %s', (_, raw, fault) => {
    expect(faultOf({ ...request, ...raw })).toMatchObject(fault);
  });

  it('is told in the sentence alone where it is about more than one parameter, or none', () => {
    expect(faultOf({ ...request, strength: 0.5 })).toBeUndefined();
    expect(faultOf({ ...request, scheduler: 'magic' })).toBeUndefined();
    expect(faultOf(null)).toBeUndefined();
  });
});
