import { describe, expect, it } from 'vitest';

import { EngineError } from '../../src/engine/errors.js';
import { parseGenerationRequest } from '../../src/engine/generation-request.js';

const least = { prompt: 'funk bass', seed: 1 };
const init = { kind: 'seed-picture', name: 'beat' };

describe('parseGenerationRequest', () => {
  it('asks for no more than a prompt and a seed', () => {
    expect(parseGenerationRequest(least)).toEqual({
      ...least,
      negativePrompt: '',
      loras: [],
      audioFormat: 'mp3',
    });
  });

  it('takes image to image, a mask, an interpolation, LoRAs and a loop together', () => {
    const request = {
      ...least,
      init: { kind: 'file', bytes: Uint8Array.of(1) },
      mask: { kind: 'mask-picture', name: 'top' },
      strength: 0.5,
      end: { prompt: 'jazz', seed: 2 },
      alpha: 0.25,
      loras: [{ name: 'piano' }],
      width: 1024,
      loop: true,
    };
    const parsed = parseGenerationRequest(request);
    expect(parsed).toMatchObject({ ...request, loras: [{ name: 'piano', weight: 1 }] });
  });

  it.each([
    ['an empty prompt', { prompt: '  ' }, /^The prompt is empty/],
    ['a seed that is no whole number', { seed: 1.5 }, /^seed must be a whole number/],
    ['guidance that is no number', { guidanceScale: '7' }, /^guidance must be a number from 1 to 20/],
    ['too much strength', { init, strength: 1.1 }, /^strength must be at most 1/],
    ['a strength of nothing', { strength: 0.5 }, /^strength says how much of a first clip to change/],
    ['a mask of nothing', { mask: { kind: 'mask-picture', name: 'top' } }, /^A mask says what to keep/],
    ['a share of the way to nowhere', { alpha: 0.5 }, /^alpha says how far to go/],
    ['a way beyond the end', { end: { prompt: 'jazz' }, alpha: 2 }, /^alpha must be at most 1/],
    ['an end without a prompt', { end: { prompt: '' } }, /^The prompt is empty/],
    ['a picture of no columns', { width: 0 }, /^width must be a whole number from 64 to 2048/],
    ['nine LoRAs', { loras: Array.from({ length: 9 }, () => ({ name: 'a' })) }, /^At most 8 LoRAs/],
    ['a LoRA too strong', { loras: [{ name: 'a', weight: 5 }] }, /^the weight of a LoRA must be at most 4/],
    ['an unknown scheduler', { scheduler: 'quick' }, /^scheduler must be one of euler, heun/],
  ])('refuses %s with a sentence', (_what, change, sentence) => {
    const parse = (): unknown => parseGenerationRequest({ ...least, ...change });
    expect(parse).toThrow(EngineError);
    expect(parse).toThrow(sentence);
  });
});
