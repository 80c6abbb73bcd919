import { EngineError } from '../errors.js';
import type { Device } from '../limits.js';
import { needsProbe, planExecution } from './execution-plan.js';
import type { ExecutionPlan, NetworkLoad } from './execution-plan.js';
import { EXECUTION_PROVIDER_FACTS } from './execution-provider.js';
import type { ExecutionProvider } from './execution-provider.js';
import { probeExecutionProviders } from './execution-providers.js';
import type { ExecutionProviderProbe, RuntimeProbe } from './execution-providers.js';

export interface ExecutionPlannerOptions {
  /**
   * What networks run on. `auto`: large models on the first of CUDA, DirectML, CoreML and WebGPU that works and is faster
   * than the CPU, small ones on the CPU. Another device is insisted on, for all models.
   * @defaultValue 'auto'
   */
  readonly device?: Device;
  /** Those that took an engine down before; they are not tried again. @defaultValue none */
  readonly crashedProviders?: readonly ExecutionProvider[];
  /** Hears what networks are about to be loaded for, and again whenever that changes. @defaultValue nobody */
  readonly onExecutionPlan?: (plan: ExecutionPlan) => void;
  /** @defaultValue probeExecutionProviders */
  readonly probe?: () => Promise<RuntimeProbe>;
}

/** Decides what networks run on, and remembers what did not work. The machine is probed once, when that is needed. */
export class ExecutionPlanner {
  readonly #options: ExecutionPlannerOptions;
  readonly #objections = new Map<ExecutionProvider, string>();
  #probed: Promise<RuntimeProbe> | undefined;
  #announced: string | undefined;

  constructor(options: ExecutionPlannerOptions = {}) {
    this.#options = options;
    for (const name of options.crashedProviders ?? []) this.#objections.set(name, 'the engine crashed on it');
  }

  /** @throws EngineError `device_unavailable` when a device is insisted on that does not work here */
  async planFor(load: NetworkLoad): Promise<ExecutionPlan> {
    const { device = 'auto', onExecutionPlan } = this.#options;
    const providers = needsProbe(device, load) ? await this.#providers(device) : [];
    const plan = planExecution(device, load, providers);
    if (plan.sentence !== this.#announced) onExecutionPlan?.(plan);
    this.#announced = plan.sentence;
    return plan;
  }

  /**
   * Takes a provider that could not load a network out of later plans.
   * @throws EngineError `device_unavailable` when it is insisted on
   */
  passOver(name: ExecutionProvider, cause: Error): void {
    this.#objections.set(name, 'it could not load the model');
    if (this.#options.device !== name) return;
    const { title } = EXECUTION_PROVIDER_FACTS[name];
    const message = `${title} could not load the model. Set the device to \`auto\` or \`cpu\`.`;
    throw new EngineError('device_unavailable', message, { cause });
  }

  async #providers(device: Device): Promise<readonly ExecutionProviderProbe[]> {
    // What is known to crash is not probed for nothing.
    if (device !== 'auto' && this.#objections.has(device)) return [this.#failed(device)];
    this.#probed ??= (this.#options.probe ?? probeExecutionProviders)();
    const { providers } = await this.#probed;
    return providers.map((probe) => (this.#objections.has(probe.name) ? this.#failed(probe.name) : probe));
  }

  #failed(name: ExecutionProvider): ExecutionProviderProbe {
    return { name, state: 'fails', reason: this.#objections.get(name) ?? 'it failed' };
  }
}
