/** What ONNX Runtime can run networks on, as it names it and as people know it. */
import type { Device } from '../limits.js';

export type ExecutionProvider = Exclude<Device, 'auto'>;

export interface ExecutionProviderFacts {
  readonly title: string;
  /** What it runs on. */
  readonly hardware: string;
  /** What makes it start where it does not: a sentence. */
  readonly wayOut: string;
}

/** All but the CPU, the most promising first. Which of them there are depends on the platform: docs/devices.md. */
export const ACCELERATORS = [
  'cuda',
  'dml',
  'coreml',
  'webgpu',
] as const satisfies readonly ExecutionProvider[];

export const EXECUTION_PROVIDER_FACTS: Readonly<Record<ExecutionProvider, ExecutionProviderFacts>> = {
  cuda: {
    title: 'CUDA',
    hardware: 'NVIDIA cards, on Linux',
    wayOut:
      "Install NVIDIA's driver, CUDA 12 and cuDNN 9, then " +
      '`ONNXRUNTIME_NODE_INSTALL=cuda12 node node_modules/onnxruntime-node/script/install.js`.',
  },
  dml: {
    title: 'DirectML',
    hardware: 'any graphics card, on Windows',
    wayOut: 'Install the newest driver of the graphics card.',
  },
  coreml: {
    title: 'CoreML',
    hardware: "Apple's accelerators",
    wayOut: 'Update macOS.',
  },
  webgpu: {
    title: 'WebGPU',
    hardware: 'any graphics card, through Vulkan, Metal or Direct3D 12',
    wayOut: 'Install the newest driver of the graphics card, on Linux one for Vulkan.',
  },
  cpu: { title: 'the CPU', hardware: 'the processor', wayOut: 'Install Riffcord anew: npm ci.' },
};

export function isExecutionProvider(name: string): name is ExecutionProvider {
  return name in EXECUTION_PROVIDER_FACTS;
}
