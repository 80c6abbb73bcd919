/** The networks of the self-test, with made-up weights. */
import { encodeOnnxModel } from '../checkpoint/onnx/onnx-model.js';
import type { OnnxInitializer, OnnxNode, OnnxValueInfo } from '../checkpoint/onnx/onnx-model.js';
import type { NamedTensors, Tensor } from './inference-session.js';

export interface SelfTestNetwork {
  /** ONNX, with one output `y`. */
  readonly model: Uint8Array;
  readonly feeds: NamedTensors;
}

/** What denoisers are made of: convolution, normalisations, activation, and attention of all pixels to each other. */
export function layersNetwork(): SelfTestNetwork {
  const [channels, side] = [16, 8];
  const picture = [1, channels, side, side];
  const rows = [1, side * side, channels];
  const model = encodeOnnxModel({
    name: 'self-test of layers',
    inputs: [floats('x', picture)],
    outputs: [floats('y', rows)],
    initializers: [
      constant('kernel', wave([channels, channels, 3, 3])),
      constant('scale', wave([channels])),
      constant('shift', wave([channels])),
      wholeNumbers('flat', [1, channels, side * side]),
    ],
    nodes: [
      node('Conv', ['x', 'kernel', 'shift'], 'convolved', { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
      node('GroupNormalization', ['convolved', 'scale', 'shift'], 'normed', { num_groups: 4, epsilon: 1e-5 }),
      node('Sigmoid', ['normed'], 'gate'),
      node('Mul', ['normed', 'gate'], 'activated'),
      node('Reshape', ['activated', 'flat'], 'columns'),
      node('Transpose', ['columns'], 'rows', { perm: [0, 2, 1] }),
      node('LayerNormalization', ['rows', 'scale', 'shift'], 'tokens', { epsilon: 1e-5 }),
      node('MultiHeadAttention', ['tokens', 'tokens', 'rows'], 'y', { num_heads: 2, unidirectional: 0 }),
    ],
  });
  return { model, feeds: { x: wave(picture) } };
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
    nodes: [node('Conv', ['x', 'kernel'], 'y', { kernel_shape: [3, 3], pads: [1, 1, 1, 1] })],
  });
  return { model, feeds: { x: wave(picture) } };
}

/** Numbers from -1 to 1 without a pattern that a layer could hide an error in. */
function wave(shape: readonly number[]): Tensor<Float32Array> {
  const length = shape.reduce((product, size) => product * size, 1);
  return { shape, data: Float32Array.from({ length }, (_, index) => Math.sin(index * index)) };
}

function node(
  operator: OnnxNode['operator'],
  inputs: readonly string[],
  output: string,
  attributes: OnnxNode['attributes'] = {},
): OnnxNode {
  return { operator, name: output, inputs, outputs: [output], attributes };
}

function floats(name: string, shape: readonly number[]): OnnxValueInfo {
  return { name, elementType: 'float32', shape };
}

function constant(name: string, { shape, data }: Tensor<Float32Array>): OnnxInitializer {
  return { name, elementType: 'float32', shape, data: { kind: 'inline', bytes: bytesOf(data) } };
}

function wholeNumbers(name: string, values: readonly number[]): OnnxInitializer {
  const bytes = bytesOf(BigInt64Array.from(values, BigInt));
  return { name, elementType: 'int64', shape: [values.length], data: { kind: 'inline', bytes } };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | BigInt64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
