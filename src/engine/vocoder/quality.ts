import type { Quality } from '../limits.js';

/** How much work goes into a sound. */
export interface VocoderSettings {
  /** Least length of a transform over that of its window. */
  readonly padding: number;
  /** Times that the sound is analysed and made again. */
  readonly iterations: number;
}

/** Chosen on the frontier of quality against CPU time; see docs/sound.md. */
export const VOCODER_SETTINGS: Readonly<Record<Exclude<Quality, 'reference'>, VocoderSettings>> = {
  fast: { padding: 4 / 3, iterations: 6 },
  studio: { padding: 2, iterations: 16 },
};
