import { EngineError } from '../errors.js';

/**
 * A sound model of a kind that is not run.
 * @param name the model's
 * @param reason a clause: what is other about it
 */
export function modelUnsupported(name: string, reason: string): EngineError {
  return new EngineError(
    'model_unsupported',
    `The model "${name}" is of a kind that this version does not run: ${reason}. Use a Stable Diffusion 1.x or 2.x ` +
      'checkpoint for text to image in diffusers layout, such as Riffusion, or one of the models that came with it.',
  );
}
