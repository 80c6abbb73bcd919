import type { Dtype } from './safetensors/dtype.js';

/** Where the values of one tensor lie on disk. */
export interface TensorLocation {
  readonly name: string;
  readonly dtype: Dtype;
  /** Row-major. */
  readonly shape: readonly number[];
  /** Path of the file, relative to the checkpoint's folder, with forward slashes. */
  readonly file: string;
  /** First byte, counted from the beginning of the file. */
  readonly offset: number;
  /** Bytes. */
  readonly length: number;
}

/** The trained tensors of one network. Not part of the contract: which files they are in, and who reads them. */
export interface WeightSource {
  find(name: string): TensorLocation | undefined;
}
