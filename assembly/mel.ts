/** Mel bands of a spectrum on a coarse grid of bins, and the gains that give it other ones. */

const BYTES: usize = 4;

/**
 * Gains that bring a spectrum to given mel bands, for the bins between the centres of neighbouring bands.
 *
 * Triangular filters of height 1 that meet at their neighbours' centres are linear interpolation: a bin belongs to
 * two bands, with shares that add up to 1. So a band's gain is what it should hold over what it holds, and a bin's
 * gain lies between those of its two bands.
 *
 * @param starts of bands + 1 intervals, the first bin that lies in each: interval j lies between bands j and j + 1
 * @param shares per bin, how far it lies towards the upper of its two bands, 0..1
 * @param wanted per band, what it should hold
 * @param ratios scratch, one per band
 * @param expected per bin, about how loud it should be
 * @param largest a bin may get so many times what is expected of it
 * @param fades per bin, 0..1: how much of its gain comes from its bands, the rest from `gains` as it was
 * @param firstBand the lower band of the first interval to work on, at least 1
 * @param lastBand the last band
 */
export function gainsTowardsMel(
  magnitudes: usize,
  gains: usize,
  starts: usize,
  shares: usize,
  wanted: usize,
  ratios: usize,
  expected: usize,
  largest: f32,
  fades: usize,
  firstBand: i32,
  lastBand: i32,
): void {
  bandRatios(magnitudes, starts, shares, wanted, ratios, firstBand, lastBand);
  for (let band = firstBand; band < lastBand; band++) {
    const lower = load<f32>(ratios + <usize>band * BYTES);
    const slope = load<f32>(ratios + <usize>(band + 1) * BYTES) - lower;
    const end = load<i32>(starts + <usize>(band + 1) * BYTES);
    for (let k = load<i32>(starts + <usize>band * BYTES); k < end; k++) {
      const at = <usize>k * BYTES;
      const limit = (largest * load<f32>(expected + at)) / (load<f32>(magnitudes + at) + 1e-9);
      const gain = min<f32>(lower + slope * load<f32>(shares + at), limit);
      const before = load<f32>(gains + at);
      store<f32>(gains + at, before + load<f32>(fades + at) * (gain - before));
    }
  }
}

/** ratios[j] = wanted[j] / what band j holds. */
function bandRatios(
  magnitudes: usize,
  starts: usize,
  shares: usize,
  wanted: usize,
  ratios: usize,
  firstBand: i32,
  lastBand: i32,
): void {
  // One interval more, for the lower half of the first band.
  let fromBelow: f32 = 0;
  for (let band = firstBand - 1; band <= lastBand; band++) {
    let all: f32 = 0;
    let upper: f32 = 0;
    const end = load<i32>(starts + <usize>(band + 1) * BYTES);
    for (let k = load<i32>(starts + <usize>band * BYTES); k < end; k++) {
      const magnitude = load<f32>(magnitudes + <usize>k * BYTES);
      all += magnitude;
      upper += load<f32>(shares + <usize>k * BYTES) * magnitude;
    }
    const held = fromBelow + all - upper;
    store<f32>(ratios + <usize>band * BYTES, load<f32>(wanted + <usize>band * BYTES) / (held + 1e-9));
    fromBelow = upper;
  }
}
