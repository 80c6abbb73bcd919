/** A model's `spectrogram.json`: what its pictures sound like. */
import { z } from 'zod';

import type { ModelFolder } from '../runtime/model-folder.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';

const FILE = 'spectrogram.json';

const spectrogramSchema = z.object({
  sampleRate: z.number(),
  stereo: z.boolean(),
  stepSizeMs: z.number(),
  windowDurationMs: z.number(),
  paddedDurationMs: z.number(),
  numMels: z.int().min(1),
  minFrequency: z.number(),
  maxFrequency: z.number(),
  powerForImage: z.number(),
  circular: z.boolean().default(false),
});

export interface SpectrogramConfig {
  readonly spectrogramParams: SpectrogramParams;
  /** True when the picture's right edge continues at its left: the clip loops. */
  readonly circular: boolean;
}

/** @throws EngineError `model_missing` or `model_corrupt` */
export async function readSpectrogramConfig(folder: ModelFolder): Promise<SpectrogramConfig> {
  const { circular, numMels, ...spectrogram } = await folder.readJson(FILE, spectrogramSchema);
  return { spectrogramParams: { ...spectrogram, numFrequencies: numMels }, circular };
}

/**
 * The same, or riffusion's for a model without the file.
 * @param height of its pictures, which have a row for each frequency
 * @throws EngineError `model_missing` or `model_corrupt`
 */
export async function spectrogramConfigOr(folder: ModelFolder, height: number): Promise<SpectrogramConfig> {
  if (folder.has(FILE)) return readSpectrogramConfig(folder);
  return {
    spectrogramParams: { ...DEFAULT_SPECTROGRAM_PARAMS, numFrequencies: height },
    circular: false,
  };
}
