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
 * What matrix products and convolutions are computed in; the inputs and outputs of a graph are float32 all the same.
 *
 * - `float32`.
 * - `float16`: everything but the sums inside normalisations. For graphics cards; a CPU widens every operation.
 * - `int8`: weights as 8-bit integers with a scale for each output, inputs as 8-bit integers with the scale that their
 *   extremes at that moment ask for; attention, normalisations and the layers around them stay float32. For CPUs.
 */
export type Precision = 'float32' | 'float16' | 'int8';

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
