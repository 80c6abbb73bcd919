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

/** Carries out one pass from `source` to `target`. */
export function runPass(pass: Pass, source: ComplexArray, target: ComplexArray): void {
  switch (pass.radix) {
    case 2:
      return pass2(pass, source, target);
    case 3:
      return pass3(pass, source, target);
    case 4:
      return pass4(pass, source, target);
    case 5:
      return pass5(pass, source, target);
    default:
      return passOdd(pass, source, target);
  }
}

function pass2(pass: Pass, { re: xr, im: xi }: ComplexArray, { re: yr, im: yi }: ComplexArray): void {
  const { span, groups, cos, sin } = pass;
  for (let k = 0; k < groups; k++) {
    for (let i = 0; i < span; i++) {
      const a = i + span * 2 * k;
      const b = a + span;
      const p = i + span * k;
      const q = p + span * groups;
      const dr = xr[a]! - xr[b]!;
      const di = xi[a]! - xi[b]!;
      yr[p] = xr[a]! + xr[b]!;
      yi[p] = xi[a]! + xi[b]!;
      yr[q] = dr * cos[i]! - di * sin[i]!;
      yi[q] = dr * sin[i]! + di * cos[i]!;
    }
  }
}

function pass3(pass: Pass, { re: xr, im: xi }: ComplexArray, { re: yr, im: yi }: ComplexArray): void {
  const { span, groups, cos, sin } = pass;
  const s60 = Math.sqrt(3) / 2;
  const stride = span * groups;
  for (let k = 0; k < groups; k++) {
    for (let i = 0; i < span; i++) {
      const a = i + span * 3 * k;
      const b = a + span;
      const c = b + span;
      const p = i + span * k;
      const sr = xr[b]! + xr[c]!;
      const si = xi[b]! + xi[c]!;
      const tr = xr[a]! - 0.5 * sr;
      const ti = xi[a]! - 0.5 * si;
      const ur = s60 * (xi[b]! - xi[c]!);
      const ui = s60 * (xr[c]! - xr[b]!);
      yr[p] = xr[a]! + sr;
      yi[p] = xi[a]! + si;
      const r1 = tr + ur;
      const i1 = ti + ui;
      const r2 = tr - ur;
      const i2 = ti - ui;
      const q = p + stride;
      yr[q] = r1 * cos[i]! - i1 * sin[i]!;
      yi[q] = r1 * sin[i]! + i1 * cos[i]!;
      yr[q + stride] = r2 * cos[i + span]! - i2 * sin[i + span]!;
      yi[q + stride] = r2 * sin[i + span]! + i2 * cos[i + span]!;
    }
  }
}

function pass4(pass: Pass, { re: xr, im: xi }: ComplexArray, { re: yr, im: yi }: ComplexArray): void {
  const { span, groups, cos, sin } = pass;
  const stride = span * groups;
  for (let k = 0; k < groups; k++) {
    for (let i = 0; i < span; i++) {
      const a = i + span * 4 * k;
      const b = a + span;
      const c = b + span;
      const d = c + span;
      const p = i + span * k;
      const q = p + stride;
      const t0r = xr[a]! + xr[c]!;
      const t0i = xi[a]! + xi[c]!;
      const t1r = xr[a]! - xr[c]!;
      const t1i = xi[a]! - xi[c]!;
      const t2r = xr[b]! + xr[d]!;
      const t2i = xi[b]! + xi[d]!;
      const t3r = xi[b]! - xi[d]!; // -i * (b - d)
      const t3i = xr[d]! - xr[b]!;
      yr[p] = t0r + t2r;
      yi[p] = t0i + t2i;
      const r1 = t1r + t3r;
      const i1 = t1i + t3i;
      const r2 = t0r - t2r;
      const i2 = t0i - t2i;
      const r3 = t1r - t3r;
      const i3 = t1i - t3i;
      yr[q] = r1 * cos[i]! - i1 * sin[i]!;
      yi[q] = r1 * sin[i]! + i1 * cos[i]!;
      yr[q + stride] = r2 * cos[i + span]! - i2 * sin[i + span]!;
      yi[q + stride] = r2 * sin[i + span]! + i2 * cos[i + span]!;
      yr[q + 2 * stride] = r3 * cos[i + 2 * span]! - i3 * sin[i + 2 * span]!;
      yi[q + 2 * stride] = r3 * sin[i + 2 * span]! + i3 * cos[i + 2 * span]!;
    }
  }
}

