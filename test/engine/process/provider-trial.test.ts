import { describe, expect, it } from 'vitest';

import { ProviderTrial } from '../../../src/engine/process/provider-trial.js';

describe('ProviderTrial', () => {
  it('blames the provider that networks were being loaded for', () => {
    const trial = new ProviderTrial();
    trial.began('cuda');
    expect(trial.ended()).toBe('cuda');
    trial.began('webgpu');
    expect(trial.ended()).toBe('webgpu');
    expect(trial.crashed).toEqual(['cuda', 'webgpu']);
  });

  it.each([
    ['nothing was tried', () => {}],
    ['something was made before', (trial: ProviderTrial) => (trial.began('cuda'), trial.passed())],
    ['the CPU was used', (trial: ProviderTrial) => trial.began('cpu')],
    ['it had turned to the CPU', (trial: ProviderTrial) => (trial.began('cuda'), trial.began('cpu'))],
  ])('blames none when %s', (_, happens) => {
    const trial = new ProviderTrial();
    happens(trial);
    expect(trial.ended()).toBeUndefined();
    expect(trial.crashed).toEqual([]);
  });

  it('blames a provider once, for the death that it was there for', () => {
    const trial = new ProviderTrial();
    trial.began('cuda');
    trial.ended();
    expect(trial.ended()).toBeUndefined();
    expect(trial.crashed).toEqual(['cuda']);
  });
});
