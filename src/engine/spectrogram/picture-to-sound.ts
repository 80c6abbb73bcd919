/** Spectrogram picture to sound: exact mel inversion, phases from the magnitudes, Griffin-Lim, loudness. */
import type { AudioClip } from '../audio/audio-clip.js';
import { normalizeLoudness } from '../audio/normalize-loudness.js';
import { EngineError } from '../errors.js';
import { SeededRandom } from '../math/random.js';
import { givenPhases, griffinLim, phasesOf, randomPhases, synthesize } from './griffin-lim.js';
import type { MagnitudeFrames, Phases } from './griffin-lim.js';
import { createMelFilterbank } from './mel-filterbank.js';
import { MelInverse } from './mel-inverse.js';
import { phaseGradientPhases } from './phase-gradient.js';
import { pictureToMel } from './pixels.js';
import type { MelFrames } from './pixels.js';
import { validateSpectrogramParams } from './spectrogram-params.js';
import type { SpectrogramParams } from './spectrogram-params.js';
import type { SpectrogramPicture } from './spectrogram-picture.js';
import { Stft } from './stft.js';
import { chooseSynthesisGrids } from './synthesis-grid.js';
import type { SynthesisGrids } from './synthesis-grid.js';

export interface PictureToSoundOptions {
  /** Draws the phases that the picture does not decide. @defaultValue 0 */
  readonly seed?: number;
  /** Make a loop of width * hopLength samples, whose end runs on into its start. @defaultValue false */
  readonly circular?: boolean;
  /** Whole number from 0 to 1000. @defaultValue 16 */
  readonly numGriffinLimIterations?: number;
  /**
   * Where Griffin-Lim starts: phases integrated from the magnitudes, or torchaudio's random ones.
   * @defaultValue 'phase-gradient'
   */
  readonly start?: 'phase-gradient' | 'random';
  /** Bring the clip to the loudness of all clips (see normalizeLoudness). @defaultValue true */
  readonly loudness?: boolean;
  /** Ends the work between two steps of it. */
  readonly signal?: AbortSignal;
}

const DEFAULT_ITERATIONS = 16;
const MAX_ITERATIONS = 1000;

/**
 * The sound of a picture: (width - 1) * hopLength samples, or width * hopLength of a loop. The same picture,
 * parameters and options give the same samples. An all-white picture gives silence.
 *
 * @throws EngineError `image_not_spectrogram` when the picture's shape does not fit the parameters,
 * `invalid_request` when the parameters contradict each other or the seed or number of iterations is out of range
 * @throws CancelledError after `signal` aborts
 */
export function pictureToSound(
  picture: SpectrogramPicture,
  params: SpectrogramParams,
  options: PictureToSoundOptions = {},
): AudioClip {
  validateSpectrogramParams(params);
  checkIterations(options.numGriffinLimIterations);
  const { circular = false, loudness = true } = options;
  const grids = chooseSynthesisGrids(params);
  const inverse = new MelInverse(createMelFilterbank(params), grids.binStep);
  const channels = pictureToMel(picture, params).map((mel) =>
    Float32Array.from(soundOf(invertMel(mel, inverse), grids, options)),
  );
  const clip = { sampleRate: params.sampleRate, channels };
  return loudness ? normalizeLoudness(clip, { circular }) : clip;
}

/** Linear magnitudes of every frame. */
export function invertMel(mel: MelFrames, inverse: MelInverse): MagnitudeFrames {
  const { bands, bins } = inverse;
  const frames = mel.length / bands;
  const values = new Float32Array(frames * bins);
  for (let t = 0; t < frames; t++) {
    inverse.solve(mel.subarray(t * bands, (t + 1) * bands), values.subarray(t * bins, (t + 1) * bins));
  }
  return { frames, bins, values };
}

function checkIterations(iterations = DEFAULT_ITERATIONS): void {
  if (Number.isInteger(iterations) && iterations >= 0 && iterations <= MAX_ITERATIONS) return;
  throw new EngineError(
    'invalid_request',
    `Expected the number of Griffin-Lim iterations to be a whole number from 0 to ${MAX_ITERATIONS}, got ${iterations}.`,
  );
}

/** One channel: phases are sought at the lower sample rate, then given to the magnitudes at the full one. */
function soundOf(
  magnitudes: MagnitudeFrames,
  grids: SynthesisGrids,
  options: PictureToSoundOptions,
): Float64Array {
  const { circular = false, numGriffinLimIterations: iterations = DEFAULT_ITERATIONS, signal } = options;
  const start = startingPhases(magnitudes, grids, options);
  const search = new Stft({ ...grids.search, circular });
  const found = griffinLim(magnitudes, search, { iterations, start, ...(signal ? { signal } : {}) });
  if (grids.search === grids.output) return found;
  return synthesize(magnitudes, new Stft({ ...grids.output, circular }), phasesOf(found, search));
}

function startingPhases(
  magnitudes: MagnitudeFrames,
  grids: SynthesisGrids,
  { start, circular = false, seed = 0 }: PictureToSoundOptions,
): Phases {
  // Each channel draws the same numbers: what is equal in both stays in the middle.
  const random = new SeededRandom(seed);
  if (start === 'random') return randomPhases(random);
  return givenPhases(phaseGradientPhases(magnitudes, { ...grids.search, circular, random }));
}
