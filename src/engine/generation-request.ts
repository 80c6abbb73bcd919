import { z } from 'zod';

import { SPEEDS } from './diffusion/acceleration/speed.js';
import { EngineError } from './errors.js';
import {
  AUDIO_FORMATS,
  AUDIO_MAX_BYTES,
  BPM_MAX,
  BPM_MIN,
  CLIP_SKIP_MAX,
  GUIDANCE_SCALE_MAX,
  GUIDANCE_SCALE_MIN,
  INFERENCE_STEPS_MAX,
  INFERENCE_STEPS_MIN,
  LORAS_MAX,
  LORA_WEIGHT_MAX,
  PICTURES_MAX,
  PROMPT_MAX_LENGTH,
  SCHEDULERS,
  SECONDS_MAX,
  SECONDS_MIN,
  SEED_MAX,
  SEED_MIN,
  WIDTH_MAX,
  WIDTH_MIN,
} from './limits.js';
import { requestFault } from './request-fault.js';

const EMPTY_PROMPT = 'The prompt is empty: say what you would like to hear, for example "funk bassline".';

const knobs = {
  prompt: z
    .string()
    .trim()
    .min(1, EMPTY_PROMPT)
    .max(PROMPT_MAX_LENGTH, `The prompt is longer than ${PROMPT_MAX_LENGTH} characters: please shorten it.`),
  negativePrompt: z
    .string()
    .trim()
    .max(PROMPT_MAX_LENGTH, `The negative prompt is longer than ${PROMPT_MAX_LENGTH} characters.`),
  seed: wholeNumber('seed', SEED_MIN, SEED_MAX),
  guidanceScale: numberBetween('guidance', GUIDANCE_SCALE_MIN, GUIDANCE_SCALE_MAX),
  strength: numberBetween('strength', 0, 1),
};

const fileSchema = z.object({
  kind: z.literal('file'),
  /** A whole file. */
  bytes: z
    .custom<Uint8Array>((value) => value instanceof Uint8Array, 'The file to start from is missing.')
    .refine(({ length }) => length <= AUDIO_MAX_BYTES, 'The file to start from is too large.'),
});

/** What a clip is made from: a spectrogram picture or a sound, as a file, or a seed picture by its name. */
const initSchema = z.discriminatedUnion('kind', [
  fileSchema,
  z.object({ kind: z.literal('seed-picture'), name: z.string().min(1) }),
]);

/** Where it may be changed: white is painted anew, black is kept, grey is in between. */
const maskSchema = z.discriminatedUnion('kind', [
  fileSchema,
  z.object({ kind: z.literal('mask-picture'), name: z.string().min(1) }),
]);

/** The far end of an interpolation; what is left open is as at the start. */
const endSchema = z.strictObject({
  prompt: knobs.prompt,
  negativePrompt: knobs.negativePrompt.optional(),
  seed: knobs.seed.optional(),
  guidanceScale: knobs.guidanceScale.optional(),
  /** Not of a piece, all of which has the start's. */
  strength: knobs.strength.optional(),
  /** The far end of a way from one clip to another; undefined = the start's. */
  init: initSchema.optional(),
});

const accelerationSchema = z.strictObject({
  guidanceInterval: z
    .tuple([numberBetween('guidanceInterval', 0, 1), numberBetween('guidanceInterval', 0, 1)])
    .readonly()
    .exactOptional(),
  guidanceEvery: wholeNumber('guidanceEvery', 1, INFERENCE_STEPS_MAX).exactOptional(),
  deepFeaturesEvery: wholeNumber('deepFeaturesEvery', 1, INFERENCE_STEPS_MAX).exactOptional(),
});

const loraSchema = z.strictObject({
  /** Of an installed LoRA. */
  name: z.string().min(1),
  /** How much of it; negative = away from it. */
  weight: numberBetween('the weight of a LoRA', -LORA_WEIGHT_MAX, LORA_WEIGHT_MAX).default(1),
});

