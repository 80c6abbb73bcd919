/**
 * CLIP's text encoder (Radford et al. 2021) as transformers' `CLIPTextModel` has it: a causal transformer with the
 * normalisation before each part.
 */
import { z } from 'zod';

import { EngineError } from '../../errors.js';
import { GraphBuilder } from '../onnx/graph-builder.js';
import type { Value } from '../onnx/graph-builder.js';
import type { WeightSource } from '../weight-source.js';
import { attention } from './attention.js';
import type { GraphOptions } from './graph-options.js';
import { LayerScope } from './layer-scope.js';
import { gelu, layerNorm, linear, quickGelu } from './layers.js';

const size = z.int().min(1).max(65_536);

/** `text_encoder/config.json`; settings left out have transformers' defaults. */
export const clipTextConfigSchema = z
  .object({
    vocab_size: z.int().min(1).max(10_000_000).default(49_408),
    hidden_size: size.default(512),
    intermediate_size: size.default(2048),
    num_hidden_layers: z.int().min(1).max(256).default(12),
    num_attention_heads: size.default(8),
    max_position_embeddings: size.default(77),
    hidden_act: z.enum(['quick_gelu', 'gelu']).default('quick_gelu'),
    layer_norm_eps: z.number().positive().default(1e-5),
  })
  .refine((config) => config.hidden_size % config.num_attention_heads === 0, {
    path: ['num_attention_heads'],
  });

export type ClipTextConfig = z.infer<typeof clipTextConfigSchema>;

export interface ClipTextOptions extends GraphOptions {
  /** Layers left out at the end, as `clip_skip` of diffusers: 1 = listen to the last but one. @defaultValue 0 */
  readonly clipSkip?: number;
}

/**
 * Input `input_ids` `[batch, max_position_embeddings]` int64, output `last_hidden_state`
 * `[batch, max_position_embeddings, hidden_size]` after the last normalisation.
 *
 * @returns an ONNX model
 * @throws EngineError `model_corrupt` when the weights are not those of the configuration, `invalid_request` when
 * no layer would be left
 */
export function clipTextGraph(
  config: ClipTextConfig,
  weights: WeightSource,
  { clipSkip = 0, ...options }: ClipTextOptions = {},
): Uint8Array {
  const graph = new GraphBuilder('text_encoder', weights);
  const scope = new LayerScope(graph, 'text_model', options);
  const layerCount = config.num_hidden_layers - clipSkip;
  if (!Number.isInteger(clipSkip) || clipSkip < 0 || layerCount < 1) {
    const message = `clipSkip must be from 0 to ${config.num_hidden_layers - 1} for this text encoder, got ${clipSkip}.`;
    throw new EngineError('invalid_request', message);
  }
  const shape = ['batch', config.max_position_embeddings];
  let hidden = embed(scope.child('embeddings'), graph.input('input_ids', 'int64', shape), config);
  for (let layer = 0; layer < layerCount; layer++) {
    hidden = encoderLayer(scope.child(`encoder.layers.${layer}`), hidden, config);
  }
  const normed = norm(scope.child('final_layer_norm'), hidden, config);
  graph.output('last_hidden_state', scope.asFloat32(normed), [...shape, config.hidden_size]);
  return graph.build();
}

/** @param ids `[batch, positions]` @returns `[batch, positions, hidden_size]` */
function embed(scope: LayerScope, ids: Value, config: ClipTextConfig): Value {
  const { vocab_size: vocabSize, hidden_size: width, max_position_embeddings: positions } = config;
  // Rows are picked before they are widened: the table is the largest tensor by far.
  const table = scope.storedWeight('token_embedding.weight', [vocabSize, width]);
  const tokens = scope.asComputed(scope.graph.asFloat32(scope.graph.node('Gather', [table, ids])));
  return scope.graph.node('Add', [tokens, scope.weight('position_embedding.weight', [positions, width])]);
}

function encoderLayer(scope: LayerScope, x: Value, config: ClipTextConfig): Value {
  const attended = selfAttention(
    scope.child('self_attn'),
    norm(scope.child('layer_norm1'), x, config),
    config,
  );
  const hidden = scope.graph.node('Add', [x, attended]);
  const processed = perceptron(scope.child('mlp'), norm(scope.child('layer_norm2'), hidden, config), config);
  return scope.graph.node('Add', [hidden, processed]);
}

function selfAttention(scope: LayerScope, x: Value, config: ClipTextConfig): Value {
  const { hidden_size: channels, num_attention_heads: heads } = config;
  const square = { inputs: channels, outputs: channels };
  const [query, key, value] = [
    linear(scope.child('q_proj'), x, square),
    linear(scope.child('k_proj'), x, square),
    linear(scope.child('v_proj'), x, square),
  ] as const;
  const attended = attention(scope, query, key, value, { channels, heads, isCausal: true });
  return linear(scope.child('out_proj'), attended, square);
}

function perceptron(scope: LayerScope, x: Value, config: ClipTextConfig): Value {
  const { hidden_size: width, intermediate_size: inner } = config;
  const hidden = linear(scope.child('fc1'), x, { inputs: width, outputs: inner });
  const active = config.hidden_act === 'gelu' ? gelu(scope, hidden) : quickGelu(scope, hidden);
  return linear(scope.child('fc2'), active, { inputs: inner, outputs: width });
}

function norm(scope: LayerScope, x: Value, config: ClipTextConfig): Value {
  return layerNorm(scope, x, { channels: config.hidden_size, epsilon: config.layer_norm_eps });
}
