/** The functions of `assembly/`, compiled to WebAssembly; documented there. Arrays are given by their address. */
export interface Kernels {
  windowFrame(signal: number, window: number, frame: number, length: number): void;
  overlapAdd(frame: number, window: number, signal: number, length: number): void;
  accelerate(
    sum: number,
    weights: number,
    previous: number,
    estimate: number,
    momentum: number,
    length: number,
  ): void;
  largestOf(values: number, length: number): number;
  magnitudesOf(spectrum: number, magnitudes: number, bins: number): void;
  gainsTowards(wanted: number, magnitudes: number, gains: number, from: number, to: number): void;
  applyGains(spectrum: number, gains: number, bins: number): void;
  fromPolar(spectrum: number, magnitudes: number, phases: number, bins: number): void;
  gainsTowardsMel(
    magnitudes: number,
    gains: number,
    starts: number,
    shares: number,
    wanted: number,
    ratios: number,
    expected: number,
    largest: number,
    fades: number,
    firstBand: number,
    lastBand: number,
  ): void;
  logMagnitudes(magnitudes: number, floor: number, logs: number, states: number, count: number): void;
  setPhaseShape(frames: number, bins: number, circular: boolean): void;
  setPhaseArrays(
    logs: number,
    phases: number,
    states: number,
    older: number,
    waiting: number,
    heads: number,
  ): void;
  setPhaseGradients(carrier: number, time: number, delay: number, frequency: number): void;
  integratePhases(loudest: number, knownBefore: number, knownFrom: number, seed: number): void;
}

/** Steps between the quietest and the loudest bin in which `integratePhases` keeps the order. */
export const PHASE_PRIORITIES = 2048;
