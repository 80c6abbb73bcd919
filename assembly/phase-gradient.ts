/** Phase gradient heap integration (Prusa, Balazs & Sondergaard 2017). */

const BYTES: usize = 4;
const NONE: i32 = -1;
const PRIORITIES: i32 = 2048;

// States of a bin.
const SILENT: u8 = 0;
const OPEN: u8 = 1;
const KNOWN: u8 = 2;

// Set before each call of `integratePhases`: the innermost functions would need a dozen parameters without them.
let frames: i32 = 0;
let bins: i32 = 0;
let circular: bool = false;
let logs: usize = 0;
let phases: usize = 0;
let states: usize = 0;
let older: usize = 0;
let waiting: usize = 0;
let newest: usize = 0;
let top: i32 = NONE;
let prioritiesPerNeper: f32 = 0;
let carrierPerBin: f32 = 0;
let timeFactor: f32 = 0;
let delayPerBin: f32 = 0;
let frequencyFactor: f32 = 0;
let randomState: u32 = 1;

/**
 * Natural logarithms of magnitudes over the floor, 0 for those below; and their states.
 *
 * @param count a multiple of four
 */
export function logMagnitudes(
  magnitudes: usize,
  floor: f32,
  logsOut: usize,
  statesOut: usize,
  count: i32,
): void {
  const scale = f32x4.splat(1 / floor);
  const one = f32x4.splat(1);
  for (let n = 0; n < count; n += 4) {
    const ratio = f32x4.max(one, f32x4.mul(v128.load(magnitudes + <usize>n * BYTES), scale));
    v128.store(logsOut + <usize>n * BYTES, logarithm(ratio));
    const isOpen = f32x4.gt(ratio, one);
    store<u8>(statesOut + n, <u8>(i32x4.extract_lane(isOpen, 0) & OPEN));
    store<u8>(statesOut + n + 1, <u8>(i32x4.extract_lane(isOpen, 1) & OPEN));
    store<u8>(statesOut + n + 2, <u8>(i32x4.extract_lane(isOpen, 2) & OPEN));
    store<u8>(statesOut + n + 3, <u8>(i32x4.extract_lane(isOpen, 3) & OPEN));
  }
}

/** The shape of the spectrogram that the next `integratePhases` works on. */
export function setPhaseShape(numberOfFrames: i32, numberOfBins: i32, isCircular: bool): void {
  frames = numberOfFrames;
  bins = numberOfBins;
  circular = isCircular;
}

/**
 * Its arrays.
 *
 * @param olderScratch one 32-bit integer per bin
 * @param waitingScratch one 32-bit integer per bin
 * @param headsScratch 2 * 2048 32-bit integers
 */
export function setPhaseArrays(
  logsIn: usize,
  phasesInOut: usize,
  statesInOut: usize,
  olderScratch: usize,
  waitingScratch: usize,
  headsScratch: usize,
): void {
  logs = logsIn;
  phases = phasesInOut;
  states = statesInOut;
  older = olderScratch;
  waiting = waitingScratch;
  newest = headsScratch;
}

/** Constants of the two gradients. */
export function setPhaseGradients(carrier: f32, time: f32, delay: f32, frequency: f32): void {
  carrierPerBin = carrier;
  timeFactor = time;
  delayPerBin = delay;
  frequencyFactor = frequency;
}

/**
 * Phases of all open bins, integrated outwards from the known bins, or where there are none from the loudest bin,
 * always at the loudest edge, so that errors gather where nothing is heard.
 *
 * @param loudest the largest of the logarithms
 * @param knownBefore frames before this one...
 * @param knownFrom ...and from this one on have their phases already
 * @param seed draws the phase that each region starts from, and those of silent bins
 */
export function integratePhases(loudest: f32, knownBefore: i32, knownFrom: i32, seed: u32): void {
  randomState = seed ^ 0x9e3779b9;
  if (randomState === 0) randomState = 1;
  prioritiesPerNeper = (<f32>PRIORITIES - 1) / max<f32>(loudest, 1e-9);
  top = NONE;
  memory.fill(newest, 0xff, <usize>(2 * PRIORITIES) * BYTES);
  startFromKnown(0, knownBefore);
  startFromKnown(knownFrom, frames);
  flood();
  startFromLoudest(knownBefore, knownFrom, newest + <usize>PRIORITIES * BYTES);
}

function startFromKnown(first: i32, end: i32): void {
  for (let bin = first * bins; bin < end * bins; bin++) {
    if (load<u8>(states + bin) !== OPEN) continue;
    store<u8>(states + bin, KNOWN);
    push(bin);
  }
}

/** Every open bin of some frames is tried as a start, the loudest first; silent ones get a random phase on the way. */
function startFromLoudest(firstFrame: i32, endFrame: i32, heads: usize): void {
  for (let bin = firstFrame * bins; bin < endFrame * bins; bin++) {
    const state = load<u8>(states + bin);
    if (state === SILENT) store<f32>(phases + <usize>bin * BYTES, randomPhase());
    if (state !== OPEN) continue;
    const head = heads + <usize>priorityOf(bin) * BYTES;
    store<i32>(waiting + <usize>bin * BYTES, load<i32>(head));
    store<i32>(head, bin);
  }
  for (let priority = PRIORITIES - 1; priority >= 0; priority--) {
    for (
      let bin = load<i32>(heads + <usize>priority * BYTES);
      bin !== NONE;
      bin = load<i32>(waiting + <usize>bin * BYTES)
    ) {
      if (load<u8>(states + bin) !== OPEN) continue;
      settle(bin, randomPhase());
      flood();
    }
  }
}

