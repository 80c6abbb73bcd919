/** Numbers with a shape, row-major; `data.length` is the product of `shape`. */
export interface Tensor<Data extends TensorData = TensorData> {
  readonly shape: readonly number[];
  readonly data: Data;
}

/** float32, or int64 for token ids. */
export type TensorData = Float32Array | BigInt64Array;

/** Tensors by the name of the network's input or output. */
export type NamedTensors = Readonly<Record<string, Tensor>>;

/**
 * One network, loaded. Not part of the contract: which device it runs on, and where its file came from.
 */
export interface InferenceSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Runs the network once. It may block the thread all the while. Rejects when shapes or names do not fit. */
  run(feeds: NamedTensors): Promise<NamedTensors>;
  /** Frees the network's memory; nothing may be run after it. Idempotent. */
  dispose(): Promise<void>;
}

/** A network's float output. @throws Error when there is none of that name and kind: the model file is not what it says. */
export function floatOutput(outputs: NamedTensors, name: string): Tensor<Float32Array> {
  const tensor = outputs[name];
  if (tensor && tensor.data instanceof Float32Array) return { shape: tensor.shape, data: tensor.data };
  throw new Error(`The network has no float32 output "${name}" (it has ${Object.keys(outputs).join(', ')}).`);
}
