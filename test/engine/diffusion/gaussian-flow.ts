/**
 * A rectified flow with a solution in closed form: data from a Gaussian of the given mean and deviation. A sample at
 * time sigma is Gaussian too, of deviation s(sigma) = hypot((1 - sigma) * deviation, sigma), and flows along
 * x(sigma) = (1 - sigma) * mean + s(sigma) * x(1).
 */
export class GaussianFlow {
  readonly mean: number;
  readonly deviation: number;

  constructor(mean: number, deviation: number) {
    this.mean = mean;
    this.deviation = deviation;
  }

  /** Where pure noise `x1` ends, by the exact solution. */
  solution(x1: number, sigma = 0): number {
    return (1 - sigma) * this.mean + this.#deviationAt(sigma) * x1;
  }

  /** The exact velocity, E[noise - data | x]: what a perfect network would predict. */
  velocity(x: number, sigma: number): number {
    const varianceSlope = sigma - (1 - sigma) * this.deviation ** 2;
    return -this.mean + (varianceSlope / this.#deviationAt(sigma) ** 2) * (x - (1 - sigma) * this.mean);
  }

  #deviationAt(sigma: number): number {
    return Math.hypot((1 - sigma) * this.deviation, sigma);
  }
}
