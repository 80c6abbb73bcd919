import type { Value } from '../onnx/graph-builder.js';
import type { LayerScope } from './layer-scope.js';
import { convolution, groupNorm, linear, silu } from './layers.js';

export interface ResidualBlockOptions {
  readonly inputs: number;
  readonly outputs: number;
  /** Of the two normalisations. */
  readonly groups: number;
  readonly epsilon: number;
  /** Told to the block between its convolutions; undefined = a block that knows no time. */
  readonly time?: TimeEmbedding | undefined;
}

export interface TimeEmbedding {
  /** `[batch, channels]`, after the activation. */
  readonly value: Value;
  readonly channels: number;
}

/**
 * `ResnetBlock2D` of diffusers: normalise, activate, convolve, twice, around a shortcut.
 * @param x `[batch, inputs, rows, columns]`
 * @returns `[batch, outputs, rows, columns]`
 */
export function residualBlock(scope: LayerScope, x: Value, options: ResidualBlockOptions): Value {
  const { inputs, outputs, groups, epsilon, time } = options;
  const { graph } = scope;
  const first = silu(scope, groupNorm(scope.child('norm1'), x, { channels: inputs, groups, epsilon }));
  const convolved = convolution(scope.child('conv1'), first, { inputs, outputs });
  const timed = time ? graph.node('Add', [convolved, timeBias(scope, time, outputs)]) : convolved;
  const second = silu(scope, groupNorm(scope.child('norm2'), timed, { channels: outputs, groups, epsilon }));
  const processed = convolution(scope.child('conv2'), second, { inputs: outputs, outputs });
  return graph.node('Add', [shortcut(scope, x, inputs, outputs), processed]);
}

/** @returns `[batch, outputs, 1, 1]` */
function timeBias(scope: LayerScope, time: TimeEmbedding, outputs: number): Value {
  const bias = linear(scope.child('time_emb_proj').withoutInt8(), time.value, {
    inputs: time.channels,
    outputs,
  });
  return scope.graph.node('Unsqueeze', [bias, scope.graph.integers([2, 3])]);
}

/** The input itself, or a projection of it when the block changes the number of channels. */
function shortcut(scope: LayerScope, x: Value, inputs: number, outputs: number): Value {
  if (inputs === outputs) return x;
  return convolution(scope.child('conv_shortcut'), x, { inputs, outputs, kernel: 1 });
}
