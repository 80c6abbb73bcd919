/**
 * What is left of a stretch of sound when each sample is predicted from the ones before it: small where the sound goes
 * on as it did, large where it is broken. Autocorrelation method, Levinson-Durbin recursion.
 *
 * @param samples whole stretch, which is also what the predictor is fitted to
 * @param order samples that each prediction looks back
 * @returns `samples.length` values; the first `order` are 0
 */
export function predictionResidual(samples: Float32Array, order: number): Float64Array {
  const coefficients = fitPredictor(autocorrelation(samples, order), order);
  const residual = new Float64Array(samples.length);
  for (let n = order; n < samples.length; n++) {
    let predicted = 0;
    for (let i = 1; i <= order; i++) predicted += coefficients[i]! * samples[n - i]!;
    residual[n] = samples[n]! - predicted;
  }
  return residual;
}

/** Of the stretch under a Hann window, lags 0 to `order`. */
function autocorrelation(samples: Float32Array, order: number): Float64Array {
  const length = samples.length;
  const windowed = Float64Array.from(
    samples,
    (sample, n) => sample * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / length)),
  );
  return Float64Array.from({ length: order + 1 }, (_, lag) => {
    let sum = 0;
    for (let n = lag; n < length; n++) sum += windowed[n]! * windowed[n - lag]!;
    return sum;
  });
}

/** Coefficient i weighs the sample i before; coefficient 0 is unused. */
function fitPredictor(correlation: Float64Array, order: number): Float64Array {
  let coefficients = new Float64Array(order + 1);
  let error = correlation[0]! * (1 + 1e-9);
  for (let m = 1; m <= order && error > 0; m++) {
    let remainder = correlation[m]!;
    for (let i = 1; i < m; i++) remainder -= coefficients[i]! * correlation[m - i]!;
    const reflection = remainder / error;
    const next = coefficients.slice();
    next[m] = reflection;
    for (let i = 1; i < m; i++) next[i]! -= reflection * coefficients[m - i]!;
    coefficients = next;
    error *= 1 - reflection * reflection;
  }
  return coefficients;
}
