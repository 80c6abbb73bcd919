/**
 * Layers as torch names them, in the forms that ONNX Runtime's CPU provider runs fastest. Each reads `weight` and
 * `bias` of its scope. Weights keep torch's layout: a linear layer's is `[outputs, inputs]`, a convolution's
 * `[outputs, inputs, rows, columns]`.
 */
import type { Value } from '../onnx/graph-builder.js';
import type { LayerScope } from './layer-scope.js';

export interface LinearOptions {
  readonly inputs: number;
  readonly outputs: number;
  /** @defaultValue true */
  readonly hasBias?: boolean;
}

/** @param x `[..., inputs]` @returns `[..., outputs]` */
export function linear(scope: LayerScope, x: Value, options: LinearOptions): Value {
  const { inputs, outputs, hasBias = true } = options;
  // The product takes the transposed weight as it lies in the file; a Transpose would copy it into memory.
  const product = scope.graph.node('FusedMatMul', [x, scope.weight('weight', [outputs, inputs])], {
    transB: 1,
  });
  return hasBias ? scope.graph.node('Add', [product, scope.weight('bias', [outputs])]) : product;
}

export interface ConvolutionOptions {
  readonly inputs: number;
  readonly outputs: number;
  /** Rows and columns of the kernel. @defaultValue 3 */
  readonly kernel?: number;
  /** @defaultValue 1 */
  readonly stride?: number;
  /** Zeros around the picture: top, left, bottom, right. @defaultValue what keeps the size at stride 1 */
  readonly pads?: readonly [number, number, number, number];
  /** @defaultValue true */
  readonly hasBias?: boolean;
}

/** @param x `[batch, inputs, rows, columns]` @returns `[batch, outputs, rows, columns]`, divided by the stride */
export function convolution(scope: LayerScope, x: Value, options: ConvolutionOptions): Value {
  const { inputs, outputs, kernel = 3, stride = 1, hasBias = true } = options;
  const margin = (kernel - 1) / 2;
  const { pads = [margin, margin, margin, margin] } = options;
  const weight = scope.weight('weight', [outputs, inputs, kernel, kernel]);
  const bias = hasBias ? [scope.weight('bias', [outputs])] : [];
  return scope.graph.node('Conv', [x, weight, ...bias], {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    pads,
  });
}

export interface NormOptions {
  readonly channels: number;
  readonly epsilon: number;
}

/** Over the last axis. @param x `[..., channels]` */
export function layerNorm(scope: LayerScope, x: Value, { channels, epsilon }: NormOptions): Value {
  const scale = scope.weight('weight', [channels]);
  return scope.graph.node('LayerNormalization', [x, scale, scope.weight('bias', [channels])], { epsilon });
}

/** @param x `[batch, channels, rows, columns]` */
export function groupNorm(
  scope: LayerScope,
  x: Value,
  options: NormOptions & { readonly groups: number },
): Value {
  const { channels, epsilon, groups } = options;
  const scale = scope.weight('weight', [channels]);
  const bias = scope.weight('bias', [channels]);
  return scope.graph.node('GroupNormalization', [x, scale, bias], { num_groups: groups, epsilon });
}

export function relu({ graph }: LayerScope, x: Value): Value {
  return graph.node('Relu', [x]);
}

/** x * sigmoid(x); the runtime makes one kernel of it. */
export function silu({ graph }: LayerScope, x: Value): Value {
  return graph.node('Mul', [x, graph.node('Sigmoid', [x])]);
}

/** x * sigmoid(1.702 x), CLIP's approximation of GELU. */
export function quickGelu({ graph }: LayerScope, x: Value): Value {
  return graph.node('Mul', [x, graph.node('Sigmoid', [graph.node('Mul', [x, graph.floats([1.702], [])])])]);
}

/** x * Phi(x), by the error function. */
export function gelu({ graph }: LayerScope, x: Value): Value {
  return graph.node('Gelu', [x]);
}

export interface AttentionOptions {
  readonly heads: number;
  /** True = a row sees itself and the rows before it. @defaultValue false */
  readonly isCausal?: boolean;
}

/**
 * softmax(q k^T / sqrt(channels per head)) v, head by head, never holding all the scores at once.
 * @param query `[batch, rows, channels]`
 * @param key `[batch, other rows, channels]`, as `value`
 * @returns `[batch, rows, channels]`
 */
export function attention(
  { graph }: LayerScope,
  query: Value,
  key: Value,
  value: Value,
  { heads, isCausal = false }: AttentionOptions,
): Value {
  const attributes = { num_heads: heads, unidirectional: isCausal ? 1 : 0 };
  return graph.node('MultiHeadAttention', [query, key, value], attributes);
}

/** `[batch, channels, rows, columns]` to `[batch, rows * columns, channels]`. */
export function pixelsToRows({ graph }: LayerScope, x: Value, channels: number): Value {
  const flat = graph.node('Reshape', [x, graph.integers([0, channels, -1])]);
  return graph.node('Transpose', [flat], { perm: [0, 2, 1] });
}

/** The way back; `like` has the shape to restore. */
export function rowsToPixels({ graph }: LayerScope, x: Value, like: Value): Value {
  const flat = graph.node('Transpose', [x], { perm: [0, 2, 1] });
  return graph.node('Reshape', [flat, graph.node('Shape', [like])]);
}

/** Repeats pixels until the picture is twice as large. */
export function doubleSize({ graph }: LayerScope, x: Value): Value {
  return graph.node('Resize', [x, undefined, graph.floats([1, 1, 2, 2])], NEAREST);
}

/** Repeats pixels until the picture is as large as `like`, as torch's `interpolate` does. */
export function resizeLike({ graph }: LayerScope, x: Value, like: Value): Value {
  const kept = graph.node('Shape', [x], { start: 0, end: 2 });
  const wanted = graph.node('Shape', [like], { start: 2, end: 4 });
  const sizes = graph.node('Concat', [kept, wanted], { axis: 0 });
  return graph.node('Resize', [x, undefined, undefined, sizes], NEAREST);
}

const NEAREST = {
  mode: 'nearest',
  nearest_mode: 'floor',
  coordinate_transformation_mode: 'asymmetric',
} as const;
