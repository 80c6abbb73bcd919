import type { InferenceSession } from '../../runtime/inference-session.js';

export type NetworkName = 'text_encoder' | 'unet' | 'vae_decoder' | 'vae_encoder';

/** Where a pipeline's networks come from. Not part of the contract: what files they are in, and what runs them. */
export interface NetworkSource {
  /** Loads one. @throws EngineError `model_missing` or `model_corrupt` */
  open(name: NetworkName): Promise<InferenceSession>;
}
