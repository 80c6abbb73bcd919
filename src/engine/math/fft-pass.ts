/**
 * One pass of a Stockham FFT (self-sorting, decimation in frequency) for each radix, as in FFTPACK and pocketfft.
 *
 * A pass of radix r reads element (i, q, k) of the source at `i + span * (q + r * k)` and writes element (i, k, q)
 * of the target at `i + span * (k + groups * q)`, for i < span, q < r, k < groups; output q is turned by
 * `twiddle^(q * i)`.
 */

/** Constants of one pass. */
export interface Pass {
  readonly radix: number;
  /** Product of the radices of the passes before this one. */
  readonly groups: number;
  /** Product of the radices of the passes after this one. */
  readonly span: number;
  /** exp(-2 pi i q j / (radix * span)) at `(q - 1) * span + j`, for q = 1..radix - 1 and j < span. */
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  /** exp(-2 pi i j / radix), j < radix; used by radices with no code of their own. */
  readonly rootCos: Float64Array;
  readonly rootSin: Float64Array;
}

/** Complex numbers in two arrays. */
export interface ComplexArray {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** The constants of a pass of an FFT of `radix * groups * span` points. */
export function createPass(radix: number, groups: number, span: number): Pass {
  const turn = (-2 * Math.PI) / (radix * span);
  const twiddles = (part: (angle: number) => number): Float64Array =>
    Float64Array.from({ length: (radix - 1) * span }, (_, index) => {
      const q = Math.floor(index / span) + 1;
      return part(turn * ((q * (index % span)) % (radix * span)));
    });
  const roots = (part: (angle: number) => number): Float64Array =>
    Float64Array.from({ length: radix }, (_, j) => part((-2 * Math.PI * j) / radix));
  return {
    radix,
    groups,
    span,
    cos: twiddles(Math.cos),
    sin: twiddles(Math.sin),
    rootCos: roots(Math.cos),
    rootSin: roots(Math.sin),
  };
}

/** Turns each output of a pass whose butterflies have left that out. */
export function applyTwiddles(pass: Pass, { re, im }: ComplexArray): void {
  const { radix, span, groups, cos, sin } = pass;
  if (span === 1) return;
  for (let q = 1; q < radix; q++) {
    for (let k = 0; k < groups; k++) {
      const start = span * (k + groups * q);
      const twiddle = (q - 1) * span;
      for (let i = 0; i < span; i++) {
        const a = re[start + i]!;
        const b = im[start + i]!;
        const c = cos[twiddle + i]!;
        const s = sin[twiddle + i]!;
        re[start + i] = a * c - b * s;
        im[start + i] = a * s + b * c;
      }
    }
  }
}
