/** The model that ships, as a pipeline, and pictures of prompts. */
import { fileURLToPath } from 'node:url';

import type { DiffusionPipeline } from '../../src/engine/diffusion/diffusion-pipeline.js';
import { loadPipeline } from '../../src/engine/diffusion/load-pipeline.js';
import type { PipelineRequest, PromptPoint } from '../../src/engine/diffusion/pipeline-request.js';
import { ModelFolder } from '../../src/engine/runtime/model-folder.js';
import { OnnxSession } from '../../src/engine/runtime/onnx-session.js';
import type { SpectrogramPicture } from '../../src/engine/spectrogram/spectrogram-picture.js';

const FOLDER = fileURLToPath(new URL('../../models/riffcord-small', import.meta.url));

export async function openShippedPipeline(): Promise<DiffusionPipeline> {
  return loadPipeline(await ModelFolder.open(FOLDER), (network, options = {}) => {
    if (typeof network === 'function') throw new Error('The model that ships has networks in files.');
    return OnnxSession.create(network, options);
  });
}

export function pointOf({ config }: DiffusionPipeline, prompt: string, seed: number): PromptPoint {
  const { guidanceScale } = config.defaults;
  return { prompt, negativePrompt: '', seed, guidanceScale, strength: 1 };
}

/** A run with the model's own steps. */
export async function latentsOf(
  pipeline: DiffusionPipeline,
  request: Omit<PipelineRequest, 'numInferenceSteps' | 'scheduler'>,
): Promise<Float32Array> {
  const { numInferenceSteps, scheduler } = pipeline.config.defaults;
  return pipeline.run({ numInferenceSteps, scheduler, ...request });
}

export async function pictureOf(
  pipeline: DiffusionPipeline,
  request: Omit<PipelineRequest, 'numInferenceSteps' | 'scheduler'>,
): Promise<SpectrogramPicture> {
  return pipeline.decode(await latentsOf(pipeline, request), request);
}
