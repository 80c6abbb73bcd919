/**
 * Sine, decay and pitch from additions and multiplications alone. The language leaves the last bits of Math.sin, Math.exp
 * and powers open, and versions of V8 differ in them; these are the same everywhere.
 */

const SEMITONE = 1.0594630943592953; // the twelfth root of 2
const LN_1000 = 6.907755278982137; // 60 dB

/** Factors k (k + 1) by which each term of the sine's Taylor series is smaller than the one before, last first. */
const TAYLOR_DIVISORS = [272, 210, 156, 110, 72, 42, 20, 6] as const;

/** Sine of so many turns (1 is a full circle), to within 1e-13. */
export function sine(turns: number): number {
  const turn = turns - Math.floor(turns + 0.5); // -0.5..0.5
  const quarter = turn > 0.25 ? 0.5 - turn : turn < -0.25 ? -0.5 - turn : turn;
  const x = 2 * Math.PI * quarter;
  const y = x * x;
  let series = 1;
  for (const divisor of TAYLOR_DIVISORS) series = 1 - (y / divisor) * series;
  return x * series;
}

/** Cosine of so many turns. */
export function cosine(turns: number): number {
  return sine(turns + 0.25);
}

/** Factor of each sample of what falls by 60 dB within `seconds`, which are at least some twenty samples. */
export function decayPerSample(seconds: number, sampleRate: number): number {
  const x = LN_1000 / (seconds * sampleRate);
  // Taylor's series of exp(-x).
  return 1 - x * (1 - (x / 2) * (1 - (x / 3) * (1 - (x / 4) * (1 - (x / 5) * (1 - x / 6)))));
}

/** Frequency ratio of a whole number of semitones. */
export function semitones(count: number): number {
  let ratio = 1;
  for (let i = 0; i < Math.abs(count); i++) ratio *= SEMITONE;
  return count < 0 ? 1 / ratio : ratio;
}
