import {
  compareOnsets,
  logSpectralDistance,
  melSpectrograms,
  spectralConvergence,
  stackChannels,
} from '../../measures/index.js';
import type { MagnitudeSpectrogram, OnsetComparison } from '../../measures/index.js';
import type { AudioClip } from '../../src/engine/audio/audio-clip.js';
import { resample } from '../../src/engine/audio/resample.js';
import { pictureToMel } from '../../src/engine/spectrogram/pixels.js';
import type { BenchClip } from './bench-clips.js';

/** How good the sound of a bench clip's picture is. */
export interface SoundQuality {
  /** dB, mel bands of the sound against those that the 8-bit picture asks for. */
  readonly melConvergence: number;
  /** The same without the outermost columns, which also see the mirrored sound beyond the ends. */
  readonly interiorConvergence: number;
  /** dB, mel bands of the sound against those of the original clip. */
  readonly originalConvergence: number;
  /** dB, down to -60 dB, against the picture. */
  readonly logDistance: number;
  /** Against the original clip. */
  readonly onsets: OnsetComparison;
}

/** Columns whose windows reach beyond an end, and one. */
const EDGE_COLUMNS = 6;

/** Compares sounds of one bench clip; what they are compared with is made once. */
export class QualityJudge {
  readonly #clip: BenchClip;
  readonly #asked: MagnitudeSpectrogram;
  readonly #askedInside: MagnitudeSpectrogram;
  readonly #original: MagnitudeSpectrogram;

  constructor(clip: BenchClip) {
    this.#clip = clip;
    const { picture, params, original } = clip;
    const shape = { frames: picture.width, bands: picture.height };
    const asked = pictureToMel(picture, params).map((values) => ({ ...shape, values }));
    this.#asked = stackChannels(asked);
    this.#askedInside = stackChannels(asked.map(withoutEnds));
    this.#original = stackChannels(melSpectrograms(original, params));
  }

  judge(made: AudioClip): SoundQuality {
    const sound = resample(made, this.#clip.params.sampleRate);
    const channels = melSpectrograms(sound, this.#clip.params);
    const mel = stackChannels(channels);
    const inside = stackChannels(channels.map(withoutEnds));
    return {
      melConvergence: spectralConvergence(this.#asked, mel),
      interiorConvergence: spectralConvergence(this.#askedInside, inside),
      originalConvergence: spectralConvergence(this.#original, mel),
      logDistance: logSpectralDistance(this.#asked, mel),
      onsets: compareOnsets(this.#clip.original, sound),
    };
  }
}

function withoutEnds({ frames, bands, values }: MagnitudeSpectrogram): MagnitudeSpectrogram {
  return {
    frames: frames - 2 * EDGE_COLUMNS,
    bands,
    values: values.subarray(EDGE_COLUMNS * bands, (frames - EDGE_COLUMNS) * bands),
  };
}
