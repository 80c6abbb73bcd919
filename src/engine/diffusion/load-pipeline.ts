import { EngineError } from '../errors.js';
import type { InferenceSession } from '../runtime/inference-session.js';
import type { ModelFolder } from '../runtime/model-folder.js';
import { GuidedUnet } from './guided-unet.js';
import { readModelConfig } from './model-config.js';
import { PromptEncoder } from './prompt-encoder.js';
import { RiffcordPipeline } from './riffcord-pipeline.js';
import { loadTokenizer } from './tokenizer.js';
import { VaeDecoder } from './vae-decoder.js';

/** Loads a network from a file. */
export type OpenSession = (path: string) => Promise<InferenceSession>;

/**
 * Reads a model's settings and loads its networks.
 * @throws EngineError `model_missing` or `model_corrupt`
 */
export async function loadPipeline(folder: ModelFolder, openSession: OpenSession): Promise<RiffcordPipeline> {
  const config = await readModelConfig(folder);
  const tokenizer = await loadTokenizer(folder);
  const open = (path: string): Promise<InferenceSession> => openNetwork(folder, path, openSession);
  const textEncoder = await open('text_encoder/model.onnx');
  const unet = await open('unet/model.onnx');
  const vaeDecoder = await open('vae_decoder/model.onnx');
  return new RiffcordPipeline({
    config,
    promptEncoder: new PromptEncoder(tokenizer, textEncoder),
    unet: new GuidedUnet(unet, config.latentShape),
    vaeDecoder: new VaeDecoder(vaeDecoder, config.latentShape, config.scalingFactor),
  });
}

async function openNetwork(
  folder: ModelFolder,
  relativePath: string,
  openSession: OpenSession,
): Promise<InferenceSession> {
  const path = await folder.path(relativePath);
  try {
    return await openSession(path);
  } catch (cause) {
    const message = `The network ${path} cannot be loaded: it is of a kind that this version does not run.`;
    throw new EngineError('model_corrupt', message, { cause });
  }
}
