/**
 * Passes of radix 5, 7 and any other odd number, without the twiddles, which `applyTwiddles` puts in afterwards; see
 * fft-pass.ts for how a pass is laid out.
 */
import type { ComplexArray, Pass } from './fft-pass.js';

export function pass5(pass: Pass, { re: xr, im: xi }: ComplexArray, { re: yr, im: yi }: ComplexArray): void {
  const { span, groups, rootCos, rootSin } = pass;
  const c1 = rootCos[1]!;
  const c2 = rootCos[2]!;
  const s1 = -rootSin[1]!;
  const s2 = -rootSin[2]!;
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
      yr[p + stride] = u1r + v1r;
      yi[p + stride] = u1i + v1i;
      yr[p + 2 * stride] = u2r + v2r;
      yi[p + 2 * stride] = u2i + v2i;
      yr[p + 3 * stride] = u2r - v2r;
      yi[p + 3 * stride] = u2i - v2i;
      yr[p + 4 * stride] = u1r - v1r;
      yi[p + 4 * stride] = u1i - v1i;
    }
  }
}

/** Written out, because the default spectrogram's size holds two sevens. */
export function pass7(pass: Pass, { re: xr, im: xi }: ComplexArray, { re: yr, im: yi }: ComplexArray): void {
  const { span, groups, rootCos, rootSin } = pass;
  const c1 = rootCos[1]!;
  const c2 = rootCos[2]!;
  const c3 = rootCos[3]!;
  const s1 = -rootSin[1]!;
  const s2 = -rootSin[2]!;
  const s3 = -rootSin[3]!;
  const stride = span * groups;
  for (let k = 0; k < groups; k++) {
    for (let i = 0; i < span; i++) {
      const a = i + span * 7 * k;
      const b = a + span;
      const c = b + span;
      const d = c + span;
      const e = d + span;
      const f = e + span;
      const g = f + span;
      const p1r = xr[b]! + xr[g]!;
      const p1i = xi[b]! + xi[g]!;
      const m1r = xr[b]! - xr[g]!;
      const m1i = xi[b]! - xi[g]!;
      const p2r = xr[c]! + xr[f]!;
      const p2i = xi[c]! + xi[f]!;
      const m2r = xr[c]! - xr[f]!;
      const m2i = xi[c]! - xi[f]!;
      const p3r = xr[d]! + xr[e]!;
      const p3i = xi[d]! + xi[e]!;
      const m3r = xr[d]! - xr[e]!;
      const m3i = xi[d]! - xi[e]!;
      const p = i + span * k;
      yr[p] = xr[a]! + p1r + p2r + p3r;
      yi[p] = xi[a]! + p1i + p2i + p3i;
      const u1r = xr[a]! + c1 * p1r + c2 * p2r + c3 * p3r;
      const u1i = xi[a]! + c1 * p1i + c2 * p2i + c3 * p3i;
      const u2r = xr[a]! + c2 * p1r + c3 * p2r + c1 * p3r;
      const u2i = xi[a]! + c2 * p1i + c3 * p2i + c1 * p3i;
      const u3r = xr[a]! + c3 * p1r + c1 * p2r + c2 * p3r;
      const u3i = xi[a]! + c3 * p1i + c1 * p2i + c2 * p3i;
      const v1r = s1 * m1i + s2 * m2i + s3 * m3i;
      const v1i = -s1 * m1r - s2 * m2r - s3 * m3r;
      const v2r = s2 * m1i - s3 * m2i - s1 * m3i;
      const v2i = -s2 * m1r + s3 * m2r + s1 * m3r;
      const v3r = s3 * m1i - s1 * m2i + s2 * m3i;
      const v3i = -s3 * m1r + s1 * m2r - s2 * m3r;
      yr[p + stride] = u1r + v1r;
      yi[p + stride] = u1i + v1i;
      yr[p + 2 * stride] = u2r + v2r;
      yi[p + 2 * stride] = u2i + v2i;
      yr[p + 3 * stride] = u3r + v3r;
      yi[p + 3 * stride] = u3i + v3i;
      yr[p + 4 * stride] = u3r - v3r;
      yi[p + 4 * stride] = u3i - v3i;
      yr[p + 5 * stride] = u2r - v2r;
      yi[p + 5 * stride] = u2i - v2i;
      yr[p + 6 * stride] = u1r - v1r;
      yi[p + 6 * stride] = u1i - v1i;
    }
  }
}
/** Inputs q and radix - q are combined first, which halves the multiplications. */
export function passOdd(
  pass: Pass,
  { re: xr, im: xi }: ComplexArray,
  { re: yr, im: yi }: ComplexArray,
): void {
  const { radix, span, groups, rootCos, rootSin } = pass;
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
        yr[p + stride * m] = ur + vr;
        yi[p + stride * m] = ui + vi;
        yr[p + stride * (radix - m)] = ur - vr;
        yi[p + stride * (radix - m)] = ui - vi;
      }
    }
  }
}
