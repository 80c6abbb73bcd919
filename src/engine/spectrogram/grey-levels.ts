const WHITE = 255;
/** Bits of a single-precision number that are left out of its bucket's number: 256 buckets in each octave. */
const BUCKET_SHIFT = 15;
const BUCKETS = 2 ** (31 - BUCKET_SHIFT);
const UNKNOWN = -1;
const MIXED = -2;

/**
 * Grey level of an amplitude: trunc(255 - 255 (amplitude / max)^power). What is not above 0 is white, what is above
 * max is black.
 *
 * Powers are dear, so they are taken once for whole ranges of amplitudes: the upper 16 bits of a number of single
 * precision, the table's index, hold its sign, exponent and first 8 bits. Ranges with a border between two levels in
 * them are calculated number by number.
 */
export class GreyLevels {
  readonly #power: number;
  readonly #max: number;
  /** Level of each bucket, or UNKNOWN or MIXED. */
  readonly #levels = new Int16Array(BUCKETS).fill(UNKNOWN);
  readonly #bits = new Uint32Array(1);
  readonly #value = new Float32Array(this.#bits.buffer);

  /** @param max amplitude of a black pixel; 0 makes everything white */
  constructor(power: number, max: number) {
    this.#power = power;
    this.#max = max;
  }

  /** @param amplitude of single precision */
  levelOf(amplitude: number): number {
    if (!(amplitude > 0) || this.#max <= 0) return WHITE;
    this.#value[0] = amplitude;
    const bucket = this.#bits[0]! >>> BUCKET_SHIFT;
    let level = this.#levels[bucket]!;
    if (level === UNKNOWN) level = this.#levels[bucket] = this.#levelOfBucket(bucket);
    return level === MIXED ? this.#calculate(amplitude) : level;
  }

  /** The formula falls with the amplitude: when both ends of a bucket have one level, so has all between. */
  #levelOfBucket(bucket: number): number {
    const first = bucket * 2 ** BUCKET_SHIFT;
    const [low, high] = [this.#numberOf(first), this.#numberOf(first + 2 ** BUCKET_SHIFT - 1)];
    const level = this.#calculate(low);
    return this.#calculate(high) === level ? level : MIXED;
  }

  /** The number of single precision that has these bits. */
  #numberOf(bits: number): number {
    this.#bits[0] = bits;
    return this.#value[0]!;
  }

  #calculate(amplitude: number): number {
    const share = amplitude / this.#max;
    return share >= 1 ? 0 : Math.trunc(WHITE - WHITE * share ** this.#power);
  }
}
