/**
 * What an execution provider is worth: its numbers must be those of the CPU, and it must be known how fast it makes
 * them. Both matter: on some drivers attention comes out wrong, and those that draw with the processor are many times
 * slower than it.
 */
import type { GraphTarget } from '../checkpoint/networks/graph-options.js';
import type { ExecutionProvider } from './execution-provider.js';
import { floatOutput } from './inference-session.js';
import { OnnxSession } from './onnx-session.js';
import { convolutionNetwork, layersNetwork } from './self-test-networks.js';

export interface SelfTestResult {
  /** What the layers make. */
  readonly numbers: Float32Array;
  /** For the large convolution. */
  readonly milliseconds: number;
}

export type Verdict =
  | { readonly state: 'works'; readonly speedup: number }
  | { readonly state: 'miscalculates'; readonly relativeError: number };

/** Of the largest number. Sums in half precision or TF32 stay well below. */
const RELATIVE_TOLERANCE = 0.005;

export function judge(own: SelfTestResult, onCpu: SelfTestResult): Verdict {
  const relativeError = maxRelativeError(own.numbers, onCpu.numbers);
  // NaN is not within the tolerance either.
  if (!(relativeError <= RELATIVE_TOLERANCE)) return { state: 'miscalculates', relativeError };
  return { state: 'works', speedup: onCpu.milliseconds / own.milliseconds };
}

/** @param target how the layers are written. @throws Error when the provider does not start */
export async function takeSelfTest(
  provider: ExecutionProvider,
  target: GraphTarget,
): Promise<SelfTestResult> {
  return { numbers: await numbersOf(provider, target), milliseconds: await millisecondsOf(provider) };
}

const TIMED_RUNS = 3;

async function numbersOf(provider: ExecutionProvider, target: GraphTarget): Promise<Float32Array> {
  const { model, feeds } = layersNetwork(target);
  const session = await OnnxSession.create(model, { executionProvider: provider });
  const outputs = await session.run(feeds);
  await session.dispose();
  return floatOutput(outputs, 'y').data;
}

/** The shortest of several runs after a first one, in which kernels may be compiled. */
async function millisecondsOf(provider: ExecutionProvider): Promise<number> {
  const { model, feeds } = convolutionNetwork();
  const session = await OnnxSession.create(model, { executionProvider: provider });
  await session.run(feeds);
  let shortest = Infinity;
  for (let run = 0; run < TIMED_RUNS; run++) {
    const startedAt = performance.now();
    await session.run(feeds);
    shortest = Math.min(shortest, performance.now() - startedAt);
  }
  await session.dispose();
  return shortest;
}

function maxRelativeError(actual: Float32Array, expected: Float32Array): number {
  const largest = maximum(expected.map(Math.abs));
  return maximum(expected.map((value, index) => Math.abs(value - (actual[index] ?? NaN)))) / largest;
}

/** NaN when there is one. */
function maximum(values: Float32Array): number {
  return values.reduce((largest, value) => Math.max(largest, value), 0);
}