function pass5(pass: Pass, { re: xr, im: xi }: ComplexArray, { re: yr, im: yi }: ComplexArray): void {
  const { span, groups, cos, sin } = pass;
  const c1 = Math.cos((2 * Math.PI) / 5);
  const s1 = Math.sin((2 * Math.PI) / 5);
  const c2 = Math.cos((4 * Math.PI) / 5);
  const s2 = Math.sin((4 * Math.PI) / 5);
  const stride = span * groups;
  for (let k = 0; k < groups; k++) {
    for (let i = 0; i < span; i++) {
      const a = i + span * 5 * k;
      const b = a + span;
      const c = b + span;
      const d = c + span;
      const e = d + span;
      const p1r = xr[b]! + xr[e]!;
      const p1i = xi[b]! + xi[e]!;
      const m1r = xr[b]! - xr[e]!;
      const m1i = xi[b]! - xi[e]!;
      const p2r = xr[c]! + xr[d]!;
      const p2i = xi[c]! + xi[d]!;
      const m2r = xr[c]! - xr[d]!;
      const m2i = xi[c]! - xi[d]!;
      const u1r = xr[a]! + c1 * p1r + c2 * p2r;
      const u1i = xi[a]! + c1 * p1i + c2 * p2i;
      const u2r = xr[a]! + c2 * p1r + c1 * p2r;
      const u2i = xi[a]! + c2 * p1i + c1 * p2i;
      const v1r = s1 * m1i + s2 * m2i; // -i * (s1 * m1 + s2 * m2)
      const v1i = -s1 * m1r - s2 * m2r;
      const v2r = s2 * m1i - s1 * m2i;
      const v2i = -s2 * m1r + s1 * m2r;
      const p = i + span * k;
      yr[p] = xr[a]! + p1r + p2r;
      yi[p] = xi[a]! + p1i + p2i;
      let q = p + stride;
      let w = i;
      yr[q] = (u1r + v1r) * cos[w]! - (u1i + v1i) * sin[w]!;
      yi[q] = (u1r + v1r) * sin[w]! + (u1i + v1i) * cos[w]!;
      q += stride;
      w += span;
      yr[q] = (u2r + v2r) * cos[w]! - (u2i + v2i) * sin[w]!;
      yi[q] = (u2r + v2r) * sin[w]! + (u2i + v2i) * cos[w]!;
      q += stride;
      w += span;
      yr[q] = (u2r - v2r) * cos[w]! - (u2i - v2i) * sin[w]!;
      yi[q] = (u2r - v2r) * sin[w]! + (u2i - v2i) * cos[w]!;
      q += stride;
      w += span;
      yr[q] = (u1r - v1r) * cos[w]! - (u1i - v1i) * sin[w]!;
      yi[q] = (u1r - v1r) * sin[w]! + (u1i - v1i) * cos[w]!;
    }
  }
}

/** Any odd radix: inputs q and radix - q are combined first, which halves the multiplications. */
function passOdd(pass: Pass, { re: xr, im: xi }: ComplexArray, { re: yr, im: yi }: ComplexArray): void {
  const { radix, span, groups, cos, sin, rootCos, rootSin } = pass;
  const half = (radix - 1) / 2;
  const stride = span * groups;
  for (let k = 0; k < groups; k++) {
    for (let i = 0; i < span; i++) {
      const a = i + span * radix * k;
      const p = i + span * k;
      let sumRe = xr[a]!;
      let sumIm = xi[a]!;
      for (let q = 1; q < radix; q++) {
        sumRe += xr[a + span * q]!;
        sumIm += xi[a + span * q]!;
      }
      yr[p] = sumRe;
      yi[p] = sumIm;
      for (let m = 1; m <= half; m++) {
        let ur = xr[a]!;
        let ui = xi[a]!;
        let vr = 0;
        let vi = 0;
        for (let q = 1, root = m; q <= half; q++, root = (root + m) % radix) {
          const low = a + span * q;
          const high = a + span * (radix - q);
          ur += rootCos[root]! * (xr[low]! + xr[high]!);
          ui += rootCos[root]! * (xi[low]! + xi[high]!);
          vr -= rootSin[root]! * (xi[low]! - xi[high]!);
          vi += rootSin[root]! * (xr[low]! - xr[high]!);
        }
        turn(yr, yi, p + stride * m, ur + vr, ui + vi, cos[(m - 1) * span + i]!, sin[(m - 1) * span + i]!);
        const w = (radix - m - 1) * span + i;
        turn(yr, yi, p + stride * (radix - m), ur - vr, ui - vi, cos[w]!, sin[w]!);
      }
    }
  }
}

/** target[index] = (re + i im) * (cos + i sin). */
function turn(
  targetRe: Float64Array,
  targetIm: Float64Array,
  index: number,
  re: number,
  im: number,
  cos: number,
  sin: number,
): void {
  targetRe[index] = re * cos - im * sin;
  targetIm[index] = re * sin + im * cos;
}
