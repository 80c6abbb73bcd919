import { describe, expect, it } from 'vitest';

import { ExecutionPlanner } from '../../../src/engine/runtime/execution-planner.js';
import type { ExecutionPlannerOptions } from '../../../src/engine/runtime/execution-planner.js';

/** A machine with two graphics interfaces, and how often it was looked at. */
function aPlanner(options: ExecutionPlannerOptions = {}) {
  const heard = { probes: 0, sentences: [] as string[] };
  const planner = new ExecutionPlanner({
    probe: () => {
      heard.probes += 1;
      return Promise.resolve({
        version: '1.2.3',
        providers: [
          { name: 'cpu', state: 'works', target: 'cpu', speedup: 1 },
          { name: 'webgpu', state: 'works', target: 'gpu', speedup: 5 },
          { name: 'cuda', state: 'works', target: 'gpu', speedup: 60 },
        ],
      });
    },
    onExecutionPlan: ({ sentence }) => heard.sentences.push(sentence),
    ...options,
  });
  return { planner, heard };
}

describe('ExecutionPlanner', () => {
  it('looks at the machine once, and tells a plan once', async () => {
    const { planner, heard } = aPlanner();
    const plans = [await planner.planFor('heavy'), await planner.planFor('heavy')];
    expect(plans.map(({ executionProvider }) => executionProvider)).toEqual(['cuda', 'cuda']);
    expect(heard).toEqual({ probes: 1, sentences: [plans[0]?.sentence] });
  });

  it.each([
    [{}, 'light'],
    [{ device: 'cpu' }, 'heavy'],
  ] as const)('does not look at the machine with %j for %s loads', async (options, load) => {
    const { planner, heard } = aPlanner(options);
    expect(await planner.planFor(load)).toMatchObject({ executionProvider: 'cpu' });
    expect(heard.probes).toBe(0);
  });

  it('plans without what could not load a network, and tells the new plan', async () => {
    const { planner, heard } = aPlanner();
    await planner.planFor('heavy');
    planner.passOver('cuda', new Error('out of memory'));
    expect(await planner.planFor('heavy')).toMatchObject({
      executionProvider: 'webgpu',
      sentence: expect.stringMatching(/Passed over: for CUDA, it could not load the model\.$/) as string,
    });
    expect([heard.probes, heard.sentences.length]).toEqual([1, 2]);
  });

  it('plans without what an engine died of', async () => {
    const { planner } = aPlanner({ crashedProviders: ['cuda', 'webgpu'] });
    expect((await planner.planFor('heavy')).sentence).toBe(
      'Running on the CPU: for CUDA, the engine crashed on it; for WebGPU, the engine crashed on it.',
    );
  });

  it('refuses to go on elsewhere when a device is insisted on', async () => {
    const { planner } = aPlanner({ device: 'cuda' });
    expect((await planner.planFor('light')).executionProvider).toBe('cuda');
    const cause = new Error('out of memory');
    const failing = () => planner.passOver('cuda', cause);
    expect(failing).toThrow(expect.objectContaining({ code: 'device_unavailable', cause }) as Error);
    expect(failing).toThrow(/^CUDA could not load the model\. Set the device to `auto` or `cpu`\.$/);
  });

  it('does not touch again a device that is insisted on and was died of', async () => {
    const { planner, heard } = aPlanner({ device: 'cuda', crashedProviders: ['cuda'] });
    await expect(planner.planFor('heavy')).rejects.toThrow('CUDA cannot be used: the engine crashed on it.');
    expect(heard).toEqual({ probes: 0, sentences: [] });
  });
});
