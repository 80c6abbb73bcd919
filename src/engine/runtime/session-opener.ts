import type { NetworkLoad } from './execution-plan.js';
import { ExecutionPlanner } from './execution-planner.js';
import type { ExecutionPlannerOptions } from './execution-planner.js';
import { OnnxSession } from './onnx-session.js';
import type { OnnxSessionOptions } from './onnx-session.js';

export interface SessionOpenerOptions
  extends ExecutionPlannerOptions, Pick<OnnxSessionOptions, 'intraOpNumThreads' | 'onFallBack'> {}

/** Options that differ from network to network. */
export type NetworkOptions = Omit<OnnxSessionOptions, 'executionProviders' | 'onFallBack'>;

/** Files of a model up to this many bytes together make a light load. */
const LIGHT_MODEL_BYTES = 256 * 1024 * 1024;

export function networkLoadOf(modelBytes: number): NetworkLoad {
  return modelBytes <= LIGHT_MODEL_BYTES ? 'light' : 'heavy';
}

/** Loads networks on the device that is planned for them. */
export class SessionOpener {
  readonly #planner: ExecutionPlanner;
  readonly #options: SessionOpenerOptions;

  constructor(options: SessionOpenerOptions = {}) {
    this.#planner = new ExecutionPlanner(options);
    this.#options = options;
  }

  /**
   * A provider that cannot load it is passed over, for this network and for those after it.
   * @param model path of an .onnx file, or its bytes
   * @throws EngineError `device_unavailable` when a device is insisted on that cannot be used
   * @throws Error when the network cannot be loaded on any provider
   */
  async open(
    model: string | Uint8Array,
    load: NetworkLoad,
    options: NetworkOptions = {},
  ): Promise<OnnxSession> {
    const { intraOpNumThreads, onFallBack } = this.#options;
    const { executionProvider, fallBacks } = await this.#planner.planFor(load);
    const session = await OnnxSession.create(model, {
      ...(intraOpNumThreads !== undefined && { intraOpNumThreads }),
      ...options,
      executionProviders: [executionProvider, ...fallBacks],
      onFallBack: (provider, error) => {
        onFallBack?.(provider, error);
        this.#planner.passOver(provider, error);
      },
    });
    // Tells at once, and not with the next network, that the plan has changed.
    if (session.executionProvider !== executionProvider) await this.#planner.planFor(load);
    return session;
  }
}
