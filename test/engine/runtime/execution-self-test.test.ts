import { beforeAll, describe, expect, it } from 'vitest';

import { judge, takeSelfTest } from '../../../src/engine/runtime/execution-self-test.js';
import type { SelfTestResult } from '../../../src/engine/runtime/execution-self-test.js';

describe('the self-test of an execution provider', () => {
  let onCpu: SelfTestResult;
  const changed = (change: (value: number, index: number) => number): SelfTestResult => ({
    ...onCpu,
    numbers: onCpu.numbers.map(change),
  });

  beforeAll(async () => {
    onCpu = await takeSelfTest('cpu', 'cpu');
  });

  it('gives numbers that differ from each other, the same ones each time', async () => {
    expect(onCpu.numbers).toHaveLength(64 * 16);
    expect(new Set(onCpu.numbers).size).toBeGreaterThan(900);
    expect((await takeSelfTest('cpu', 'cpu')).numbers).toEqual(onCpu.numbers);
  });

  it.each(['gpu', 'portable'] as const)('gives them however its layers are written: %s', async (target) => {
    expect(judge(await takeSelfTest('cpu', target), onCpu).state).toBe('works');
  });

  it('tells how much faster the provider is', () => {
    expect(judge({ ...onCpu, milliseconds: onCpu.milliseconds / 8 }, onCpu)).toEqual({
      state: 'works',
      speedup: 8,
    });
  });

  it('forgives sums in half precision', () => {
    expect(
      judge(
        changed((value) => value * (1 + 2 ** -10)),
        onCpu,
      ).state,
    ).toBe('works');
  });

  it.each<[string, (value: number, index: number) => number]>([
    ['one number in a thousand', (value, index) => (index === 500 ? value + 0.1 : value)],
    ['no number', () => NaN],
    ['only zeros', () => 0],
  ])('catches a provider that makes %s of it', (_, change) => {
    expect(judge(changed(change), onCpu).state).toBe('miscalculates');
  });

  it('does not count the CPU for a provider that does not start', async () => {
    const foreign = process.platform === 'darwin' ? 'dml' : 'coreml';
    await expect(takeSelfTest(foreign, 'gpu')).rejects.toThrow(`no execution provider "${foreign}"`);
  });
});
