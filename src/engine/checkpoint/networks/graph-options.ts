import type { Precision } from '../../limits.js';

/** How the graph of a network is written, whatever the network. */
export interface GraphOptions {
  /** @defaultValue 'float32' */
  readonly precision?: Precision;
  /**
   * True = the left and the right edge of a picture are neighbours, for sounds that repeat without a seam: convolutions
   * read on across the edge instead of zeros.
   * @defaultValue false
   */
  readonly circular?: boolean;
  /** What the graph is to run on, which not all know the same operators. @defaultValue 'cpu' */
  readonly target?: GraphTarget;
}

/**
 * - `cpu`: operators that ONNX Runtime has for CPUs only, where they are faster.
 * - `gpu`: those that its providers for graphics cards have; others would run on the CPU, and all data with them go there
 *   and back.
 * - `portable`: those of the ONNX standard alone. Attention then holds all its scores, which takes more memory and time,
 *   but comes out right on drivers that the runtime's own attention comes out wrong on.
 */
export type GraphTarget = 'cpu' | 'gpu' | 'portable';

export const DEFAULT_GRAPH_OPTIONS: Required<GraphOptions> = {
  precision: 'float32',
  circular: false,
  target: 'cpu',
};
