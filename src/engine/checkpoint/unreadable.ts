import { EngineError } from '../errors.js';

/**
 * A checkpoint that cannot be used.
 * @param path of the file at fault, or its name
 * @param reason a clause: what is wrong with it
 */
export function unreadable(path: string, reason: string, options?: ErrorOptions): EngineError {
  const wayOut = 'Download it again, or use a checkpoint in diffusers layout with safetensors weights.';
  return new EngineError(
    'model_corrupt',
    `The model file ${path} cannot be used: ${reason}. ${wayOut}`,
    options,
  );
}
