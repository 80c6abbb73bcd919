/**
 * Phase gradient heap integration (Prusa, Balazs & Sondergaard 2017): phases from magnitudes alone, in one pass.
 *
 * For a Gaussian window the phase's derivatives are those of the log-magnitude, exchanged; a Hann window is near
 * enough to one. They are integrated outwards from the loudest bin, always at the loudest edge, so that errors
 * gather where nothing is heard.
 */
import { BucketQueue } from '../math/bucket-queue.js';
import type { SeededRandom } from '../math/random.js';
import type { MagnitudeFrames } from './griffin-lim.js';

export interface PhaseGradientOptions {
  readonly nFft: number;
  readonly winLength: number;
  readonly hopLength: number;
  /** The last frame is followed by the first. */
  readonly circular: boolean;
  /** Draws the phase that each region starts from, and those of bins too quiet to be integrated. */
  readonly random: SeededRandom;
}

/** Width of the Gaussian nearest to a Hann window of length w, as a share of w^2 (Prusa et al., table 1). */
const HANN_GAMMA = 0.25645;
/** Bins below this share of the loudest one get a random phase. */
const TOLERANCE = 1e-6;
/** Steps between the quietest and the loudest bin in which the order of integration is kept. */
const PRIORITIES = 2048;

/** Phases in radians, laid out as the magnitudes are, for the convention of torch.stft (see Stft). */
export function phaseGradientPhases(
  magnitudes: MagnitudeFrames,
  options: PhaseGradientOptions,
): Float32Array {
  const phases = new Float32Array(magnitudes.values.length);
  const loudest = magnitudes.values.reduce((a, b) => Math.max(a, b), 0);
  if (loudest > 0) new PhaseIntegration(magnitudes, options, loudest, phases).run();
  return phases;
}

const UNKNOWN = 0;
const KNOWN = 1;

class PhaseIntegration {
  readonly #frames: number;
  readonly #bins: number;
  readonly #circular: boolean;
  readonly #random: SeededRandom;
  readonly #phases: Float32Array;
  /** Log-magnitudes from 0 (at the tolerance and below) up. */
  readonly #logs: Float32Array;
  readonly #state: Uint8Array;
  readonly #prioritiesPerNeper: number;
  readonly #edge: BucketQueue;
  // Constants of the two gradients.
  readonly #carrierPerBin: number;
  readonly #timeFactor: number;
  readonly #delayPerBin: number;
  readonly #frequencyFactor: number;

  constructor(
    { frames, bins, values }: MagnitudeFrames,
    options: PhaseGradientOptions,
    loudest: number,
    phases: Float32Array,
  ) {
    const { nFft, winLength, hopLength } = options;
    this.#frames = frames;
    this.#bins = bins;
    this.#circular = options.circular;
    this.#random = options.random;
    this.#phases = phases;
    const floor = loudest * TOLERANCE;
    this.#logs = values.map((magnitude) => (magnitude > floor ? Math.log(magnitude / floor) : 0));
    this.#state = new Uint8Array(values.length);
    this.#prioritiesPerNeper = (PRIORITIES - 1) / -Math.log(TOLERANCE);
    this.#edge = new BucketQueue(values.length, PRIORITIES);
    const ratio = (hopLength * nFft) / (HANN_GAMMA * winLength * winLength);
    this.#carrierPerBin = (2 * Math.PI * hopLength) / nFft;
    this.#timeFactor = ratio;
    this.#delayPerBin = (-2 * Math.PI * Math.floor(nFft / 2)) / nFft;
    this.#frequencyFactor = -1 / ratio;
  }

  run(): void {
    const waiting = new BucketQueue(this.#logs.length, PRIORITIES);
    for (let bin = 0; bin < this.#logs.length; bin++) {
      if (this.#logs[bin]! > 0) waiting.push(bin, this.#priority(bin));
      else this.#phases[bin] = this.#randomPhase();
    }
    for (let bin = waiting.pop(); bin >= 0; bin = waiting.pop()) {
      if (this.#state[bin] !== UNKNOWN) continue;
      this.#settle(bin, this.#randomPhase());
      this.#flood();
    }
  }

  /** Integrates from the loudest settled bin to its neighbours until nothing is left to reach. */
  #flood(): void {
    for (let bin = this.#edge.pop(); bin >= 0; bin = this.#edge.pop()) {
      const t = Math.floor(bin / this.#bins);
      const k = bin - t * this.#bins;
      if (k + 1 < this.#bins) this.#stepInFrequency(bin, bin + 1, t, 1);
      if (k > 0) this.#stepInFrequency(bin, bin - 1, t, -1);
      const next = this.#neighbour(t, 1);
      const previous = this.#neighbour(t, -1);
      if (next !== t) this.#stepInTime(bin, next * this.#bins + k, k, 1);
      if (previous !== t) this.#stepInTime(bin, previous * this.#bins + k, k, -1);
    }
  }

  #stepInTime(from: number, to: number, k: number, direction: number): void {
    if (!this.#isOpen(to)) return;
    const mean = 0.5 * (this.#timeGradient(from, k) + this.#timeGradient(to, k));
    this.#settle(to, this.#phases[from]! + direction * mean);
  }

  #stepInFrequency(from: number, to: number, t: number, direction: number): void {
    if (!this.#isOpen(to)) return;
    const mean = 0.5 * (this.#frequencyGradient(from, t) + this.#frequencyGradient(to, t));
    this.#settle(to, this.#phases[from]! + direction * mean);
  }

  /** Radians per hop. */
  #timeGradient(bin: number, k: number): number {
    const above = k + 1 < this.#bins ? this.#logs[bin + 1]! : this.#logs[bin]!;
    const below = k > 0 ? this.#logs[bin - 1]! : this.#logs[bin]!;
    return this.#carrierPerBin * k + this.#timeFactor * 0.5 * (above - below);
  }

  /** Radians per bin. */
  #frequencyGradient(bin: number, t: number): number {
    const k = bin - t * this.#bins;
    const after = this.#logs[this.#neighbour(t, 1) * this.#bins + k]!;
    const before = this.#logs[this.#neighbour(t, -1) * this.#bins + k]!;
    return this.#delayPerBin + this.#frequencyFactor * 0.5 * (after - before);
  }

  /** The frame before or after, the same frame at the ends of what does not wrap around. */
  #neighbour(t: number, direction: number): number {
    const next = t + direction;
    if (this.#circular) return (next + this.#frames) % this.#frames;
    return Math.min(this.#frames - 1, Math.max(0, next));
  }

  #isOpen(bin: number): boolean {
    return this.#state[bin] === UNKNOWN && this.#logs[bin]! > 0;
  }

  #settle(bin: number, phase: number): void {
    this.#phases[bin] = phase - 2 * Math.PI * Math.round(phase / (2 * Math.PI));
    this.#state[bin] = KNOWN;
    this.#edge.push(bin, this.#priority(bin));
  }

  #priority(bin: number): number {
    return Math.min(PRIORITIES - 1, Math.floor(this.#logs[bin]! * this.#prioritiesPerNeper));
  }

  #randomPhase(): number {
    return 2 * Math.PI * this.#random.nextUniform();
  }
}
