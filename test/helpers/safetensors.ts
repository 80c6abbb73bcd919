import { readFileSync } from 'node:fs';

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** Reads the recorded tensors of a safetensors file that we made ourselves: 32-bit floats, by name. */
export function readSafetensors(path: URL): ReadonlyMap<string, Float32Array> {
  const file = readFileSync(path);
  const dataStart = 8 + Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString('utf8', 8, dataStart)) as Record<string, Entry>;
  const entries = Object.entries(header).filter(([name]) => name !== '__metadata__');
  return new Map(
    entries.map(
      ([
        name,
        {
          dtype,
          data_offsets: [from, to],
        },
      ]) => {
        if (dtype !== 'F32') throw new Error(`${name}: tensors of type ${dtype} are not read here`);
        const bytes = new Uint8Array(file.subarray(dataStart + from, dataStart + to));
        return [name, new Float32Array(bytes.buffer)];
      },
    ),
  );
}

/** The tensor of that name. */
export function tensor(tensors: ReadonlyMap<string, Float32Array>, name: string): Float32Array {
  const values = tensors.get(name);
  if (!values) throw new Error(`There is no tensor ${name}.`);
  return values;
}
