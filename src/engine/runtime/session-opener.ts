import type { GraphTarget } from '../checkpoint/networks/graph-options.js';
import type { NetworkLoad } from './execution-plan.js';
import { ExecutionPlanner } from './execution-planner.js';
import type { ExecutionPlannerOptions } from './execution-planner.js';
import type { ExecutionProvider } from './execution-provider.js';
import { OnnxSession } from './onnx-session.js';
import type { OnnxSessionOptions } from './onnx-session.js';

export interface SessionOpenerOptions
  extends ExecutionPlannerOptions, Pick<OnnxSessionOptions, 'intraOpNumThreads'> {
  /** Hears of each provider that could not load a network, and what the runtime said. @defaultValue nobody */
  readonly onFallBack?: (provider: ExecutionProvider, error: Error) => void;
}

/** Options that differ from network to network. */
export type NetworkOptions = Omit<OnnxSessionOptions, 'executionProvider'>;

/** Path of an .onnx file, its bytes, or what writes them for what they are to run on. */
export type NetworkModel = string | Uint8Array | ((target: GraphTarget) => Uint8Array);

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

  /** @throws EngineError `device_unavailable` when a device is insisted on that cannot be used */
  async tryInsistedDevice(): Promise<void> {
    const { device = 'auto' } = this.#options;
    if (device !== 'auto') await this.#planner.planFor('light');
  }

  /**
   * A provider that cannot load it is passed over, for this network and for those after it.
   * @throws EngineError `device_unavailable` when a device is insisted on that cannot be used
   * @throws Error (the CPU provider's) when the network cannot be loaded on any provider
   */
  async open(model: NetworkModel, load: NetworkLoad, options: NetworkOptions = {}): Promise<OnnxSession> {
    const { intraOpNumThreads, onFallBack } = this.#options;
    for (;;) {
      const { executionProvider, target } = await this.#planner.planFor(load);
      const network = typeof model === 'function' ? model(target) : model;
      try {
        return await OnnxSession.create(network, {
          ...(intraOpNumThreads !== undefined && { intraOpNumThreads }),
          ...options,
          executionProvider,
        });
      } catch (error) {
        if (executionProvider === 'cpu') throw error;
        onFallBack?.(executionProvider, error as Error);
        this.#planner.passOver(executionProvider, error as Error);
      }
    }
  }
}
