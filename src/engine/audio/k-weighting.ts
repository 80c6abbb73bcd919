/** States below this are cut to 0: numbers too small for the processor's normal form would slow every sample down. */
const NEGLIGIBLE = 1e-30;

/**
 * Energy of one channel after the K-weighting of ITU-R BS.1770-4: a shelf of +4 dB above about 1.7 kHz, the head's
 * effect, and a high-pass at about 38 Hz. Samples may come in pieces of any size: the sum is the same to the last bit.
 */
export class KWeighting {
  readonly #shelf: Biquad;
  readonly #highPass: Biquad;
  #energy = 0;

  /** @param sampleRate in hertz */
  constructor(sampleRate: number) {
    this.#shelf = highShelf(sampleRate);
    this.#highPass = highPass(sampleRate);
  }

  /** Adds the squares of the weighted samples `from` to `to - 1`. */
  add(samples: Float32Array, from: number, to: number): void {
    const { b0, b1, b2, a1, a2 } = this.#shelf;
    const { a1: c1, a2: c2 } = this.#highPass;
    let { state1: s1, state2: s2 } = this.#shelf;
    let { state1: h1, state2: h2 } = this.#highPass;
    let energy = this.#energy;
    for (let n = from; n < to; n++) {
      const x = samples[n]!;
      const y = b0 * x + s1;
      s1 = b1 * x - a1 * y + s2;
      s2 = b2 * x - a2 * y;
      const z = y + h1; // the high-pass has the numerator 1, -2, 1
      h1 = h2 - 2 * y - c1 * z;
      h2 = y - c2 * z;
      energy += z * z;
    }
    this.#energy = energy;
    this.#shelf.state1 = s1;
    this.#shelf.state2 = s2;
    this.#highPass.state1 = h1;
    this.#highPass.state2 = h2;
  }

  /** The energy since the last call. */
  take(): number {
    const energy = this.#energy;
    this.#energy = 0;
    for (const filter of [this.#shelf, this.#highPass]) {
      if (Math.abs(filter.state1) < NEGLIGIBLE) filter.state1 = 0;
      if (Math.abs(filter.state2) < NEGLIGIBLE) filter.state2 = 0;
    }
    return energy;
  }
}

/** Second-order recursive filter, direct form II transposed. */
interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
  state1: number;
  state2: number;
}

/** The standard's table at 48 kHz, as a formula for any rate. */
function highShelf(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
  const q = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return {
    b0: (high + (band * k) / q + k * k) / a0,
    b1: (2 * (k * k - high)) / a0,
    b2: (high - (band * k) / q + k * k) / a0,
    a1: (2 * (k * k - 1)) / a0,
    a2: (1 - k / q + k * k) / a0,
    state1: 0,
    state2: 0,
  };
}

function highPass(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const q = 0.5003270373238773;
  const a0 = 1 + k / q + k * k;
  return {
    b0: 1,
    b1: -2,
    b2: 1,
    a1: (2 * (k * k - 1)) / a0,
    a2: (1 - k / q + k * k) / a0,
    state1: 0,
    state2: 0,
  };
}
