import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';

import { AdaptedWeights } from '../../../../src/engine/checkpoint/lora/adapted-weights.js';
import { GraphBuilder } from '../../../../src/engine/checkpoint/onnx/graph-builder.js';
import { CheckpointWeights } from '../../../../src/engine/checkpoint/safetensors/checkpoint-weights.js';
import type { TensorLocation, WeightSource } from '../../../../src/engine/checkpoint/weight-source.js';
import { floatOutput } from '../../../../src/engine/runtime/inference-session.js';
import { floatBytes, tensorsBytes } from '../safetensors-bytes.js';
import { runGraph } from '../sd1x-checkpoints.js';
import { withTemporaryFolder } from '../temporary-folder.js';

/** A matrix and a convolution, each with the factors of a change of it, in all types that are read. */
const TENSORS = {
  matrix: { shape: [2, 2], data: floatBytes([1, 2, 3, 4]) },
  'matrix.up': { dtype: 'F16', shape: [2, 1], data: Buffer.from([0x00, 0x3c, 0x00, 0x40]) },
  'matrix.down': { shape: [1, 2], data: floatBytes([3, 4]) },
  kernel: { shape: [2, 1, 1, 2], data: floatBytes([1, 2, 3, 4]) },
  'kernel.up': { shape: [2, 1, 1, 1], data: floatBytes([3, -1]) },
  'kernel.core': { shape: [1, 1, 1, 2], data: floatBytes([1, 2]) },
  'kernel.down': { dtype: 'BF16', shape: [1, 1, 1, 1], data: Buffer.from([0x00, 0x40]) },
} as const;
/** `up x down` is [[3, 4], [6, 8]]. */
const CHANGED_MATRIX = [1 + 3 / 2, 2 + 4 / 2, 3 + 6 / 2, 4 + 8 / 2];
/** `core x down` is [2, 4], which `up` makes [[6, 12], [-2, -4]] of. */
const CHANGED_KERNEL = [1 + 2 * 6, 2 + 2 * 12, 3 - 2 * 2, 4 - 2 * 4];
const MADE_OF = ['Cast', 'Einsum', 'Gemm', 'Reshape'];

describe('weights of a graph with changes to them', () => {
  it('are the sums with the products of the factors', async () => {
    await withAdapted(async (weights, folder) => {
      const [outputs] = await runGraph(graphOf(weights), folder, {
        x: { shape: [1], data: Float32Array.of(1) },
      });
      expect([...floatOutput(outputs ?? {}, 'matrix').data]).toEqual(CHANGED_MATRIX);
      expect([...floatOutput(outputs ?? {}, 'kernel').data]).toEqual(CHANGED_KERNEL);
    });
  });

  it.each(['basic', 'extended', 'all'] as const)('are summed when the session loads: %s', async (level) => {
    await withAdapted(async (weights, folder) => {
      const graph = graphOf(weights);
      expect(await operatorsLoaded(graph, folder, 'disabled')).toEqual(MADE_OF);
      expect(await operatorsLoaded(graph, folder, level)).toEqual([]);
    });
  });
});

async function withAdapted(use: (weights: WeightSource, folder: string) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, 'w.safetensors'), tensorsBytes(TENSORS));
    const base = await CheckpointWeights.open(folder, 'w.safetensors');
    const at = (name: keyof typeof TENSORS): TensorLocation => base.find(name) ?? expect.fail(name);
    const deltas = new Map([
      ['matrix', [{ scale: 0.5, up: at('matrix.up'), down: at('matrix.down') }]],
      ['kernel', [{ scale: 2, up: at('kernel.up'), down: at('kernel.down'), core: at('kernel.core') }]],
    ]);
    await use(new AdaptedWeights(base, deltas), folder);
  });
}

function graphOf(weights: WeightSource): Uint8Array {
  const graph = new GraphBuilder('test', weights);
  const x = graph.input('x', 'float32', [1]);
  for (const name of ['matrix', 'kernel'] as const) {
    const { shape } = TENSORS[name];
    graph.output(name, graph.node('Mul', [x, graph.weight(name, shape)]), shape);
  }
  return graph.build();
}

/** Which of the operators that a sum is made of are left once the runtime has loaded the graph. */
async function operatorsLoaded(
  graph: Uint8Array,
  folder: string,
  graphOptimizationLevel: 'disabled' | 'basic' | 'extended' | 'all',
): Promise<string[]> {
  const optimizedModelFilePath = join(folder, `${graphOptimizationLevel}.onnx`);
  const session = await ort.InferenceSession.create(graph, {
    graphOptimizationLevel,
    optimizedModelFilePath,
    extra: { session: { model_external_initializers_file_folder_path: folder } },
    logSeverityLevel: 4,
  });
  await session.release();
  // A node's kind is field 4 of its message, a string: a quotation mark, its length, its characters.
  const loaded = await readFile(optimizedModelFilePath, 'latin1');
  return MADE_OF.filter((operator) => loaded.includes(`"${String.fromCharCode(operator.length)}${operator}`));
}
