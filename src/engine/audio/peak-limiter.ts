export interface PeakLimiterOptions {
  /** Hertz. */
  readonly sampleRate: number;
  readonly numberOfChannels: number;
  /** Largest sample that may leave it, linear. */
  readonly ceiling: number;
}

/** Most samples that it takes at a time. */
export const PIECE_LENGTH = 4096;
/** The gain is down this long before and after a peak. */
const LOOK_AHEAD_SECONDS = 0.004;
/** Time in which the gain comes back by 63 %. */
const RELEASE_SECONDS = 0.06;
/** What is left of a reduction is given up when it is as small as this (-100 dB): then nothing has to be done. */
const NEGLIGIBLE = 1e-5;

/**
 * Look-ahead peak limiter for sound that comes in pieces of any size: turns it down smoothly around every sample
 * above the ceiling, all channels alike, and leaves the rest as it is. No sample of the result is above the ceiling.
 *
 * The gain is the least one needed within the look-ahead on either side, recovers exponentially, and is then averaged
 * over that same span: whatever the average covers was already low enough for the sample in its middle. Reductions
 * (1 - gain) are kept rather than gains, so that their sum is exactly 0 wherever there is nothing to do.
 */
export class PeakLimiter {
  /** Samples by which its output is late: two look-aheads, one for the minimum and one for the mean. */
  readonly delay: number;
  readonly #ceiling: number;
  readonly #keep: number;
  /** The last `delay` samples of each channel, and where the oldest of them is. */
  readonly #delayed: readonly Float32Array[];
  #oldest = 0;
  /** Samples until now. */
  #time = 0;
  /** Peaks, then gains, of the samples in hand. */
  readonly #work = new Float64Array(PIECE_LENGTH);
  readonly #largest: SlidingMaximum;
  readonly #recovered: Float64Array;
  #at = 0;
  #sum = 0;
  /** The last recovered reduction. */
  #reduction = 0;
  /** Samples until every reduction in the mean is 0. */
  #busy = 0;

  constructor({ sampleRate, numberOfChannels, ceiling }: PeakLimiterOptions) {
    const reach = Math.max(1, Math.round(LOOK_AHEAD_SECONDS * sampleRate));
    const span = 2 * reach + 1;
    this.delay = 2 * reach;
    this.#ceiling = ceiling;
    this.#keep = Math.exp(-1 / (RELEASE_SECONDS * sampleRate));
    this.#delayed = Array.from({ length: numberOfChannels }, () => new Float32Array(this.delay));
    this.#largest = new SlidingMaximum(span);
    this.#recovered = new Float64Array(span);
  }

  /**
   * @param channels `length` samples each
   * @param output receives `length` samples each, of `delay` samples ago; silence before the first
   * @param length at most PIECE_LENGTH
   */
  process(channels: readonly Float32Array[], output: readonly Float32Array[], length: number): void {
    this.#measurePeaks(channels, length);
    const isIdle = this.#findGains(length);
    channels.forEach((samples, c) => {
      this.#delayInto(samples, this.#delayed[c]!, output[c]!, length);
      if (!isIdle) this.#applyGains(output[c]!, length);
    });
    this.#oldest = (this.#oldest + length) % this.delay;
  }

  /** Of all channels together. */
  #measurePeaks(channels: readonly Float32Array[], length: number): void {
    const peaks = this.#work.fill(0, 0, length);
    for (const samples of channels) {
      for (let n = 0; n < length; n++) {
        const size = Math.abs(samples[n]!);
        if (size > peaks[n]!) peaks[n] = size;
      }
    }
  }

  /** Peaks to what the samples of `delay` ago are to be multiplied by. @returns true when all of that is 1 */
  #findGains(length: number): boolean {
    const work = this.#work;
    const recovered = this.#recovered;
    const span = recovered.length;
    const [ceiling, keep, largest] = [this.#ceiling, this.#keep, this.#largest];
    let [at, sum, reduction, busy] = [this.#at, this.#sum, this.#reduction, this.#busy];
    let isIdle = true;
    for (let n = 0; n < length; n++) {
      const peak = work[n]!;
      work[n] = 1;
      if (busy === 0 && peak <= ceiling) continue;
      isIdle = false;
      // The largest reduction needed within the look-ahead, or what is left of the one before.
      const held = largest.next(this.#time + n, peak > ceiling ? 1 - ceiling / peak : 0);
      const recovering = keep * reduction;
      reduction = held > recovering ? held : recovering < NEGLIGIBLE ? 0 : recovering;
      // The mean of these over the same span.
      sum += reduction - recovered[at]!;
      recovered[at] = reduction;
      at = at + 1 === span ? 0 : at + 1;
      busy = reduction > 0 || peak > ceiling || !largest.isEmpty ? span : busy - 1;
      if (busy === 0) sum = 0;
      work[n] = 1 - sum / span;
    }
    [this.#at, this.#sum, this.#reduction, this.#busy] = [at, sum, reduction, busy];
    this.#time += length;
    return isIdle;
  }

  #delayInto(samples: Float32Array, delayed: Float32Array, output: Float32Array, length: number): void {
    let at = this.#oldest;
    for (let n = 0; n < length; n++) {
      output[n] = delayed[at]!;
      delayed[at] = samples[n]!;
      at = at + 1 === delayed.length ? 0 : at + 1;
    }
  }

  #applyGains(output: Float32Array, length: number): void {
    const ceiling = this.#ceiling;
    const gains = this.#work;
    for (let n = 0; n < length; n++) {
      const sample = output[n]! * gains[n]!;
      output[n] = sample > ceiling ? ceiling : sample < -ceiling ? -ceiling : sample;
    }
  }
}

/**
 * Largest of the values of the last `span` times, none of them below 0, by a queue of candidates that only falls (O(1)
 * a value). Zeros are never candidates; times may be left out when there are none.
 */
class SlidingMaximum {
  readonly #span: number;
  /** A ring of a power of two, whose places are found by masking. */
  readonly #mask: number;
  readonly #values: Float64Array;
  readonly #times: Float64Array;
  /** Places of the first candidate and behind the last, before masking. */
  #first = 0;
  #end = 0;

  constructor(span: number) {
    const capacity = 2 ** Math.ceil(Math.log2(span + 1));
    this.#span = span;
    this.#mask = capacity - 1;
    this.#values = new Float64Array(capacity);
    this.#times = new Float64Array(capacity);
  }

  get isEmpty(): boolean {
    return this.#end === this.#first;
  }

  next(time: number, value: number): number {
    const [mask, values, times] = [this.#mask, this.#values, this.#times];
    let first = this.#first;
    let end = this.#end;
    if (value === 0 && end === first) return 0;
    if (end !== first && times[first & mask]! <= time - this.#span) first = (first + 1) | 0;
    if (value > 0) {
      while (end !== first && values[(end - 1) & mask]! <= value) end = (end - 1) | 0;
      values[end & mask] = value;
      times[end & mask] = time;
      end = (end + 1) | 0;
    }
    this.#first = first;
    this.#end = end;
    return end === first ? 0 : values[first & mask]!;
  }
}