/** Unset (undefined) knobs take the model's own default. */
const generationRequestSchema = z
  .strictObject({
    prompt: knobs.prompt,
    negativePrompt: knobs.negativePrompt.default(''),
    seed: knobs.seed,
    numInferenceSteps: wholeNumber('steps', INFERENCE_STEPS_MIN, INFERENCE_STEPS_MAX).optional(),
    guidanceScale: knobs.guidanceScale.optional(),
    scheduler: z.enum(SCHEDULERS, `scheduler must be one of ${SCHEDULERS.join(', ')}.`).optional(),
    /** How many steps and such to save, where the knobs above do not say; undefined = none. */
    speed: z.enum(SPEEDS, `speed must be one of ${SPEEDS.join(', ')}.`).optional(),
    /** Parts of the work to leave out. */
    acceleration: accelerationSchema.optional(),
    /** Image to image. */
    init: initSchema.optional(),
    /** Share of `init` that noise replaces, 0..1; undefined = 0.75. */
    strength: knobs.strength.optional(),
    mask: maskSchema.optional(),
    end: endSchema.optional(),
    /** How far from the start to the end, 0..1; undefined = 0.5, or all the way where there are several pictures. */
    alpha: numberBetween('alpha', 0, 1).optional(),
    /** Pictures side by side, which are one piece of music; undefined = 1, or as many as `seconds` take. */
    pictures: wholeNumber('pictures', 1, PICTURES_MAX).optional(),
    /** How long the clip is, in whole pictures; undefined = one picture. */
    seconds: numberBetween('seconds', SECONDS_MIN, SECONDS_MAX).optional(),
    /** Columns of each picture. */
    width: wholeNumber('width', WIDTH_MIN, WIDTH_MAX).optional(),
    /**
     * Beats per minute, of models that can be told; undefined = what the prompt states, as in "techno, 128 bpm", or what
     * the model makes of the prompt.
     */
    bpm: numberBetween('bpm', BPM_MIN, BPM_MAX).optional(),
    /** Make a clip that loops without a seam. */
    loop: z.boolean().optional(),
    /** Layers of a checkpoint's text encoder to leave out at its end; some fine-tunes were trained so. */
    clipSkip: wholeNumber('clip skip', 0, CLIP_SKIP_MAX).optional(),
    /** Decode with the checkpoint's tiny autoencoder, quicker and less exactly. */
    tinyDecoder: z.boolean().optional(),
    loras: z.array(loraSchema).max(LORAS_MAX, `At most ${LORAS_MAX} LoRAs at once.`).default([]),
    /** Name of a model folder; undefined = the default model. */
    model: z.string().min(1).optional(),
    audioFormat: z.enum(AUDIO_FORMATS, `format must be one of ${AUDIO_FORMATS.join(', ')}.`).default('mp3'),
  })
  .superRefine((request, context) => {
    const { init, mask, strength, end, alpha, pictures, seconds } = request;
    const orphans: [isOrphan: boolean, message: string][] = [
      [
        strength !== undefined && !init,
        'strength says how much of a first clip to change: name the clip too.',
      ],
      [mask !== undefined && !init, 'A mask says what to keep of a first clip: name the clip too.'],
      [
        end?.init !== undefined && !init,
        'The end has a clip, but the start has none: name the clip to start from too.',
      ],
      [
        pictures !== undefined && seconds !== undefined,
        'Both the number of pictures and the seconds say how long the clip is: leave one of them out.',
      ],
      [alpha !== undefined && !end, 'alpha says how far to go towards an end: say what the end is too.'],
    ];
    for (const [isOrphan, message] of orphans) if (isOrphan) context.addIssue({ code: 'custom', message });
  });

/** A request for one clip, checked: past `parseGenerationRequest` nobody checks again. */
export type GenerationRequest = z.output<typeof generationRequestSchema>;
/** The same before checking and defaults. */
export type GenerationRequestInput = z.input<typeof generationRequestSchema>;
export type InitSource = z.output<typeof initSchema>;
export type MaskSource = z.output<typeof maskSchema>;

/** @throws EngineError `invalid_request` whose message names the first fault in a sentence. */
export function parseGenerationRequest(input: unknown): GenerationRequest {
  const result = generationRequestSchema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const message = issue?.message ?? 'The request is not understood.';
  const fault = issue && requestFault(issue);
  throw new EngineError('invalid_request', message, { cause: result.error, fault });
}

function wholeNumber(name: string, min: number, max: number): z.ZodNumber {
  const message = `${name} must be a whole number from ${min} to ${max}.`;
  return z.int(message).min(min, message).max(max, message);
}

function numberBetween(name: string, min: number, max: number): z.ZodNumber {
  return z
    .number(`${name} must be a number from ${min} to ${max}.`)
    .min(min, `${name} must be at least ${min}.`)
    .max(max, `${name} must be at most ${max}.`);
}
