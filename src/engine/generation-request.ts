import { z } from 'zod';

import { EngineError } from './errors.js';
import {
  AUDIO_FORMATS,
  GUIDANCE_SCALE_MAX,
  GUIDANCE_SCALE_MIN,
  INFERENCE_STEPS_MAX,
  INFERENCE_STEPS_MIN,
  PROMPT_MAX_LENGTH,
  SCHEDULERS,
  SEED_MAX,
  SEED_MIN,
} from './limits.js';

/** Unset (undefined) knobs take the model's own default. */
const generationRequestSchema = z.strictObject({
  prompt: z
    .string()
    .trim()
    .min(1, 'The prompt is empty: say what you would like to hear, for example "funk bassline".')
    .max(PROMPT_MAX_LENGTH, `The prompt is longer than ${PROMPT_MAX_LENGTH} characters: please shorten it.`),
  negativePrompt: z
    .string()
    .trim()
    .max(PROMPT_MAX_LENGTH, `The negative prompt is longer than ${PROMPT_MAX_LENGTH} characters.`)
    .default(''),
  seed: wholeNumber('seed', SEED_MIN, SEED_MAX),
  numInferenceSteps: wholeNumber('steps', INFERENCE_STEPS_MIN, INFERENCE_STEPS_MAX).optional(),
  guidanceScale: z
    .number(`guidance must be a number from ${GUIDANCE_SCALE_MIN} to ${GUIDANCE_SCALE_MAX}.`)
    .min(GUIDANCE_SCALE_MIN, `guidance must be at least ${GUIDANCE_SCALE_MIN}.`)
    .max(GUIDANCE_SCALE_MAX, `guidance must be at most ${GUIDANCE_SCALE_MAX}.`)
    .optional(),
  scheduler: z.enum(SCHEDULERS, `scheduler must be one of ${SCHEDULERS.join(', ')}.`).optional(),
  /** Name of a model folder; undefined = the default model. */
  model: z.string().min(1).optional(),
  audioFormat: z.enum(AUDIO_FORMATS, `format must be one of ${AUDIO_FORMATS.join(', ')}.`).default('mp3'),
});

/** A request for one clip, checked: past `parseGenerationRequest` nobody checks again. */
export type GenerationRequest = z.output<typeof generationRequestSchema>;
/** The same before checking and defaults. */
export type GenerationRequestInput = z.input<typeof generationRequestSchema>;

/** @throws EngineError `invalid_request` whose message names the first fault in a sentence. */
export function parseGenerationRequest(input: unknown): GenerationRequest {
  const result = generationRequestSchema.safeParse(input);
  if (result.success) return result.data;
  const message = result.error.issues[0]?.message ?? 'The request is not understood.';
  throw new EngineError('invalid_request', message, { cause: result.error });
}

function wholeNumber(name: string, min: number, max: number): z.ZodNumber {
  const message = `${name} must be a whole number from ${min} to ${max}.`;
  return z.int(message).min(min, message).max(max, message);
}
