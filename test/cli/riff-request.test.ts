import { describe, expect, it } from 'vitest';

import { requestFromOptions } from '../../src/cli/riff-request.js';

describe('requestFromOptions', () => {
  it('makes a morph of a way and its steps, from clip to clip if there are two', async () => {
    const request = await requestFromOptions('techno', {
      to: 'ambient',
      toSeed: 3,
      init: 'house',
      toInit: 'jig',
      morphSteps: 5,
    });
    expect(request).toMatchObject({
      prompt: 'techno',
      init: { kind: 'seed-picture', name: 'house' },
      end: { prompt: 'ambient', seed: 3, init: { kind: 'seed-picture', name: 'jig' } },
      pictures: 5,
    });
    expect(request.alpha).toBeUndefined();
  });

  it('hands the seconds on', async () => {
    expect(await requestFromOptions('techno', { seconds: 30 })).toMatchObject({ seconds: 30 });
  });

  it.each([
    ['steps of no way', { morphSteps: 5 }, /^--morph-steps says something of where to go: add --to/],
    ['a far clip of no way', { toInit: 'jig' }, /^--to-init says something of where to go: add --to/],
    ['a single step', { to: 'a', morphSteps: 1 }, /^--morph-steps must be 2 or more/],
    ['all the way and a point of it', { to: 'a', morphSteps: 5, alpha: 0.5 }, /: leave one out\.$/],
    ['steps and seconds', { to: 'a', morphSteps: 5, seconds: 9 }, /: leave one of them out\.$/],
    ['a far clip and no near one', { to: 'a', toInit: 'jig' }, /the start has none/],
    ['seconds that are none', { seconds: 0 }, /^seconds must be at least 1\.$/],
  ])('refuses %s with a sentence', async (_what, options, sentence) => {
    await expect(requestFromOptions('techno', options)).rejects.toThrow(sentence);
  });
});
