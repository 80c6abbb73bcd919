import { LARGEST_SAMPLE } from './check-samples.js';
import { KWeighting } from './k-weighting.js';
import { LOOK_AHEAD_STEPS, LevelControl } from './level-control.js';
import { samplesPerStep } from './loudness-meter.js';
import { PIECE_LENGTH, PeakLimiter } from './peak-limiter.js';

export interface LoudnessLevellerOptions {
  /** Hertz, at least 8000. */
  readonly sampleRate: number;
  readonly numberOfChannels: number;
  /** Loudness that the sound is brought to. @defaultValue -14 */
  readonly targetLufs?: number;
  /** No sample of the result is above this, in decibels relative to full scale. @defaultValue -1 */
  readonly ceilingDbfs?: number;
  /** Nothing is turned up by more decibels. @defaultValue 24 */
  readonly largestBoostDb?: number;
}

/**
 * Brings sound that comes without end, in pieces of any size, to one loudness: a slow gain, known 400 ms ahead, and
 * then the look-ahead peak limiter. The gain is a continuous line from each 100 ms to the next, whatever the pieces,
 * so that it never makes a click at a join. Silence stays silent and does not raise it. Constant memory.
 *
 * Samples that are no numbers, or absurdly large, count as 0: one of them must not silence a stream for ever.
 */
export class LoudnessLeveller {
  /** Samples by which the output is late; what comes before is silence. */
  readonly delay: number;
  readonly #step: number;
  readonly #filters: readonly KWeighting[];
  readonly #limiter: PeakLimiter;
  readonly #gain: LevelControl;
  /** The last LOOK_AHEAD_STEPS steps of each channel, and where the next sample goes. */
  readonly #delayed: readonly Float32Array[];
  #at = 0;
  /** One step at most, on its way to the limiter. */
  readonly #amplified: readonly Float32Array[];
  readonly #outputFilters: readonly KWeighting[];

  constructor(options: LoudnessLevellerOptions) {
    const { sampleRate, numberOfChannels, targetLufs = -14, ceilingDbfs = -1, largestBoostDb = 24 } = options;
    this.#step = samplesPerStep(sampleRate);
    const ceiling = 10 ** (ceilingDbfs / 20);
    this.#limiter = new PeakLimiter({ sampleRate, numberOfChannels, ceiling });
    this.#gain = new LevelControl(targetLufs, largestBoostDb);
    this.delay = LOOK_AHEAD_STEPS * this.#step + this.#limiter.delay;
    const perChannel = <T>(create: () => T): T[] => Array.from({ length: numberOfChannels }, create);
    this.#filters = perChannel(() => new KWeighting(sampleRate));
    this.#outputFilters = perChannel(() => new KWeighting(sampleRate));
    this.#delayed = perChannel(() => new Float32Array(LOOK_AHEAD_STEPS * this.#step));
    this.#amplified = perChannel(() => new Float32Array(PIECE_LENGTH));
  }

  /** @returns as many samples of each channel as are given, those of `delay` samples ago */
  push(channels: readonly Float32Array[]): Float32Array[] {
    const length = channels[0]?.length ?? 0;
    const output = channels.map(() => new Float32Array(length));
    for (let start = 0; start < length;) {
      const untilStep = this.#step - (this.#at % this.#step);
      const count = Math.min(length - start, untilStep, PIECE_LENGTH);
      this.#process(channels, output, start, count);
      if (count === untilStep) this.#endStep();
      start += count;
    }
    return output;
  }

  /** The `delay` samples of each channel that are still inside. */
  flush(): Float32Array[] {
    return this.push(this.#delayed.map(() => new Float32Array(this.delay)));
  }

  /** Samples within one step. */
  #process(
    channels: readonly Float32Array[],
    output: readonly Float32Array[],
    start: number,
    count: number,
  ): void {
    const at = this.#at;
    const from = at % this.#step;
    channels.forEach((samples, c) => {
      const delayed = this.#delayed[c]!;
      this.#amplify(delayed.subarray(at, at + count), this.#amplified[c]!, from);
      takeNumbers(samples, start, delayed, at, count);
      this.#filters[c]!.add(delayed, at, at + count);
    });
    const late = output.map((samples) => samples.subarray(start, start + count));
    this.#limiter.process(this.#amplified, late, count);
    late.forEach((samples, c) => this.#outputFilters[c]!.add(samples, 0, count));
    this.#at = (at + count) % (LOOK_AHEAD_STEPS * this.#step);
  }

  /** Times the gain, which goes from that of the last step to that of the next in a straight line. */
  #amplify(samples: Float32Array, amplified: Float32Array, from: number): void {
    const { before, after } = this.#gain;
    const slope = (after - before) / this.#step;
    for (let n = 0; n < samples.length; n++) amplified[n] = samples[n]! * (before + slope * (from + n));
  }

  #endStep(): void {
    const power = (filters: readonly KWeighting[]): number =>
      filters.reduce((sum, filter) => sum + filter.take(), 0) / this.#step;
    this.#gain.advance(power(this.#filters), power(this.#outputFilters));
  }
}

function takeNumbers(
  samples: Float32Array,
  start: number,
  target: Float32Array,
  at: number,
  count: number,
): void {
  for (let n = 0; n < count; n++) {
    const sample = samples[start + n]!;
    target[at + n] = Math.abs(sample) <= LARGEST_SAMPLE ? sample : 0;
  }
}
