/**
 * Matrix products and convolutions of 8-bit integers, for CPUs. Inputs are quantised when they are there, by their own
 * extremes, so that nothing needs to be calibrated; results are float32. Weights are quantised output by output when
 * the session loads, from constants alone.
 */
import type { GraphBuilder, Value } from '../onnx/graph-builder.js';
import type { LayerScope } from './layer-scope.js';

/** Symmetric: -128 is not used. */
const LARGEST = 127;
/** In the place of a scale of 0, which an output of zeros alone would have. */
const SMALLEST_SCALE = 1e-20;
const INT8 = 3;

/**
 * @param x `[..., inputs]`
 * @param weight `[outputs, inputs]`
 * @param bias `[outputs]`
 * @returns `[..., outputs]`
 */
export function int8Linear(scope: LayerScope, x: Value, weight: Value, bias: Value | undefined): Value {
  const { graph } = scope;
  const { values, scales } = quantizedWeight(graph, weight, [1]);
  const columns = graph.node('Transpose', [values], { perm: [1, 0] });
  return multiply(graph, quantized(graph, x), { values: columns, scales }, bias);
}

export interface Int8ConvolutionOptions {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride: number;
  /** Top, left, bottom, right. */
  readonly pads: readonly [number, number, number, number];
}

/**
 * As a product of matrices: a row for every pixel, of what its kernel sees. The runtime's own convolution of integers
 * would need to know beforehand how large the results will be.
 *
 * @param x `[batch, inputs, rows, columns]`
 * @param weight `[outputs, inputs, kernel, kernel]`
 * @param bias `[outputs]`
 * @returns `[batch, outputs, rows, columns]`, divided by the stride
 */
export function int8Convolution(
  scope: LayerScope,
  x: Value,
  weight: Value,
  bias: Value | undefined,
  options: Int8ConvolutionOptions,
): Value {
  const { inputs, outputs, kernel } = options;
  const { graph } = scope;
  const { values, ...range } = quantized(graph, x);
  const pixels = graph.node('Transpose', [values], { perm: [0, 2, 3, 1] });
  const patches = patchesOf(graph, pixels, range.zeroPoint, options);
  const { values: weights, scales } = quantizedWeight(graph, weight, [1, 2, 3]);
  const byKernel = graph.node('Transpose', [weights], { perm: [2, 3, 1, 0] });
  const columns = graph.node('Reshape', [byKernel, graph.integers([kernel * kernel * inputs, outputs])]);
  const product = multiply(graph, { values: patches, ...range }, { values: columns, scales }, bias);
  return graph.node('Transpose', [product], { perm: [0, 3, 1, 2] });
}

/** real = (values - zeroPoint) * scale */
interface Quantized {
  readonly values: Value;
  readonly scale: Value;
  readonly zeroPoint: Value;
}

/** Layers that hear the same quantise it once: the runtime merges equal nodes. */
function quantized(graph: GraphBuilder, x: Value): Quantized {
  const [values, scale, zeroPoint] = graph.nodeOfThree('DynamicQuantizeLinear', [x]);
  return { values, scale, zeroPoint };
}

/** real = values * scales, with a scale for each output */
interface QuantizedWeight {
  readonly values: Value;
  readonly scales: Value;
}

/** Of constants alone. Quantised before it is transposed, so that little memory is needed for it at a time. */
function quantizedWeight(graph: GraphBuilder, weight: Value, inputAxes: readonly number[]): QuantizedWeight {
  const axes = graph.integers(inputAxes);
  const largest = graph.node('ReduceMax', [weight, axes], { keepdims: 0 });
  const smallest = graph.node('ReduceMin', [weight, axes], { keepdims: 0 });
  const extremes = graph.node('Max', [graph.node('Abs', [largest]), graph.node('Abs', [smallest])]);
  const steps = graph.node('Mul', [extremes, graph.floats([1 / LARGEST], [])]);
  const scales = graph.node('Max', [steps, graph.floats([SMALLEST_SCALE], [])]);
  const values = graph.node('QuantizeLinear', [weight, scales], { axis: 0, output_dtype: INT8 });
  return { values, scales };
}

/** @param columns `[inputs, outputs]` */
function multiply(
  graph: GraphBuilder,
  { values, scale, zeroPoint }: Quantized,
  columns: QuantizedWeight,
  bias: Value | undefined,
): Value {
  const inputs = [values, columns.values, scale, columns.scales, zeroPoint, undefined, bias];
  return graph.node('MatMulIntegerToFloat', inputs);
}

/** @param pixels `[batch, rows, columns, inputs]` @returns `[batch, rows, columns, kernel * kernel * inputs]` */
function patchesOf(
  graph: GraphBuilder,
  pixels: Value,
  zeroPoint: Value,
  { kernel, stride, pads: [top, left, bottom, right] }: Int8ConvolutionOptions,
): Value {
  const margins = graph.integers([0, top, left, 0, 0, bottom, right, 0]);
  const padded = graph.node('Pad', [pixels, margins, zeroPoint]);
  const offsets = Array.from({ length: kernel }, (_, index) => index);
  const shifted = offsets.flatMap((row) =>
    offsets.map((column) =>
      graph.node('Slice', [
        padded,
        graph.integers([row, column]),
        graph.integers([endOf(row, kernel), endOf(column, kernel)]),
        graph.integers([1, 2]),
        graph.integers([stride, stride]),
      ]),
    ),
  );
  return graph.node('Concat', shifted, { axis: 3 });
}

/** As many elements before the end as the kernel reaches beyond the offset; beyond all ends = at the end. */
function endOf(offset: number, kernel: number): number {
  const beyond = kernel - 1 - offset;
  return beyond === 0 ? Number.MAX_SAFE_INTEGER : -beyond;
}
