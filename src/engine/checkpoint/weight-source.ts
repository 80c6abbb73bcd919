import type { Dtype } from './safetensors/dtype.js';

/** Where the values of one tensor lie on disk. */
export interface TensorLocation {
  readonly name: string;
  readonly dtype: Dtype;
  /** Row-major. */
  readonly shape: readonly number[];
  /**
   * Path of the file, with forward slashes, relative to the folder that the session is told: the checkpoint's, or one
   * that holds all files of a session.
   */
  readonly file: string;
  /** First byte, counted from the beginning of the file. */
  readonly offset: number;
  /** Bytes. */
  readonly length: number;
}

/**
 * A change of one weight, as a product of low rank: `scale * up x down`, where `up` is `[outputs, rank]` and `down`
 * `[rank, all other dimensions of the weight]`. Both may have further dimensions, which are joined.
 */
export interface WeightDelta {
  readonly scale: number;
  readonly up: TensorLocation;
  readonly down: TensorLocation;
  /**
   * Core of a convolution's Tucker decomposition, `[rank, rank, rows, columns]`; `down` is then `[rank, inputs]`, and
   * its product with this takes its place.
   */
  readonly core?: TensorLocation;
}

/** The trained tensors of one network. Not part of the contract: which files they are in, and who reads them. */
export interface WeightSource {
  find(name: string): TensorLocation | undefined;
  /** What is to be added to a weight before it is used; absent = nothing to any. */
  deltasOf?(name: string): readonly WeightDelta[];
}

/** A source that knows all its tensors. */
export interface NamedWeights extends WeightSource {
  readonly names: readonly string[];
}
