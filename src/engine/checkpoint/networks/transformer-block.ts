import type { Value } from '../onnx/graph-builder.js';
import { attention } from './attention.js';
import type { LayerScope } from './layer-scope.js';
import { convolution, gelu, groupNorm, layerNorm, linear, pixelsToRows, rowsToPixels } from './layers.js';

export interface TransformerOptions {
  readonly channels: number;
  readonly heads: number;
  /** Transformer blocks, one after the other. */
  readonly layers: number;
  /** Of the normalisation before the projection. */
  readonly groups: number;
  /** True = the projections in and out are linear layers (2.x), false = convolutions of size 1 (1.x). */
  readonly useLinearProjection: boolean;
  /** What the pixels listen to. */
  readonly context: Context;
}

export interface Context {
  /** `[batch, tokens, channels]`. */
  readonly value: Value;
  readonly channels: number;
}

const GROUP_NORM_EPSILON = 1e-6;
const LAYER_NORM_EPSILON = 1e-5;
/** The feed-forward part is wider than its input by this. */
const EXPANSION = 4;

/**
 * `Transformer2DModel` of diffusers: pixels attend to one another and to the text.
 * @param x `[batch, channels, rows, columns]`
 * @returns the same shape
 */
export function transformer(scope: LayerScope, x: Value, options: TransformerOptions): Value {
  const { channels, groups, layers } = options;
  const normed = groupNorm(scope.child('norm'), x, { channels, groups, epsilon: GROUP_NORM_EPSILON });
  let rows = projectIn(scope, normed, options);
  for (let layer = 0; layer < layers; layer++) {
    rows = transformerBlock(scope.child(`transformer_blocks.${layer}`), rows, options);
  }
  return scope.graph.node('Add', [projectOut(scope, rows, x, options), x]);
}

function projectIn(
  scope: LayerScope,
  x: Value,
  { channels, useLinearProjection }: TransformerOptions,
): Value {
  const square = { inputs: channels, outputs: channels };
  const projection = scope.child('proj_in');
  if (useLinearProjection) return linear(projection, pixelsToRows(scope, x, channels), square);
  return pixelsToRows(scope, convolution(projection, x, { ...square, kernel: 1 }), channels);
}

/** @param like has the shape of the result */
function projectOut(scope: LayerScope, rows: Value, like: Value, options: TransformerOptions): Value {
  const square = { inputs: options.channels, outputs: options.channels };
  const projection = scope.child('proj_out');
  if (options.useLinearProjection) return rowsToPixels(scope, linear(projection, rows, square), like);
  return convolution(projection, rowsToPixels(scope, rows, like), { ...square, kernel: 1 });
}

/** @param x `[batch, pixels, channels]` */
function transformerBlock(scope: LayerScope, x: Value, options: TransformerOptions): Value {
  const { graph } = scope;
  const { channels, heads, context } = options;
  const norm = (name: string, value: Value): Value =>
    layerNorm(scope.child(name), value, { channels, epsilon: LAYER_NORM_EPSILON });
  const normed = norm('norm1', x);
  const seen = graph.node('Add', [
    crossAttention(scope.child('attn1'), normed, { value: normed, channels }, { channels, heads }),
    x,
  ]);
  const heard = graph.node('Add', [
    crossAttention(scope.child('attn2'), norm('norm2', seen), context, { channels, heads }),
    seen,
  ]);
  return graph.node('Add', [feedForward(scope.child('ff'), norm('norm3', heard), channels), heard]);
}

interface CrossAttentionOptions {
  readonly channels: number;
  readonly heads: number;
}

function crossAttention(
  scope: LayerScope,
  x: Value,
  context: Context,
  { channels, heads }: CrossAttentionOptions,
): Value {
  const fromContext = { inputs: context.channels, outputs: channels, hasBias: false };
  const query = linear(scope.child('to_q'), x, { inputs: channels, outputs: channels, hasBias: false });
  const key = linear(scope.child('to_k'), context.value, fromContext);
  const value = linear(scope.child('to_v'), context.value, fromContext);
  const attended = attention(scope, query, key, value, { channels, heads });
  return linear(scope.child('to_out.0'), attended, { inputs: channels, outputs: channels });
}

/** GEGLU (Shazeer 2020), then a linear layer. */
function feedForward(scope: LayerScope, x: Value, channels: number): Value {
  const inner = EXPANSION * channels;
  const both = linear(scope.child('net.0.proj'), x, { inputs: channels, outputs: 2 * inner });
  const [signal, gate] = scope.graph.halves(both, -1);
  const gated = scope.graph.node('Mul', [signal, gelu(scope, gate)]);
  return linear(scope.child('net.2'), gated, { inputs: inner, outputs: channels });
}
