import { EngineError } from '../../errors.js';

/**
 * A LoRA that cannot be used, in itself or with the checkpoint at hand.
 * @param path of its file
 * @param reason a clause: what is wrong with it
 */
export function unusableLora(path: string, reason: string, options?: ErrorOptions): EngineError {
  const wayOut = 'Use a LoRA made for the same version of Stable Diffusion as the checkpoint.';
  return new EngineError('model_corrupt', `The LoRA ${path} cannot be used: ${reason}. ${wayOut}`, options);
}
