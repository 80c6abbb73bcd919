import { defaultsAtSpeed } from '../diffusion/acceleration/speed.js';
import type { ModelDefaults } from '../diffusion/model-defaults.js';
import type { PipelineRequest, PromptPoint } from '../diffusion/pipeline-request.js';
import type { GenerationRequest } from '../generation-request.js';
import type { PiecePlan } from './piece-plan.js';

/** Riffusion's: it keeps the beat. */
const DEFAULT_STRENGTH = 0.75;
const DEFAULT_ALPHA = 0.5;

/** A request whose knobs are all set, but for pictures and sizes. */
export type ResolvedRequest = Pick<
  PipelineRequest,
  'start' | 'end' | 'alpha' | 'numInferenceSteps' | 'scheduler' | 'acceleration'
>;

/** Knobs that the request leaves open take the model's defaults at the speed it asks for; the end's take the start's. */
export function resolveRequest(
  request: GenerationRequest,
  modelDefaults: ModelDefaults,
  { pictures, isMorph }: Pick<PiecePlan, 'pictures' | 'isMorph'>,
): ResolvedRequest {
  const defaults = defaultsAtSpeed(modelDefaults, request.speed ?? 'full');
  const start: PromptPoint = {
    prompt: request.prompt,
    negativePrompt: request.negativePrompt,
    seed: request.seed,
    guidanceScale: request.guidanceScale ?? defaults.guidanceScale,
    strength: request.strength ?? DEFAULT_STRENGTH,
  };
  return {
    start,
    ...(request.end && {
      end: endOf(pictures > 1 ? { ...request.end, strength: start.strength } : request.end, start),
      ...(!isMorph && { alpha: request.alpha ?? DEFAULT_ALPHA }),
    }),
    numInferenceSteps: request.numInferenceSteps ?? defaults.numInferenceSteps,
    scheduler: request.scheduler ?? defaults.scheduler,
    ...(request.acceleration && { acceleration: request.acceleration }),
  };
}

function endOf(end: NonNullable<GenerationRequest['end']>, start: PromptPoint): PromptPoint {
  return {
    prompt: end.prompt,
    negativePrompt: end.negativePrompt ?? start.negativePrompt,
    seed: end.seed ?? start.seed,
    guidanceScale: end.guidanceScale ?? start.guidanceScale,
    strength: end.strength ?? start.strength,
  };
}
