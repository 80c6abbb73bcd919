import { readFileSync } from 'node:fs';

export interface NpyArray<T> {
  readonly shape: readonly number[];
  /** Row-major; complex numbers as pairs. */
  readonly data: T;
}

type Data = Float32Array | Int32Array | Int16Array | Uint8Array;

const READERS: Record<string, (bytes: ArrayBuffer) => Data> = {
  '<f4': (bytes) => new Float32Array(bytes),
  '<c8': (bytes) => new Float32Array(bytes),
  '<i4': (bytes) => new Int32Array(bytes),
  '<i2': (bytes) => new Int16Array(bytes),
  '|u1': (bytes) => new Uint8Array(bytes),
};

/** Reads a little-endian NumPy file, version 1. */
export function readNpy(path: string): NpyArray<Data> {
  const file = readFileSync(path);
  const dataStart = 10 + file.readUInt16LE(8);
  const header = file.toString('latin1', 10, dataStart);
  const type = /'descr': '([^']+)'/.exec(header)?.[1] ?? '';
  const shape = /'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '';
  const read = READERS[type];
  if (!read) throw new Error(`${path}: arrays of type ${type} are not read here`);
  const bytes = new Uint8Array(file.subarray(dataStart)).buffer;
  return {
    shape: shape
      .split(',')
      .filter((part) => part.trim())
      .map(Number),
    data: read(bytes),
  };
}
