/** The choice of what networks run on, and the sentence that gives the reason. */
import type { GraphTarget } from '../checkpoint/networks/graph-options.js';
import { EngineError } from '../errors.js';
import type { Device } from '../limits.js';
import { EXECUTION_PROVIDER_FACTS, ACCELERATORS } from './execution-provider.js';
import type { ExecutionProvider } from './execution-provider.js';
import type { ExecutionProviderProbe } from './execution-providers.js';

export interface ExecutionPlan {
  readonly executionProvider: ExecutionProvider;
  /** How graphs are to be written for it. */
  readonly target: GraphTarget;
  /** Of weights and sums. */
  readonly precision: 'float32';
  /** What is used and why, for people. */
  readonly sentence: string;
}

/** Light: a network that is quick on the CPU. Heavy: one that a graphics card is for. */
export type NetworkLoad = 'light' | 'heavy';

/** True when the plan depends on what the machine has, so that it must be probed. */
export function needsProbe(device: Device, load: NetworkLoad): boolean {
  return device !== 'cpu' && !(device === 'auto' && load === 'light');
}

/**
 * @param providers how each provider did that this build of ONNX Runtime has; empty when no probe is needed
 * @throws EngineError `device_unavailable` when `device` is one that does not work here
 */
export function planExecution(
  device: Device,
  load: NetworkLoad,
  providers: readonly ExecutionProviderProbe[],
): ExecutionPlan {
  if (device === 'cpu') return onCpu('Running on the CPU, as the settings say.');
  if (device !== 'auto') return planInsisted(device, providers);
  if (load === 'light') return onCpu('Running on the CPU: this model is small, and quick there.');
  return planBest(providers);
}

/** Why it is not used though it is there: a clause. Undefined when it is fit for use. */
export function objection(probe: ExecutionProviderProbe): string | undefined {
  switch (probe.state) {
    case 'fails':
      return probe.reason;
    case 'miscalculates':
      return `its numbers are wrong, by up to ${(100 * probe.relativeError).toFixed(1)} %`;
    case 'works':
      return undefined;
  }
}

/** Slowness alone is no reason to refuse it to somebody who insists. */
function objectionToChoice(probe: ExecutionProviderProbe): string | undefined {
  const isSlower = probe.state === 'works' && probe.speedup <= 1;
  return isSlower ? `it is ${times(1 / probe.speedup)} as slow here as the CPU` : objection(probe);
}

function planInsisted(
  device: ExecutionProvider,
  providers: readonly ExecutionProviderProbe[],
): ExecutionPlan {
  const { title, hardware, wayOut } = EXECUTION_PROVIDER_FACTS[device];
  const probe = providers.find(({ name }) => name === device);
  if (probe?.state === 'works') {
    const sentence = `Running on ${title}, as the settings say.`;
    return { executionProvider: device, target: probe.target, precision: 'float32', sentence };
  }
  const why = probe ? objection(probe) : `this platform does not have it (it is for ${hardware})`;
  const advice = probe ? `${wayOut} Or set` : 'Set';
  const message = `${title} cannot be used: ${why}. ${advice} the device to \`auto\` or \`cpu\`.`;
  throw new EngineError('device_unavailable', message, {
    cause: probe?.state === 'fails' ? probe.detail : undefined,
  });
}

function planBest(providers: readonly ExecutionProviderProbe[]): ExecutionPlan {
  const others = ACCELERATORS.flatMap((name) => providers.filter((probe) => probe.name === name));
  const passedOver = others.flatMap((probe) => {
    const why = objectionToChoice(probe);
    return why === undefined ? [] : [`for ${titleOf(probe)}, ${why}`];
  });
  const best = others.find((probe) => objectionToChoice(probe) === undefined);
  if (best?.state !== 'works') {
    const why =
      passedOver.length > 0 ? passedOver.join('; ') : 'ONNX Runtime has nothing else for this platform';
    return onCpu(`Running on the CPU: ${why}.`);
  }
  const choice = `Running on ${titleOf(best)}: a layer is ${times(best.speedup)} as fast there as on the CPU.`;
  const sentence = passedOver.length > 0 ? `${choice} Passed over: ${passedOver.join('; ')}.` : choice;
  return { executionProvider: best.name, target: best.target, precision: 'float32', sentence };
}

function onCpu(sentence: string): ExecutionPlan {
  return { executionProvider: 'cpu', target: 'cpu', precision: 'float32', sentence };
}

function titleOf({ name }: ExecutionProviderProbe): string {
  return EXECUTION_PROVIDER_FACTS[name].title;
}

function times(factor: number): string {
  return `${factor < 10 ? factor.toFixed(1) : Math.round(factor)} times`;
}
