/**
 * Layers as torch names them, in the forms that ONNX Runtime's CPU provider runs fastest. Each reads `weight` and
 * `bias` of its scope. Weights keep torch's layout: a linear layer's is `[outputs, inputs]`, a convolution's
 * `[outputs, inputs, rows, columns]`.
 */
import type { Value } from '../onnx/graph-builder.js';
import { int8Convolution, int8Linear } from './int8-layers.js';
import type { LayerScope } from './layer-scope.js';

/**
 * The layers at a network's ends have fewer, and its picture in them: they stay float32. So do convolutions of size 1,
 * which mostly see sums that were never normalised: their outliers made up 40 % of the error, for 8 % of the time saved.
 */
const MIN_INT8_CHANNELS = 16;

export interface LinearOptions {
  readonly inputs: number;
  readonly outputs: number;
  /** @defaultValue true */
  readonly hasBias?: boolean;
}

/** @param x `[..., inputs]` @returns `[..., outputs]` */
export function linear(scope: LayerScope, x: Value, options: LinearOptions): Value {
  const { inputs, outputs, hasBias = true } = options;
  const weight = scope.weight('weight', [outputs, inputs]);
  const bias = hasBias ? scope.weight('bias', [outputs]) : undefined;
  if (scope.options.precision === 'int8') return int8Linear(scope, x, weight, bias);
  const product = productOf(scope, x, weight);
  return bias ? scope.graph.node('Add', [product, bias]) : product;
}

/** @param weight `[outputs, inputs]` */
function productOf({ graph, options }: LayerScope, x: Value, weight: Value): Value {
  // It takes the transposed weight as it lies in the file; a Transpose copies it into memory when the session loads.
  if (options.target === 'cpu') return graph.node('FusedMatMul', [x, weight], { transB: 1 });
  return graph.node('MatMul', [x, graph.node('Transpose', [weight], { perm: [1, 0] })]);
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
  const { pads: margins = [margin, margin, margin, margin] } = options;
  const weight = scope.weight('weight', [outputs, inputs, kernel, kernel]);
  const bias = hasBias ? scope.weight('bias', [outputs]) : undefined;
  const { picture, pads } = scope.options.circular
    ? wrapped(scope, x, margins)
    : { picture: x, pads: margins };
  const isSensitive = kernel === 1 || Math.min(inputs, outputs) < MIN_INT8_CHANNELS;
  if (scope.options.precision === 'int8' && !isSensitive) {
    return int8Convolution(scope, picture, weight, bias, { inputs, outputs, kernel, stride, pads });
  }
  return scope.graph.node('Conv', bias ? [picture, weight, bias] : [picture, weight], {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    pads,
  });
}

type Pads = NonNullable<ConvolutionOptions['pads']>;

/** The columns of the left margin put before the picture from its right edge, and the other way round. */
function wrapped(
  { graph }: LayerScope,
  x: Value,
  [top, left, bottom, right]: Pads,
): { readonly picture: Value; readonly pads: Pads } {
  const columns = (from: number, to: number): Value =>
    graph.node('Slice', [x, graph.integers([from]), graph.integers([to]), graph.integers([3])]);
  const before = left > 0 ? [columns(-left, Number.MAX_SAFE_INTEGER)] : [];
  const after = right > 0 ? [columns(0, right)] : [];
  const parts = [...before, x, ...after];
  const picture = parts.length > 1 ? graph.node('Concat', parts, { axis: 3 }) : x;
  return { picture, pads: [top, 0, bottom, 0] };
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

/**
 * Written as one instance normalisation of groups: ONNX Runtime takes its own operator for it apart into twenty nodes,
 * which take half as long again.
 *
 * @param x `[batch, channels, rows, columns]`
 */
export function groupNorm(
  scope: LayerScope,
  x: Value,
  options: NormOptions & { readonly groups: number },
): Value {
  const { channels, epsilon, groups } = options;
  const { graph } = scope;
  const perChannel = (name: string): Value =>
    graph.node('Reshape', [scope.weight(name, [channels]), graph.integers([channels, 1, 1])]);
  const perGroup = (value: number): Value =>
    scope.asComputed(graph.floats(Array.from({ length: groups }, () => value)));
  const grouped = graph.node('Reshape', [x, graph.integers([0, groups, -1])]);
  const normed = graph.node('InstanceNormalization', [grouped, perGroup(1), perGroup(0)], { epsilon });
  const picture = graph.node('Reshape', [normed, graph.node('Shape', [x])]);
  return graph.node('Add', [graph.node('Mul', [picture, perChannel('weight')]), perChannel('bias')]);
}

export function relu({ graph }: LayerScope, x: Value): Value {
  return graph.node('Relu', [x]);
}

/** x * sigmoid(x); the runtime makes one kernel of it. */
export function silu({ graph }: LayerScope, x: Value): Value {
  return graph.node('Mul', [x, graph.node('Sigmoid', [x])]);
}

/** x * sigmoid(1.702 x), CLIP's approximation of GELU. */
export function quickGelu(scope: LayerScope, x: Value): Value {
  const { graph } = scope;
  return graph.node('Mul', [
    x,
    graph.node('Sigmoid', [graph.node('Mul', [x, scope.asComputed(graph.floats([1.702], []))])]),
  ]);
}

/** x * Phi(x), by the error function. */
export function gelu({ graph }: LayerScope, x: Value): Value {
  return graph.node('Gelu', [x]);
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
