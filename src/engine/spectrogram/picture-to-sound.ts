/** Spectrogram picture to sound: exact mel inversion, phases from the magnitudes, Griffin-Lim, loudness. */
import type { AudioClip } from '../audio/audio-clip.js';
import { SeededRandom } from '../math/random.js';
import { givenPhases, griffinLim, randomPhases } from './griffin-lim.js';
import type { MagnitudeFrames, StartingPhases } from './griffin-lim.js';
import { createMelFilterbank } from './mel-filterbank.js';
import { MelInverse } from './mel-inverse.js';
import { phaseGradientPhases } from './phase-gradient.js';
import { pictureToMel } from './pixels.js';
import type { MelFrames } from './pixels.js';
import { hopLength, nFft, validateSpectrogramParams, winLength } from './spectrogram-params.js';
import type { SpectrogramParams } from './spectrogram-params.js';
import type { SpectrogramPicture } from './spectrogram-picture.js';
import { Stft } from './stft.js';

export interface PictureToSoundOptions {
  /** Draws the phases that the picture does not decide. @defaultValue 0 */
  readonly seed?: number;
  /** Make a loop of width * hopLength samples, whose end runs on into its start. @defaultValue false */
  readonly circular?: boolean;
  /** @defaultValue 16 */
  readonly numGriffinLimIterations?: number;
  /** Where Griffin-Lim starts: phases integrated from the magnitudes, or torchaudio's random ones. @defaultValue 'phase-gradient' */
  readonly start?: 'phase-gradient' | 'random';
  /** Bring the clip to the loudness of all clips (see normalizeLoudness). @defaultValue true */
  readonly loudness?: boolean;
  /** Ends the work between two steps of it. */
  readonly signal?: AbortSignal;
}

/**
 * The sound of a picture: (width - 1) * hopLength samples, or width * hopLength of a loop. The same picture,
 * parameters and options give the same samples. An all-white picture gives silence.
 *
 * @throws EngineError `image_not_spectrogram` when the picture's shape does not fit the parameters,
 * `invalid_request` when the parameters contradict each other
 * @throws CancelledError after `signal` aborts
 */
export function pictureToSound(
  picture: SpectrogramPicture,
  params: SpectrogramParams,
  options: PictureToSoundOptions = {},
): AudioClip {
  validateSpectrogramParams(params);
  const { circular = false, numGriffinLimIterations = 16 } = options;
  const channels = pictureToMel(picture, params);
  const grid = chooseGrid(params);
  const stft = new Stft({ ...grid, circular });
  const inverse = new MelInverse(createMelFilterbank(params), nFft(params) / grid.nFft);
  const sounds = channels.map((mel) => {
    const magnitudes = invertMel(mel, inverse);
    return griffinLim(magnitudes, stft, {
      iterations: numGriffinLimIterations,
      start: startingPhases(magnitudes, grid, options),
      ...(options.signal ? { signal: options.signal } : {}),
    });
  });
  return { sampleRate: params.sampleRate, channels: sounds.map((samples) => Float32Array.from(samples)) };
}

interface Grid {
  readonly nFft: number;
  readonly winLength: number;
  readonly hopLength: number;
}

/**
 * The shortest FFT that holds the window and whose bins are among those of the picture's own FFT: zero-padding adds
 * nothing to a frame but cost.
 */
function chooseGrid(params: SpectrogramParams): Grid {
  const padded = nFft(params);
  const window = winLength(params);
  let step = Math.floor(padded / window);
  while (padded % step !== 0) step -= 1;
  return { nFft: padded / step, winLength: window, hopLength: hopLength(params) };
}

export function invertMel(mel: MelFrames, inverse: MelInverse): MagnitudeFrames {
  const bands = inverse.bands;
  const { bins } = inverse;
  const frames = mel.length / bands;
  const values = new Float32Array(frames * bins);
  for (let t = 0; t < frames; t++) {
    inverse.solve(mel.subarray(t * bands, (t + 1) * bands), values.subarray(t * bins, (t + 1) * bins));
  }
  return { frames, bins, values };
}

function startingPhases(
  magnitudes: MagnitudeFrames,
  grid: Grid,
  options: PictureToSoundOptions,
): StartingPhases {
  const random = new SeededRandom(options.seed ?? 0);
  if (options.start === 'random') return randomPhases(random);
  return givenPhases(
    phaseGradientPhases(magnitudes, { ...grid, circular: options.circular ?? false, random }),
  );
}
