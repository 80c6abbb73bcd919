/** Times and sigmas of a model whose samples are `data + sigma * noise`, each as a function of the other. */
import type { NoiseLevel } from './schedule.js';
import { withFiniteLambda } from './training-noise.js';

const KARRAS_RHO = 7;

export class SigmaTable {
  /** Sigma at each training time, rising. */
  readonly #sigmas: readonly number[];

  constructor(training: readonly NoiseLevel[]) {
    this.#sigmas = training.map(withFiniteLambda).map(({ alpha, sigma }) => sigma / alpha);
  }

  /** @param timestep may be fractional: between two times the sigmas are joined by a straight line */
  sigmaAt(timestep: number): number {
    const before = Math.floor(timestep);
    const [low, high] = [this.#at(before), this.#at(before + 1)];
    return low + (high - low) * (timestep - before);
  }

  /** Fractional; here the logarithms of the sigmas are joined by straight lines, as in Karras's code. */
  timestepOf(sigma: number): number {
    const after = this.#sigmas.findIndex((candidate) => candidate > sigma);
    if (after === 0) return 0;
    if (after < 0) return this.#sigmas.length - 1;
    const [low, high] = [Math.log(this.#at(after - 1)), Math.log(this.#at(after))];
    return after - 1 + (Math.log(sigma) - low) / (high - low);
  }

  #at(index: number): number {
    return this.#sigmas[Math.min(index, this.#sigmas.length - 1)] ?? NaN;
  }
}

/** Falling from one sigma to the other, with more of the steps near the end (Karras et al. 2022, equation 5). */
export function karrasSigmas(max: number, min: number, length: number): number[] {
  const [start, end] = [max ** (1 / KARRAS_RHO), min ** (1 / KARRAS_RHO)];
  return Array.from({ length }, (_, index) => {
    const progress = index / Math.max(1, length - 1);
    return (start + progress * (end - start)) ** KARRAS_RHO;
  });
}
