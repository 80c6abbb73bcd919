import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { GraphBuilder } from '../../../../src/engine/checkpoint/onnx/graph-builder.js';
import { CheckpointWeights } from '../../../../src/engine/checkpoint/safetensors/checkpoint-weights.js';
import { floatOutput } from '../../../../src/engine/runtime/inference-session.js';
import { floatBytes, safetensorsBytes } from '../safetensors-bytes.js';
import { runGraph } from '../sd1x-checkpoints.js';
import { withTemporaryFolder } from '../temporary-folder.js';

/** The same two numbers in three types, at odd offsets, and two whole numbers. */
const HEADER = {
  odd: { dtype: 'U8', shape: [1], data_offsets: [0, 1] },
  f32: { dtype: 'F32', shape: [2], data_offsets: [1, 9] },
  f16: { dtype: 'F16', shape: [2], data_offsets: [9, 13] },
  bf16: { dtype: 'BF16', shape: [2], data_offsets: [13, 17] },
  i64: { dtype: 'I64', shape: [1], data_offsets: [17, 25] },
};
const DATA = Buffer.concat([
  Buffer.from([0]),
  floatBytes([1.5, -2]),
  Buffer.from([0x00, 0x3e, 0x00, 0xc0]),
  Buffer.from([0xc0, 0x3f, 0x00, 0xc0]),
  Buffer.alloc(8),
]);

async function withWeights(
  use: (weights: CheckpointWeights, folder: string) => Promise<void>,
): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, 'w.safetensors'), safetensorsBytes(HEADER, DATA));
    await use(await CheckpointWeights.open(folder, 'w.safetensors'), folder);
  });
}

describe('GraphBuilder', () => {
  it.each(['f32', 'f16', 'bf16'])('takes %s weights from their file, as float32', async (name) => {
    await withWeights(async (weights, folder) => {
      const graph = new GraphBuilder('test', weights);
      const x = graph.input('x', 'float32', ['batch', 2]);
      graph.output('y', graph.node('Mul', [x, graph.weight(name, [2])]), ['batch', 2]);
      const feeds = { x: { shape: [2, 2], data: Float32Array.from([1, 2, 3, 4]) } };
      const [outputs] = await runGraph(graph.build(), folder, feeds);
      expect([...floatOutput(outputs ?? {}, 'y').data]).toEqual([1.5, -4, 4.5, -8]);
    });
  });

  it('writes the same bytes for the same network', async () => {
    await withWeights((weights) => {
      const build = (): Uint8Array => {
        const graph = new GraphBuilder('test', weights);
        const x = graph.input('x', 'float32', [2]);
        graph.output('y', graph.node('Add', [x, graph.weight('f16', [2])]), [2]);
        return graph.build();
      };
      expect(build()).toEqual(build());
      return Promise.resolve();
    });
  });

  it('holds a constant or a weight once, however often it is used', async () => {
    await withWeights((weights) => {
      const graph = new GraphBuilder('test', weights);
      expect(graph.integers([1, 2])).toBe(graph.integers([1, 2]));
      expect(graph.floats([1])).not.toBe(graph.floats([1], []));
      expect(graph.floats([1])).not.toBe(graph.integers([1]));
      expect(graph.weight('f16', [2])).toBe(graph.weight('f16', [2]));
      return Promise.resolve();
    });
  });

  it('refuses weights that are missing, misshapen or no numbers to compute with', async () => {
    await withWeights((weights) => {
      const graph = new GraphBuilder('the test', weights);
      expect(() => graph.weight('absent', [2])).toThrow(
        'the test cannot be used: its weights have no tensor "absent"',
      );
      expect(() => graph.weight('f32', [1, 2])).toThrow(
        '"f32" is [2], where its configuration asks for [1, 2]',
      );
      expect(() => graph.weight('i64', [1])).toThrow('"i64" is of type I64, which no network here takes');
      return Promise.resolve();
    });
  });
});
