import { conditionsOf } from '../diffusion/model-config.js';
import type { ModelConfig } from '../diffusion/model-config.js';
import { EngineError } from '../errors.js';
import type { GenerationRequest } from '../generation-request.js';
import { clipTempo } from '../tempo/clip-tempo.js';
import type { ClipTempo } from '../tempo/clip-tempo.js';
import { bpmInPrompt, isTriple } from '../tempo/prompt-tempo.js';
import { pictureWidthOf } from './piece-plan.js';

type TempoRequest = Pick<GenerationRequest, 'prompt' | 'bpm' | 'init' | 'width'>;

/**
 * The tempo that a request asks for: `bpm`, or else what its prompt states; a first clip has one of its own, which the
 * prompt does not change.
 *
 * @param model name
 * @returns `undefined` where there is none, and where only the prompt states one to a model that cannot be told: its
 * words are then words like others
 * @throws EngineError `invalid_request` for `bpm` of such a model, and for a width that the model cannot make
 */
export function askedTempo(request: TempoRequest, config: ModelConfig, model: string): ClipTempo | undefined {
  if (!conditionsOf(config).includes('rhythm')) {
    if (request.bpm === undefined) return undefined;
    throw new EngineError(
      'invalid_request',
      `The model "${model}" cannot be told a tempo: leave bpm out, and say "slow" or "fast" in the prompt, or choose ` +
        'another model.',
    );
  }
  const bpm = request.bpm ?? (request.init ? undefined : bpmInPrompt(request.prompt));
  if (bpm === undefined) return undefined;
  return clipTempo(bpm, {
    params: config.spectrogramParams,
    pictureWidth: pictureWidthOf(request, config),
    isTriple: isTriple(request.prompt),
  });
}
