import type { InferenceSession } from '../../runtime/inference-session.js';

/**
 * `shallow_unet`: first and last layers of the denoiser, whose input `deep_features` is an output of the whole one. Not
 * all sources have it. `tiny_vae_decoder`: takes the place of `vae_decoder` where there is one and time matters more.
 */
export type NetworkName =
  'text_encoder' | 'unet' | 'shallow_unet' | 'vae_decoder' | 'tiny_vae_decoder' | 'vae_encoder';

/** Where a pipeline's networks come from. Not part of the contract: what files they are in, and what runs them. */
export interface NetworkSource {
  readonly hasShallowUnet: boolean;
  /** Loads one. @throws EngineError `model_missing` or `model_corrupt` */
  open(name: NetworkName): Promise<InferenceSession>;
}
