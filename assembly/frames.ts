/**
 * The loops of the inverse short-time Fourier transform that run over every sample and every bin, four at a time.
 *
 * All arrays are 32-bit floats given by their address; those read or written four at a time have room for a multiple
 * of four. A spectrum is interleaved: real, imaginary, real, imaginary...
 */

const BYTES: usize = 4;
const VECTOR_BYTES: usize = 16;

/** frame[n] = window[n] * signal[n], for n < length. */
export function windowFrame(signal: usize, window: usize, frame: usize, length: i32): void {
  const end = (<usize>length * BYTES) & ~(VECTOR_BYTES - 1);
  for (let at: usize = 0; at < end; at += VECTOR_BYTES) {
    v128.store(frame + at, f32x4.mul(v128.load(window + at), v128.load(signal + at)));
  }
  for (let at = end; at < <usize>length * BYTES; at += BYTES) {
    store<f32>(frame + at, load<f32>(window + at) * load<f32>(signal + at));
  }
}

/** signal[n] += window[n] * frame[n], for n < length. */
export function overlapAdd(frame: usize, window: usize, signal: usize, length: i32): void {
  const end = (<usize>length * BYTES) & ~(VECTOR_BYTES - 1);
  for (let at: usize = 0; at < end; at += VECTOR_BYTES) {
    const sum = f32x4.add(v128.load(signal + at), f32x4.mul(v128.load(window + at), v128.load(frame + at)));
    v128.store(signal + at, sum);
  }
  for (let at = end; at < <usize>length * BYTES; at += BYTES) {
    store<f32>(signal + at, load<f32>(signal + at) + load<f32>(window + at) * load<f32>(frame + at));
  }
}

/**
 * One step of accelerated Griffin-Lim: with x[n] = sum[n] * weights[n], the estimate becomes
 * x + momentum * (x - previous), and previous becomes x.
 */
export function accelerate(
  sum: usize,
  weights: usize,
  previous: usize,
  estimate: usize,
  momentum: f32,
  length: i32,
): void {
  const end = <usize>length * BYTES;
  const factor = f32x4.splat(momentum);
  for (let at: usize = 0; at < end; at += VECTOR_BYTES) {
    const x = f32x4.mul(v128.load(sum + at), v128.load(weights + at));
    const step = f32x4.mul(factor, f32x4.sub(x, v128.load(previous + at)));
    v128.store(estimate + at, f32x4.add(x, step));
    v128.store(previous + at, x);
  }
}

/** The largest of so many values, none below 0; their number is rounded up to a multiple of four. */
export function largestOf(values: usize, length: i32): f32 {
  let largest = f32x4.splat(0);
  for (let n = 0; n < length; n += 4) largest = f32x4.max(largest, v128.load(values + <usize>n * BYTES));
  const first = max<f32>(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1));
  return max<f32>(first, max<f32>(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)));
}

/** magnitudes[k] = |spectrum[k]|, for k < bins rounded up to a multiple of four. */
export function magnitudesOf(spectrum: usize, magnitudes: usize, bins: i32): void {
  for (let k = 0; k < bins; k += 4) {
    const pair = spectrum + <usize>k * 2 * BYTES;
    const low = v128.load(pair);
    const high = v128.load(pair + VECTOR_BYTES);
    const re = v128.shuffle<f32>(low, high, 0, 2, 4, 6);
    const im = v128.shuffle<f32>(low, high, 1, 3, 5, 7);
    const power = f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im));
    v128.store(magnitudes + <usize>k * BYTES, f32x4.sqrt(power));
  }
}

/** gains[k] = wanted[k] / magnitudes[k], for from <= k < to; both multiples of four. A silent bin stays silent. */
export function gainsTowards(wanted: usize, magnitudes: usize, gains: usize, from: i32, to: i32): void {
  const tiny = f32x4.splat(1e-9);
  for (let at = <usize>from * BYTES; at < <usize>to * BYTES; at += VECTOR_BYTES) {
    const gain = f32x4.div(v128.load(wanted + at), f32x4.add(v128.load(magnitudes + at), tiny));
    v128.store(gains + at, gain);
  }
}

/** spectrum[k] *= gains[k], for k < bins rounded up to a multiple of four. */
export function applyGains(spectrum: usize, gains: usize, bins: i32): void {
  for (let k = 0; k < bins; k += 4) {
    const gain = v128.load(gains + <usize>k * BYTES);
    const pair = spectrum + <usize>k * 2 * BYTES;
    v128.store(pair, f32x4.mul(v128.load(pair), v128.shuffle<f32>(gain, gain, 0, 0, 1, 1)));
    const next = pair + VECTOR_BYTES;
    v128.store(next, f32x4.mul(v128.load(next), v128.shuffle<f32>(gain, gain, 2, 2, 3, 3)));
  }
}

/** spectrum[k] = magnitudes[k] * exp(i phases[k]), for k < bins rounded up to a multiple of four; |phases| <= pi. */
export function fromPolar(spectrum: usize, magnitudes: usize, phases: usize, bins: i32): void {
  for (let k = 0; k < bins; k += 4) {
    const at = <usize>k * BYTES;
    const magnitude = v128.load(magnitudes + at);
    const phase = v128.load(phases + at);
    const re = f32x4.mul(magnitude, cosine(phase));
    const im = f32x4.mul(magnitude, sine(phase));
    const pair = spectrum + 2 * at;
    v128.store(pair, v128.shuffle<f32>(re, im, 0, 4, 1, 5));
    v128.store(pair + VECTOR_BYTES, v128.shuffle<f32>(re, im, 2, 6, 3, 7));
  }
}

function cosine(x: v128): v128 {
  // cos x = sin(pi/2 - |x|), which keeps the argument within the range of `sine`.
  return sine(f32x4.sub(f32x4.splat(1.5707963), f32x4.abs(x)));
}

/** sin x for |x| <= pi: folded to |x| <= pi/2, then its Taylor polynomial of degree 9 (error below 4e-6). */
function sine(x: v128): v128 {
  const halfPi = f32x4.splat(1.5707963);
  const pi = f32x4.splat(3.1415927);
  // sin x = sin(pi - x) for x > pi/2 and sin(-pi - x) for x < -pi/2.
  const above = f32x4.gt(x, halfPi);
  const below = f32x4.lt(x, f32x4.neg(halfPi));
  let y = v128.bitselect(f32x4.sub(pi, x), x, above);
  y = v128.bitselect(f32x4.sub(f32x4.neg(pi), x), y, below);
  const square = f32x4.mul(y, y);
  let sum = f32x4.splat(1.0 / 362880.0);
  sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(-1.0 / 5040.0));
  sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(1.0 / 120.0));
  sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(-1.0 / 6.0));
  sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(1.0));
  return f32x4.mul(sum, y);
}
