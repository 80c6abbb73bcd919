/**
 * The operators that our graphs use, with the kinds of their attributes. Each runs on ONNX Runtime's CPU provider.
 * Definitions: https://onnx.ai/onnx/operators (version 21 of the operator set) and, for the domain `com.microsoft`,
 * ONNX Runtime's ContribOperators.md.
 */

export type AttributeKind = 'int' | 'float' | 'string' | 'ints';

interface OperatorSignature {
  /** @defaultValue the standard's */
  readonly domain?: string;
  readonly attributes: Readonly<Record<string, AttributeKind>>;
}

export const OPERATOR_SET_VERSION = 21;
export const CONTRIB_DOMAIN = 'com.microsoft';

export const OPERATORS = {
  Abs: { attributes: {} },
  Add: { attributes: {} },
  Cast: { attributes: { to: 'int' } },
  Clip: { attributes: {} },
  Concat: { attributes: { axis: 'int' } },
  Conv: { attributes: { kernel_shape: 'ints', strides: 'ints', pads: 'ints' } },
  Cos: { attributes: {} },
  DynamicQuantizeLinear: { attributes: {} },
  Einsum: { attributes: { equation: 'string' } },
  Expand: { attributes: {} },
  FusedMatMul: { domain: CONTRIB_DOMAIN, attributes: { transB: 'int' } },
  Gather: { attributes: {} },
  Gelu: { attributes: {} },
  Gemm: { attributes: { alpha: 'float' } },
  GroupNormalization: { attributes: { num_groups: 'int', epsilon: 'float' } },
  Identity: { attributes: {} },
  InstanceNormalization: { attributes: { epsilon: 'float' } },
  LayerNormalization: { attributes: { epsilon: 'float' } },
  MatMul: { attributes: {} },
  MatMulIntegerToFloat: { domain: CONTRIB_DOMAIN, attributes: {} },
  Max: { attributes: {} },
  Mul: { attributes: {} },
  MultiHeadAttention: { domain: CONTRIB_DOMAIN, attributes: { num_heads: 'int', unidirectional: 'int' } },
  Pad: { attributes: { mode: 'string' } },
  QuantizeLinear: { attributes: { axis: 'int', output_dtype: 'int' } },
  ReduceMax: { attributes: { keepdims: 'int' } },
  ReduceMin: { attributes: { keepdims: 'int' } },
  Relu: { attributes: {} },
  Reshape: { attributes: {} },
  Resize: {
    attributes: { mode: 'string', nearest_mode: 'string', coordinate_transformation_mode: 'string' },
  },
  Shape: { attributes: { start: 'int', end: 'int' } },
  Sigmoid: { attributes: {} },
  Sin: { attributes: {} },
  Slice: { attributes: {} },
  Softmax: { attributes: { axis: 'int' } },
  Split: { attributes: { axis: 'int', num_outputs: 'int' } },
  Tanh: { attributes: {} },
  Transpose: { attributes: { perm: 'ints' } },
  Trilu: { attributes: { upper: 'int' } },
  Unsqueeze: { attributes: {} },
} as const satisfies Record<string, OperatorSignature>;

export type Operator = keyof typeof OPERATORS;

interface AttributeTypes {
  readonly int: number;
  readonly float: number;
  readonly string: string;
  readonly ints: readonly number[];
}

/** Attributes that an operator takes; those left out have the standard's defaults. */
export type Attributes<Op extends Operator> = {
  readonly [
    Name in keyof (typeof OPERATORS)[Op]['attributes']
  ]?: (typeof OPERATORS)[Op]['attributes'][Name] extends infer Kind extends AttributeKind
    ? AttributeTypes[Kind]
    : never;
};

export type AttributeValue = AttributeTypes[AttributeKind];

export function operatorSignature(operator: Operator): OperatorSignature {
  return OPERATORS[operator];
}
