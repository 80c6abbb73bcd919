/** Passes of radix 2, 3 and 4, twiddles included; see fft-pass.ts for how a pass is laid out. */
import type { ComplexArray, Pass } from './fft-pass.js';

export function pass2(pass: Pass, { re: xr, im: xi }: ComplexArray, { re: yr, im: yi }: ComplexArray): void {
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

export function pass3(pass: Pass, { re: xr, im: xi }: ComplexArray, { re: yr, im: yi }: ComplexArray): void {
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

export function pass4(pass: Pass, { re: xr, im: xi }: ComplexArray, { re: yr, im: yi }: ComplexArray): void {
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
