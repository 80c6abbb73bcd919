/**
 * Networks on ONNX Runtime. `run` and `create` block the thread for their whole duration and cannot be
 * interrupted, which is why the engine has a process of its own.
 */
import * as ort from 'onnxruntime-node';

import type { ExecutionProvider } from './execution-provider.js';
import type { InferenceSession, NamedTensors, Tensor } from './inference-session.js';
import { hasWideByteSums } from './processor-features.js';

export interface OnnxSessionOptions {
  /**
   * Threads one network runs on. Fixed rather than taken from the machine, so that equal requests do equal sums.
   * @defaultValue 2
   */
  readonly intraOpNumThreads?: number;
  /**
   * What the network runs on; operators that it lacks run on the CPU.
   * @defaultValue 'cpu'
   */
  readonly executionProvider?: ExecutionProvider;
  /**
   * Folder that holds the files which a model given as bytes names for its weights; they are mapped into memory, and
   * may not lie outside.
   * @defaultValue beside the model, when it is a path
   */
  readonly externalDataFolder?: string;
  /**
   * How far the runtime rewrites the graph. `all` also lays out the weights of convolutions anew: 10 to 15 % faster, but
   * a second copy of them, in memory of this process alone.
   * @defaultValue 'all'
   */
  readonly graphOptimizationLevel?: 'basic' | 'extended' | 'all';
  /**
   * False = weights of matrix products stay as they lie in the file, where other processes share them, instead of
   * being copied into the order that the product reads them in.
   * @defaultValue true
   */
  readonly prepackWeights?: boolean;
  /**
   * False = memory for what flows through the network is given back after each run, instead of being kept for the next:
   * a little slower, and worth it for large networks that run seldom.
   * @defaultValue true
   */
  readonly keepRunMemory?: boolean;
}

const DEFAULT_INTRA_OP_NUM_THREADS = 2;
const LOG_FATAL_ONLY = 4;

export class OnnxSession implements InferenceSession {
  readonly #session: ort.InferenceSession;
  #isDisposed = false;

  private constructor(session: ort.InferenceSession) {
    this.#session = session;
  }

  /**
   * @param model path of an .onnx file, or its bytes
   * @throws Error when the execution provider does not start, or cannot load the model
   */
  static async create(model: string | Uint8Array, options: OnnxSessionOptions = {}): Promise<OnnxSession> {
    // Read when the runtime starts. It would print to stderr what it throws as an error anyway.
    ort.env.logLevel = 'fatal';
    const { executionProvider = 'cpu' } = options;
    // Beside `cpu` the runtime would ignore it without a word.
    if (!knownExecutionProviders().includes(executionProvider)) {
      throw new Error(`ONNX Runtime has no execution provider "${executionProvider}" on this platform.`);
    }
    return new OnnxSession(await open(model, executionProvider, options));
  }

  get inputNames(): readonly string[] {
    return this.#session.inputNames;
  }

  get outputNames(): readonly string[] {
    return this.#session.outputNames;
  }

  async run(feeds: NamedTensors): Promise<NamedTensors> {
    const entries = Object.entries(feeds).map(([name, tensor]) => [name, toOrt(tensor)] as const);
    const outputs = await this.#session.run(Object.fromEntries(entries));
    return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, fromOrt(name, value)]));
  }

  async dispose(): Promise<void> {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    await this.#session.release();
  }
}

/** Names of the execution providers that this build of ONNX Runtime knows; not all need start. */
export function knownExecutionProviders(): readonly string[] {
  return ort.listSupportedBackends().map((backend) => backend.name);
}

function open(
  model: string | Uint8Array,
  provider: ExecutionProvider,
  options: OnnxSessionOptions,
): Promise<ort.InferenceSession> {
  const sessionOptions: ort.InferenceSession.SessionOptions = {
    executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
    intraOpNumThreads: options.intraOpNumThreads ?? DEFAULT_INTRA_OP_NUM_THREADS,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    extra: { session: sessionConfig(options) },
    graphOptimizationLevel: options.graphOptimizationLevel ?? 'all',
    enableCpuMemArena: options.keepRunMemory ?? true,
    logSeverityLevel: LOG_FATAL_ONLY,
  };
  // The two overloads differ in their first parameter only, which TypeScript does not see through a union.
  return typeof model === 'string'
    ? ort.InferenceSession.create(model, sessionOptions)
    : ort.InferenceSession.create(model, sessionOptions);
}

function sessionConfig({ externalDataFolder, prepackWeights }: OnnxSessionOptions): Record<string, unknown> {
  return {
    // Threads that spin while they wait steal the cores from the others: on a busy machine a step took twice as long.
    intra_op: { allow_spinning: '0' },
    // Keeps 8-bit sums whole on processors that would cut them off; where it is not needed, it would double their time.
    ...(!hasWideByteSums() && { x64quantprecision: '1' }),
    ...(externalDataFolder !== undefined && {
      model_external_initializers_file_folder_path: externalDataFolder,
    }),
    ...(prepackWeights === false && { disable_prepacking: '1' }),
  };
}

function toOrt(tensor: Tensor): ort.Tensor {
  return tensor.data instanceof Float32Array
    ? new ort.Tensor('float32', tensor.data, tensor.shape)
    : new ort.Tensor('int64', tensor.data, tensor.shape);
}

function fromOrt(name: string, value: ort.InferenceSession.ReturnType[string]): Tensor {
  const { data } = value;
  if (!(data instanceof Float32Array) && !(data instanceof BigInt64Array)) {
    throw new Error(`The network's output "${name}" is of a type that is not supported: ${value.type}.`);
  }
  return { shape: value.dims, data };
}
