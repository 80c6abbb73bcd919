import { probeExecutionProviders } from '../../engine/runtime/execution-providers.js';
import type { ExecutionProviderProbe } from '../../engine/runtime/execution-providers.js';
import type { Check } from './check.js';

const PURPOSES: Readonly<Record<string, string>> = {
  cpu: 'the processor',
  webgpu: 'any graphics card, through Vulkan, Metal or Direct3D 12',
  cuda: 'NVIDIA cards',
  tensorrt: 'NVIDIA cards, compiled ahead',
  dml: 'any graphics card, on Windows',
  coreml: "Apple's accelerators",
};

const ADVICE: Readonly<Record<string, string>> = {
  cpu: 'Install Riffcord anew: npm ci.',
  webgpu: 'Install the driver of the graphics card, if there is one.',
  cuda: "Install NVIDIA's driver and CUDA, and the GPU libraries of onnxruntime-node, if there is such a card.",
};

/** ONNX Runtime itself, then each of its execution providers. */
export async function checkRuntime(): Promise<Check[]> {
  const { version, providers } = await probeExecutionProviders();
  const name = 'ONNX Runtime';
  if (version === undefined) {
    const found = 'cannot be loaded';
    return [{ name, status: 'missing', found, advice: 'Install Riffcord anew: npm ci.', isNeeded: true }];
  }
  return [{ name, status: 'ok', found: version, isNeeded: true }, ...providers.map(checkProvider)];
}

function checkProvider({ name, starts }: ExecutionProviderProbe): Check {
  const purpose = PURPOSES[name] ?? 'a device of its own';
  const isNeeded = name === 'cpu';
  const advice = ADVICE[name];
  return {
    name: `  ${name}`,
    status: starts ? 'ok' : isNeeded ? 'broken' : 'off',
    found: `${starts ? 'starts' : 'does not start'} (${purpose})`,
    ...(!starts && advice !== undefined && { advice }),
    isNeeded,
  };
}
