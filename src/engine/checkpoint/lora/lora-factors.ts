import type { TensorLocation, WeightDelta } from '../weight-source.js';
import { unusableLora } from './unusable-lora.js';

export type LoraFactors = Pick<WeightDelta, 'up' | 'down' | 'core'>;

/** A matrix, or a convolution over rows and columns. */
const RANKS: readonly number[] = [2, 4];
const DTYPES: readonly string[] = ['F32', 'F16', 'BF16'];

/**
 * Whether factors fit one another.
 * @param path of the LoRA, for messages
 * @returns the rank that the scale is divided by, which is that of `down`
 * @throws EngineError `model_corrupt`
 */
export function checkFactors({ up, down, core }: LoraFactors, path: string): number {
  for (const factor of [up, down, ...(core ? [core] : [])]) checkFactor(factor, path);
  const [rank = 0, ...inputs] = down.shape;
  const [, inner = 0, ...point] = up.shape;
  const isPoint = point.every((size) => size === 1);
  const meets = core
    ? core.shape.length === 4 && core.shape[0] === inner && core.shape[1] === rank && isMatrix(inputs)
    : inner === rank;
  if (!meets || !isPoint) {
    const shapes = [up, core, down].flatMap((factor) => (factor ? `[${factor.shape.join(', ')}]` : []));
    throw unusableLora(path, `the factors of "${up.name}", ${shapes.join(' and ')}, do not fit one another`);
  }
  return rank;
}

/**
 * Shape of the weight that factors change; a matrix also stands for a convolution of size 1, and the other way round.
 */
export function shapeOfProduct({ up, down, core }: LoraFactors): readonly number[] {
  const [outputs = 0] = up.shape;
  const [, inputs = 0, ...kernel] = down.shape;
  return [outputs, inputs, ...(core ? core.shape.slice(2) : kernel)];
}

/** True when two shapes differ at most in trailing kernels of size 1. */
export function isSameShape(a: readonly number[], b: readonly number[]): boolean {
  return withoutPoint(a).join() === withoutPoint(b).join();
}

function withoutPoint(shape: readonly number[]): readonly number[] {
  return shape.length === 4 && shape[2] === 1 && shape[3] === 1 ? shape.slice(0, 2) : shape;
}

/** @param inputs dimensions of `down` after the rank */
function isMatrix([, ...kernel]: readonly number[]): boolean {
  return kernel.every((size) => size === 1);
}

function checkFactor({ name, shape, dtype }: TensorLocation, path: string): void {
  if (!RANKS.includes(shape.length) || shape.includes(0)) {
    throw unusableLora(path, `its tensor "${name}" has the shape [${shape.join(', ')}]`);
  }
  if (!DTYPES.includes(dtype)) throw unusableLora(path, `its tensor "${name}" is of type ${dtype}`);
}
