/** The networks of the self-test, with made-up weights. */
import { attention } from '../checkpoint/networks/attention.js';
import type { GraphTarget } from '../checkpoint/networks/graph-options.js';
import { LayerScope } from '../checkpoint/networks/layer-scope.js';
import { GraphBuilder } from '../checkpoint/onnx/graph-builder.js';
import type { Value } from '../checkpoint/onnx/graph-builder.js';
import { encodeOnnxModel } from '../checkpoint/onnx/onnx-model.js';
import type { OnnxInitializer, OnnxValueInfo } from '../checkpoint/onnx/onnx-model.js';
import type { NamedTensors, Tensor } from './inference-session.js';

const KERNEL_OF_THREE = { kernel_shape: [3, 3], pads: [1, 1, 1, 1] };

export interface SelfTestNetwork {
  /** ONNX, with one output `y`. */
  readonly model: Uint8Array;
  readonly feeds: NamedTensors;
}

/** What denoisers are made of: convolution, activation, normalisation, and attention of all pixels to each other. */
export function layersNetwork(target: GraphTarget): SelfTestNetwork {
  const [channels, side] = [16, 8];
  const picture = [1, channels, side, side];
  const graph = new GraphBuilder('self-test of layers', { find: () => undefined });
  const made = (shape: readonly number[]): Value => graph.floats([...wave(shape).data], shape);
  const [scale, shift] = [made([channels]), made([channels])];
  const x = graph.input('x', 'float32', picture);
  const kernel = made([channels, channels, 3, 3]);
  const convolved = graph.node('Conv', [x, kernel, shift], KERNEL_OF_THREE);
  const activated = graph.node('Mul', [convolved, graph.node('Sigmoid', [convolved])]);
  const columns = graph.node('Reshape', [activated, graph.integers([1, channels, -1])]);
  const rows = graph.node('Transpose', [columns], { perm: [0, 2, 1] });
  const normed = graph.node('LayerNormalization', [rows, scale, shift], { epsilon: 1e-5 });
  const scope = new LayerScope(graph, '', { target });
  const attended = attention(scope, normed, normed, rows, { channels, heads: 2 });
  graph.output('y', attended, [1, side * side, channels]);
  return { model: graph.build(), feeds: { x: wave(picture) } };
}

/** One of the convolutions that a denoiser of Stable Diffusion spends its time in: 1.9 GFLOP. */
export function convolutionNetwork(): SelfTestNetwork {
  const [channels, side] = [320, 32];
  const picture = [1, channels, side, side];
  const model = encodeOnnxModel({
    name: 'self-test of speed',
    inputs: [floats('x', picture)],
    outputs: [floats('y', picture)],
    initializers: [constant('kernel', wave([channels, channels, 3, 3]))],
    nodes: [
      {
        operator: 'Conv',
        name: 'convolution',
        inputs: ['x', 'kernel'],
        outputs: ['y'],
        attributes: KERNEL_OF_THREE,
      },
    ],
  });
  return { model, feeds: { x: wave(picture) } };
}

/** Numbers from -1 to 1 without a pattern that a layer could hide an error in. */
function wave(shape: readonly number[]): Tensor<Float32Array> {
  const length = shape.reduce((product, size) => product * size, 1);
  return { shape, data: Float32Array.from({ length }, (_, index) => Math.sin(index * index)) };
}

function floats(name: string, shape: readonly number[]): OnnxValueInfo {
  return { name, elementType: 'float32', shape };
}

function constant(name: string, { shape, data }: Tensor<Float32Array>): OnnxInitializer {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { name, elementType: 'float32', shape, data: { kind: 'inline', bytes } };
}
