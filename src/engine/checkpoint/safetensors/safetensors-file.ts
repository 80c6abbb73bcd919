import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

import { EngineError } from '../../errors.js';
import { decodeFloats } from './dtype.js';
import { LENGTH_BYTES, MAX_HEADER_BYTES, parseHeader } from './header.js';
import type { SafetensorsHeader, TensorEntry } from './header.js';
import { unreadable } from '../unreadable.js';

/** Values that `readFloats` takes into memory at once. */
const MAX_READ_VALUES = 2 ** 24;

/** One safetensors file, of which only the header is in memory. */
export class SafetensorsFile {
  readonly path: string;
  /** Offset of the first byte of data in the file. */
  readonly dataStart: number;
  readonly #header: SafetensorsHeader;

  private constructor(path: string, dataStart: number, header: SafetensorsHeader) {
    this.path = path;
    this.dataStart = dataStart;
    this.#header = header;
  }

  /** @throws EngineError `model_missing` when there is no such file, `model_corrupt` when its header is not sound */
  static async open(path: string): Promise<SafetensorsFile> {
    return withFile(path, async (file) => {
      const stats = await file.stat();
      if (!stats.isFile()) throw unreadable(path, 'it is not a file');
      const { size } = stats;
      const headerBytes = await headerLength(file, path, size);
      const dataStart = LENGTH_BYTES + headerBytes;
      const json = await readBytes(file, path, LENGTH_BYTES, headerBytes);
      try {
        return new SafetensorsFile(path, dataStart, parseHeader(json, size - dataStart));
      } catch (cause) {
        throw unreadable(path, (cause as Error).message, { cause });
      }
    });
  }

  get tensors(): ReadonlyMap<string, TensorEntry> {
    return this.#header.tensors;
  }

  get metadata(): Readonly<Record<string, string>> {
    return this.#header.metadata;
  }

  /**
   * Values of a small tensor, row-major.
   * @throws EngineError `model_corrupt` when there is none of that name, its type is not read, or it is too large
   */
  async readFloats(name: string): Promise<Float32Array> {
    return withFile(this.path, (file) => this.#readFloats(file, name, MAX_READ_VALUES));
  }

  /**
   * Values of tensors of one element each, by name.
   * @throws EngineError `model_corrupt` when one is missing, of a type that is not read, or no single number
   */
  async readScalars(names: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const scalars = new Map<string, number>();
    await withFile(this.path, async (file) => {
      for (const name of names) {
        const [value] = await this.#readFloats(file, name, 1);
        if (value === undefined) throw unreadable(this.path, `its tensor "${name}" has no value`);
        scalars.set(name, value);
      }
    });
    return scalars;
  }

  async #readFloats(file: FileHandle, name: string, maxValues: number): Promise<Float32Array> {
    const entry = this.tensors.get(name);
    if (!entry) throw unreadable(this.path, `it has no tensor "${name}"`);
    const count = entry.shape.reduce((product, size) => product * size, 1);
    if (count > maxValues) throw unreadable(this.path, `its tensor "${name}" is too large to be read`);
    const bytes = await readBytes(file, this.path, this.dataStart + entry.begin, entry.length);
    const values = decodeFloats(entry.dtype, bytes);
    if (!values) {
      throw unreadable(this.path, `its tensor "${name}" is of type ${entry.dtype}, which is not read`);
    }
    return values;
  }
}

async function withFile<Result>(path: string, use: (file: FileHandle) => Promise<Result>): Promise<Result> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    const message = `The model file ${path} is missing or cannot be opened. Download it again.`;
    throw new EngineError('model_missing', message, { cause });
  });
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

async function headerLength(file: FileHandle, path: string, fileBytes: number): Promise<number> {
  if (fileBytes < LENGTH_BYTES) throw unreadable(path, 'it is too short to be a safetensors file');
  const length = (await readBytes(file, path, 0, LENGTH_BYTES)).readBigUInt64LE();
  if (length > BigInt(MAX_HEADER_BYTES)) {
    throw unreadable(path, 'its header is too long, or it is no safetensors file');
  }
  if (Number(length) > fileBytes - LENGTH_BYTES) {
    throw unreadable(path, 'it ends within its header: it is truncated');
  }
  return Number(length);
}

async function readBytes(file: FileHandle, path: string, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) throw unreadable(path, 'it became shorter while it was read');
    done += bytesRead;
  }
  return bytes;
}
