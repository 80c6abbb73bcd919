import { EngineError } from '../../engine/errors.js';
import type { Device } from '../../engine/limits.js';
import { objection, planExecution } from '../../engine/runtime/execution-plan.js';
import { EXECUTION_PROVIDER_FACTS } from '../../engine/runtime/execution-provider.js';
import { probeExecutionProviders } from '../../engine/runtime/execution-providers.js';
import type { ExecutionProviderProbe, RuntimeProbe } from '../../engine/runtime/execution-providers.js';
import type { Check } from './check.js';

/** ONNX Runtime itself, each of its execution providers, and which of them a large model would run on. */
export async function checkRuntime(device: Device): Promise<Check[]> {
  const { version, providers } = await probeExecutionProviders();
  const name = 'ONNX Runtime';
  if (version === undefined) {
    const { wayOut: advice } = EXECUTION_PROVIDER_FACTS.cpu;
    return [{ name, status: 'missing', found: 'cannot be loaded', advice, isNeeded: true }];
  }
  return [
    { name, status: 'ok', found: version, isNeeded: true },
    ...providers.map(checkProvider),
    checkDevice(device, providers),
  ];
}

function checkProvider(probe: ExecutionProviderProbe): Check {
  const { hardware, wayOut } = EXECUTION_PROVIDER_FACTS[probe.name];
  const isNeeded = probe.name === 'cpu';
  const why = objection(probe);
  return {
    name: `  ${probe.name}`,
    status: why === undefined ? 'ok' : isNeeded ? 'broken' : 'off',
    found: `${why === undefined ? 'works' : `does not work: ${why}`} (${hardware})`,
    ...(why !== undefined && { advice: wayOut }),
    isNeeded,
  };
}

/** @param device what the settings ask for */
export function checkDevice(device: Device, providers: RuntimeProbe['providers']): Check {
  const name = 'Device';
  try {
    const { sentence } = planExecution(device, 'heavy', providers);
    const found = device === 'auto' ? `${sentence} Small models run on the CPU.` : sentence;
    return { name, status: 'ok', found, isNeeded: true };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { name, status: 'broken', found: device, advice: error.message, isNeeded: true };
  }
}
