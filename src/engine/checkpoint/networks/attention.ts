import type { Value } from '../onnx/graph-builder.js';
import type { LayerScope } from './layer-scope.js';

export interface AttentionOptions {
  /** Of query, key and value. */
  readonly channels: number;
  readonly heads: number;
  /** True = a row sees itself and the rows before it. @defaultValue false */
  readonly isCausal?: boolean;
}

/**
 * softmax(q k^T / sqrt(channels per head)) v, head by head.
 * @param query `[batch, rows, channels]`
 * @param key `[batch, other rows, channels]`, as `value`
 * @returns `[batch, rows, channels]`
 */
export function attention(
  scope: LayerScope,
  query: Value,
  key: Value,
  value: Value,
  options: AttentionOptions,
): Value {
  if (scope.options.target === 'portable') return attentionOfProducts(scope, query, key, value, options);
  const { heads, isCausal = false } = options;
  const attributes = { num_heads: heads, unidirectional: isCausal ? 1 : 0 };
  // It never holds all the scores at once.
  return scope.graph.node('MultiHeadAttention', [query, key, value], attributes);
}

/** Holds all the scores, `[batch, heads, rows, other rows]`. */
function attentionOfProducts(
  scope: LayerScope,
  query: Value,
  key: Value,
  value: Value,
  { channels, heads, isCausal = false }: AttentionOptions,
): Value {
  const { graph } = scope;
  const split = (x: Value, perm: readonly number[]): Value =>
    graph.node('Transpose', [graph.node('Reshape', [x, graph.integers([0, 0, heads, -1])])], { perm });
  const scale = scope.asComputed(graph.floats([Math.sqrt(heads / channels)], []));
  const scaled = graph.node('Mul', [split(query, [0, 2, 1, 3]), scale]);
  const scores = graph.node('MatMul', [scaled, split(key, [0, 2, 3, 1])]);
  const weights = graph.node('Softmax', [isCausal ? masked(scope, scores) : scores], { axis: -1 });
  const attended = graph.node('MatMul', [weights, split(value, [0, 2, 1, 3])]);
  const rows = graph.node('Transpose', [attended], { perm: [0, 2, 1, 3] });
  return graph.node('Reshape', [rows, graph.integers([0, 0, channels])]);
}

/** Enough to leave nothing of a score, within the range of half precision. */
const FAR_BELOW = -30_000;

/** @param scores `[batch, heads, rows, rows]` */
function masked(scope: LayerScope, scores: Value): Value {
  const { graph } = scope;
  const size = graph.node('Shape', [scores], { start: 2, end: 4 });
  const everywhere = graph.node('Expand', [graph.floats([FAR_BELOW], []), size]);
  // Keeps what lies above the diagonal.
  const mask = graph.node('Trilu', [everywhere, graph.integers([1], [])], { upper: 1 });
  return graph.node('Add', [scores, scope.asComputed(mask)]);
}