/** Integrates from the loudest known bin to its neighbours until nothing is left to reach. */
function flood(): void {
  for (let bin = pop(); bin !== NONE; bin = pop()) {
    const t = bin / bins;
    const k = bin - t * bins;
    if (k + 1 < bins) stepInFrequency(bin, bin + 1, t, 1);
    if (k > 0) stepInFrequency(bin, bin - 1, t, -1);
    const next = neighbour(t, 1);
    const previous = neighbour(t, -1);
    if (next !== t) stepInTime(bin, next * bins + k, k, 1);
    if (previous !== t) stepInTime(bin, previous * bins + k, k, -1);
  }
}

function stepInTime(from: i32, to: i32, k: i32, direction: f32): void {
  if (load<u8>(states + to) !== OPEN) return;
  const mean: f32 = 0.5 * (timeGradient(from, k) + timeGradient(to, k));
  settle(to, load<f32>(phases + <usize>from * BYTES) + direction * mean);
}

function stepInFrequency(from: i32, to: i32, t: i32, direction: f32): void {
  if (load<u8>(states + to) !== OPEN) return;
  const mean: f32 = 0.5 * (frequencyGradient(from, t) + frequencyGradient(to, t));
  settle(to, load<f32>(phases + <usize>from * BYTES) + direction * mean);
}

/** Radians per hop. */
function timeGradient(bin: i32, k: i32): f32 {
  const above = logOf(k + 1 < bins ? bin + 1 : bin);
  const below = logOf(k > 0 ? bin - 1 : bin);
  return carrierPerBin * <f32>k + timeFactor * 0.5 * (above - below);
}

/** Radians per bin. */
function frequencyGradient(bin: i32, t: i32): f32 {
  const k = bin - t * bins;
  const after = logOf(neighbour(t, 1) * bins + k);
  const before = logOf(neighbour(t, -1) * bins + k);
  return delayPerBin + frequencyFactor * 0.5 * (after - before);
}

function logOf(bin: i32): f32 {
  return load<f32>(logs + <usize>bin * BYTES);
}

/** The frame before or after, the same frame at the ends of what does not wrap around. */
function neighbour(t: i32, direction: i32): i32 {
  const next = t + direction;
  if (next < 0) return circular ? frames - 1 : 0;
  if (next >= frames) return circular ? 0 : frames - 1;
  return next;
}

function settle(bin: i32, phase: f32): void {
  const turn: f32 = 6.2831855;
  store<f32>(phases + <usize>bin * BYTES, phase - turn * nearest<f32>(phase / turn));
  store<u8>(states + bin, KNOWN);
  push(bin);
}

/** Adds a bin to the edge; among bins of one priority the newest is taken first. */
function push(bin: i32): void {
  const priority = priorityOf(bin);
  const head = newest + <usize>priority * BYTES;
  store<i32>(older + <usize>bin * BYTES, load<i32>(head));
  store<i32>(head, bin);
  if (priority > top) top = priority;
}

/** The loudest bin of the edge, or NONE. */
function pop(): i32 {
  while (top >= 0 && load<i32>(newest + <usize>top * BYTES) === NONE) top -= 1;
  if (top < 0) return NONE;
  const head = newest + <usize>top * BYTES;
  const bin = load<i32>(head);
  store<i32>(head, load<i32>(older + <usize>bin * BYTES));
  return bin;
}

function priorityOf(bin: i32): i32 {
  return min(PRIORITIES - 1, <i32>(logOf(bin) * prioritiesPerNeper));
}

/** Uniform in -pi..pi (xorshift32: noise for bins that are not heard). */
function randomPhase(): f32 {
  randomState ^= randomState << 13;
  randomState ^= randomState >> 17;
  randomState ^= randomState << 5;
  return (<f32>randomState / 4294967296.0 - 0.5) * 6.2831855;
}

/** ln x for x >= 1: exponent and mantissa apart, the mantissa's logarithm by a series in (m - 1) / (m + 1). */
function logarithm(x: v128): v128 {
  const exponent = i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(127));
  const mantissa = v128.or(v128.and(x, i32x4.splat(0x007fffff)), i32x4.splat(0x3f800000));
  const one = f32x4.splat(1);
  const z = f32x4.div(f32x4.sub(mantissa, one), f32x4.add(mantissa, one));
  const square = f32x4.mul(z, z);
  let series = f32x4.splat(2.0 / 9.0);
  series = f32x4.add(f32x4.mul(series, square), f32x4.splat(2.0 / 7.0));
  series = f32x4.add(f32x4.mul(series, square), f32x4.splat(2.0 / 5.0));
  series = f32x4.add(f32x4.mul(series, square), f32x4.splat(2.0 / 3.0));
  series = f32x4.add(f32x4.mul(series, square), f32x4.splat(2.0));
  const fromExponent = f32x4.mul(f32x4.convert_i32x4_s(exponent), f32x4.splat(0.6931472));
  return f32x4.add(fromExponent, f32x4.mul(series, z));
}
