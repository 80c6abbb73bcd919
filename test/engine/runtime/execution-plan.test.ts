import { describe, expect, it } from 'vitest';

import type { EngineError } from '../../../src/engine/errors.js';
import { DEVICES } from '../../../src/engine/limits.js';
import { needsProbe, planExecution } from '../../../src/engine/runtime/execution-plan.js';
import type { ExecutionProviderProbe } from '../../../src/engine/runtime/execution-providers.js';

const cpu = { name: 'cpu', state: 'works', target: 'cpu', speedup: 1 } as const;
const cudaMissing = { name: 'cuda', state: 'fails', reason: 'no NVIDIA driver was found' } as const;
const webgpuWorks = { name: 'webgpu', state: 'works', target: 'gpu', speedup: 5.24 } as const;
const cudaWorks = { name: 'cuda', state: 'works', target: 'gpu', speedup: 61.4 } as const;
const webgpuSlow = { name: 'webgpu', state: 'works', target: 'portable', speedup: 0.04 } as const;
const webgpuWrong = { name: 'webgpu', state: 'miscalculates', relativeError: 0.0205 } as const;

describe('the plan of a device that is chosen', () => {
  it.each<[string, ExecutionProviderProbe[], string, string]>([
    [
      'is the CPU where nothing else is known',
      [cpu],
      'cpu',
      'Running on the CPU: ONNX Runtime has nothing else for this platform.',
    ],
    [
      'is the CPU where nothing else starts',
      [cpu, cudaMissing],
      'cpu',
      'Running on the CPU: for CUDA, no NVIDIA driver was found.',
    ],
    [
      'is what is faster than the CPU',
      [cpu, webgpuWorks, cudaMissing],
      'webgpu',
      'Running on WebGPU: a layer is 5.2 times as fast there as on the CPU. ' +
        'Passed over: for CUDA, no NVIDIA driver was found.',
    ],
    [
      'is the more promising of two',
      [cpu, webgpuWorks, cudaWorks],
      'cuda',
      'Running on CUDA: a layer is 61 times as fast there as on the CPU.',
    ],
    [
      'is not a driver that draws with the processor',
      [cpu, webgpuSlow, cudaMissing],
      'cpu',
      'Running on the CPU: for CUDA, no NVIDIA driver was found; for WebGPU, it is 25 times as slow here as the CPU.',
    ],
    [
      'is not one that miscalculates',
      [cpu, webgpuWrong],
      'cpu',
      'Running on the CPU: for WebGPU, its numbers are wrong, by up to 2.1 %.',
    ],
  ])('%s', (_, providers, executionProvider, sentence) => {
    expect(planExecution('auto', 'heavy', providers)).toEqual({
      executionProvider,
      target: executionProvider === 'cpu' ? 'cpu' : 'gpu',
      precision: 'float32',
      sentence,
    });
  });

  it('is the CPU for small models, whatever there is', () => {
    expect(planExecution('auto', 'light', [cpu, cudaWorks])).toMatchObject({ executionProvider: 'cpu' });
  });

  it('needs no look at the machine for the CPU, nor for small models', () => {
    const probing = DEVICES.filter((device) => needsProbe(device, 'light'));
    expect(probing).toEqual(['cuda', 'webgpu', 'dml', 'coreml']);
    expect(DEVICES.filter((device) => !needsProbe(device, 'heavy'))).toEqual(['cpu']);
  });
});

describe('the plan of a device that is insisted on', () => {
  it.each(['light', 'heavy'] as const)('is that device for %s loads', (load) => {
    expect(planExecution('webgpu', load, [cpu, cudaWorks, webgpuSlow])).toEqual({
      executionProvider: 'webgpu',
      target: 'portable',
      precision: 'float32',
      sentence: 'Running on WebGPU, as the settings say.',
    });
    expect(planExecution('cpu', load, [])).toMatchObject({ executionProvider: 'cpu' });
  });

  it.each<[string, 'cuda' | 'webgpu' | 'dml', RegExp]>([
    [
      'does not start',
      'cuda',
      /^CUDA cannot be used: no NVIDIA driver was found\. Install NVIDIA's driver, .*script\/install\.js`\. Or set the device to `auto` or `cpu`\.$/,
    ],
    ['miscalculates', 'webgpu', /^WebGPU cannot be used: its numbers are wrong, by up to 2\.1 %\. Install /],
    [
      'this platform lacks',
      'dml',
      /^DirectML cannot be used: this platform does not have it \(it is for .* on Windows\)\. Set the device/,
    ],
  ])('is refused with a way out when it is one that %s', (_, device, message) => {
    expect.assertions(2);
    try {
      planExecution(device, 'heavy', [cpu, cudaMissing, webgpuWrong]);
    } catch (error) {
      expect(error).toMatchObject({ code: 'device_unavailable' } satisfies Partial<EngineError>);
      expect((error as Error).message).toMatch(message);
    }
  });
});
