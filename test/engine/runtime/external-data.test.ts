import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ProtobufWriter } from '../../../src/engine/checkpoint/onnx/protobuf-writer.js';
import { OnnxSession } from '../../../src/engine/runtime/onnx-session.js';

/** Where a network may name a file for its weights; each was a way out of the folder once. */
type Place = 'initializer' | 'sparse initializer' | 'constant' | 'sparse constant';

/** Numbers of onnx.proto. */
const FLOAT = 1;
const INT64 = 7;
const TENSOR_ATTRIBUTE = 4;
const SPARSE_TENSOR_ATTRIBUTE = 11;
const EXTERNAL = 1;

const numbers = Buffer.from(Float32Array.of(1, 2, 3, 4).buffer);
const positions = Buffer.from(BigInt64Array.of(0n, 1n, 2n, 3n).buffer);

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'riffcord-external-'));
  await mkdir(join(root, 'model', 'sub'), { recursive: true });
  await writeFile(join(root, 'secret'), numbers);
  await writeFile(join(root, 'model', 'weights'), numbers);
  await symlink(join(root, 'secret'), join(root, 'model', 'link'));
});

afterAll(() => rm(root, { recursive: true }));

describe.each<Place>(['initializer', 'sparse initializer', 'constant', 'sparse constant'])(
  'a network whose %s lies in another file',
  (place) => {
    it('reads one of its own folder', async () => {
      const y = await outputOf(place, 'weights');
      expect(Array.from(y)).toEqual([1, 2, 3, 4]);
    });

    // CVE-2022-25882, CVE-2024-27318, CVE-2026-27489 and, by a link, CVE-2026-34447.
    it.each(['../secret', 'sub/../../secret', './../secret', '..\\secret', '/secret', 'link'])(
      'is not loaded when it names %s',
      async (location) => {
        const path = location === '/secret' ? join(root, 'secret') : location;
        await expect(outputOf(place, path)).rejects.toThrow();
      },
    );
  },
);

/** What a network that adds nothing to its weights gives. */
async function outputOf(place: Place, location: string): Promise<ArrayLike<unknown>> {
  const path = join(root, 'model', 'model.onnx');
  await writeFile(path, modelWith(place, location));
  const session = await OnnxSession.create(path);
  try {
    const { y } = await session.run({ x: { data: new Float32Array(4), shape: [4] } });
    return y?.data ?? [];
  } finally {
    await session.dispose();
  }
}

function modelWith(place: Place, location: string): Uint8Array {
  const graph = new ProtobufWriter().string(2, 'graph');
  const weights = external(location);
  const sparse = new ProtobufWriter().message(1, weights).message(2, inlinePositions()).int(3, 4);
  if (place === 'constant') graph.message(1, constant('value', 5, weights, TENSOR_ATTRIBUTE));
  if (place === 'sparse constant') {
    graph.message(1, constant('sparse_value', 22, sparse, SPARSE_TENSOR_ATTRIBUTE));
  }
  graph.message(1, new ProtobufWriter().string(1, 'x').string(1, 'w').string(2, 'y').string(4, 'Add'));
  if (place === 'initializer') graph.message(5, weights);
  if (place === 'sparse initializer') graph.message(15, sparse);
  graph.message(11, vector('x')).message(12, vector('y'));
  const operators = new ProtobufWriter().string(1, '').int(2, 17);
  return new ProtobufWriter().int(1, 10).message(7, graph).message(8, operators).finish();
}

function external(location: string): ProtobufWriter {
  const entry = (key: string, value: string) => new ProtobufWriter().string(1, key).string(2, value);
  return new ProtobufWriter()
    .int(1, 4)
    .int(2, FLOAT)
    .string(8, 'w')
    .message(13, entry('location', location))
    .message(13, entry('offset', '0'))
    .message(13, entry('length', String(numbers.length)))
    .int(14, EXTERNAL);
}

function inlinePositions(): ProtobufWriter {
  return new ProtobufWriter().int(1, 4).int(2, INT64).bytes(9, positions);
}

function constant(name: string, field: number, value: ProtobufWriter, type: number): ProtobufWriter {
  const attribute = new ProtobufWriter().string(1, name).message(field, value).int(20, type);
  return new ProtobufWriter().string(2, 'w').string(4, 'Constant').message(5, attribute);
}

function vector(name: string): ProtobufWriter {
  const shape = new ProtobufWriter().message(1, new ProtobufWriter().int(1, 4));
  const tensor = new ProtobufWriter().int(1, FLOAT).message(2, shape);
  return new ProtobufWriter().string(1, name).message(2, new ProtobufWriter().message(1, tensor));
}
