import { pass2, pass3, pass4 } from './butterflies.js';
import { applyTwiddles, createPass } from './fft-pass.js';
import type { ComplexArray, Pass } from './fft-pass.js';
import type { ComplexFft } from './fft.js';
import { pass5, pass7, passOdd } from './odd-butterflies.js';

/**
 * FFT of any size by its prime factors: 4, 2, 3, 5 and 7 have code of their own, larger primes cost their square.
 * Not reentrant (it keeps a scratch buffer).
 */
export class MixedRadixFft implements ComplexFft {
  readonly size: number;
  readonly #passes: readonly Pass[];
  readonly #scratch: ComplexArray;

  /** @param size number of complex points, at least 1 */
  constructor(size: number) {
    this.size = size;
    this.#passes = planPasses(size);
    this.#scratch = { re: new Float64Array(size), im: new Float64Array(size) };
  }

  transform(re: Float64Array, im: Float64Array): void {
    const data = { re, im };
    let source: ComplexArray = data;
    let target = this.#scratch;
    for (const pass of this.#passes) {
      runPass(pass, source, target);
      [source, target] = [target, source];
    }
    if (source === data) return;
    re.set(source.re);
    im.set(source.im);
  }
}

/** Largest prime factor of a size: what decides whether the transform is fast. */
export function largestPrimeFactor(size: number): number {
  return Math.max(1, ...factorize(size).map((factor) => (factor === 4 ? 2 : factor)));
}

function planPasses(size: number): Pass[] {
  const passes: Pass[] = [];
  let groups = 1;
  for (const radix of factorize(size)) {
    passes.push(createPass(radix, groups, size / (groups * radix)));
    groups *= radix;
  }
  return passes;
}

/** Factors in the order of the passes: fours, then a two, then odd primes from small to large. */
function factorize(size: number): number[] {
  const factors: number[] = [];
  let rest = size;
  const divideBy = (factor: number): void => {
    while (rest % factor === 0) {
      factors.push(factor);
      rest /= factor;
    }
  };
  divideBy(4);
  divideBy(2);
  for (let factor = 3; factor * factor <= rest; factor += 2) divideBy(factor);
  if (rest > 1) factors.push(rest);
  return factors;
}

/** Carries out one pass from `source` to `target`. */
function runPass(pass: Pass, source: ComplexArray, target: ComplexArray): void {
  switch (pass.radix) {
    case 2:
      return pass2(pass, source, target);
    case 3:
      return pass3(pass, source, target);
    case 4:
      return pass4(pass, source, target);
    case 5:
      pass5(pass, source, target);
      break;
    case 7:
      pass7(pass, source, target);
      break;
    default:
      passOdd(pass, source, target);
  }
  applyTwiddles(pass, target);
}
