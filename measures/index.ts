/** Measures of sound: clips and spectrograms in, numbers out. For tests and benches; nothing in src/ uses them. */
export { magnitudeSpectrogram, melSpectrograms, stackChannels } from './magnitude-spectrogram.js';
export type { Framing, MagnitudeSpectrogram } from './magnitude-spectrogram.js';
export { bestGain, spectralConvergence } from './spectral-convergence.js';
export type { ComparisonOptions } from './spectral-convergence.js';
export { logSpectralDistance } from './log-spectral-distance.js';
export type { LogSpectralDistanceOptions } from './log-spectral-distance.js';
export { compareOnsets } from './onset-sharpness.js';
export type { OnsetComparison, OnsetOptions } from './onset-sharpness.js';
export { ContinuityMeter } from './continuity.js';
export type { Continuity } from './continuity.js';
export { measureSeams, percentileOf } from './seam.js';
export type { Ranked, Seam } from './seam.js';
