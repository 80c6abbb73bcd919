import type { Value } from '../onnx/graph-builder.js';
import type { LayerScope } from './layer-scope.js';
import { linear, silu } from './layers.js';

export interface TimestepEmbeddingOptions {
  /** Sines and cosines together; even. */
  readonly waves: number;
  /** Of the embedding. */
  readonly channels: number;
  /** True = cosines first. */
  readonly flipSinToCos: boolean;
  readonly freqShift: number;
}

/** The slowest wave's period, as in "Attention is all you need". */
const MAX_PERIOD = 10_000;

/**
 * Sinusoids of the time, then `TimestepEmbedding` of diffusers.
 * @param timestep `[batch]`
 * @returns `[batch, channels]`
 */
export function timestepEmbedding(
  scope: LayerScope,
  timestep: Value,
  options: TimestepEmbeddingOptions,
): Value {
  const { waves, channels } = options;
  const sinusoids = scope.asComputed(timestepSinusoids(scope, timestep, options));
  const hidden = silu(
    scope,
    linear(scope.child('linear_1'), sinusoids, { inputs: waves, outputs: channels }),
  );
  return linear(scope.child('linear_2'), hidden, { inputs: channels, outputs: channels });
}

/** @returns `[batch, waves]` */
function timestepSinusoids(
  { graph }: LayerScope,
  timestep: Value,
  { waves, flipSinToCos, freqShift }: TimestepEmbeddingOptions,
): Value {
  const half = waves / 2;
  const frequencies = Array.from({ length: half }, (_, i) => MAX_PERIOD ** (-i / (half - freqShift)));
  const column = graph.node('Unsqueeze', [timestep, graph.integers([1])]);
  const phases = graph.node('Mul', [column, graph.floats(frequencies, [1, half])]);
  const [sines, cosines] = [graph.node('Sin', [phases]), graph.node('Cos', [phases])] as const;
  return graph.node('Concat', flipSinToCos ? [cosines, sines] : [sines, cosines], { axis: 1 });
}
