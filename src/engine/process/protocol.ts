/**
 * What the engine process and its supervisor say to each other: two unions tagged by `type`. Messages travel as
 * structured clones (`serialization: 'advanced'`), so bytes stay bytes; both sides check what they receive.
 */
import { z } from 'zod';

import type { EngineErrorCode } from '../errors.js';
import type { Failure } from '../failure.js';
import type { GenerationRequest } from '../generation-request.js';
import { AUDIO_FORMATS, DEVICES, PRECISIONS, SCHEDULERS } from '../limits.js';
import type { LocalEngineOptions } from '../local-engine.js';
import type { EncodedAudio, GeneratedClip, GenerationProgress, ModelDescription } from '../music-engine.js';
import { recipeSchema } from '../recipe/recipe.js';
import type { ExecutionPlan } from '../runtime/execution-plan.js';
import { modelEvaluationSchema } from '../runtime/model-evaluation.js';
import { TRAIT_KINDS } from '../understanding/understood-traits.js';

/** Settings of the engine in the child: those of `LocalEngine` that are plain data. */
export type EngineSettings = Omit<
  LocalEngineOptions,
  'onExecutionPlan' | 'onFallBack' | 'probe' | 'workshop'
>;

/** Numbers a request for as long as the child lives. */
export type RequestId = number;

export type ToChild =
  | { readonly type: 'start'; readonly settings: EngineSettings }
  | {
      readonly type: 'generate';
      readonly id: RequestId;
      readonly request: GenerationRequest;
      readonly previewIntervalMs?: number | undefined;
    }
  | { readonly type: 'models'; readonly id: RequestId }
  | { readonly type: 'cancel'; readonly id: RequestId };

export type FromChild =
  | { readonly type: 'progress'; readonly id: RequestId; readonly progress: GenerationProgress }
  | { readonly type: 'generated'; readonly id: RequestId; readonly clip: GeneratedClip }
  | { readonly type: 'models'; readonly id: RequestId; readonly models: readonly ModelDescription[] }
  | { readonly type: 'failed'; readonly id: RequestId; readonly failure: Failure }
  /** What networks are about to be loaded for. */
  | { readonly type: 'execution'; readonly plan: ExecutionPlan }
  /** For the log. */
  | { readonly type: 'log'; readonly line: string };

const id = z.int().min(1);
const bytes = z.instanceof(Uint8Array);

const executionProvider = z.enum(DEVICES).exclude(['auto']);

const settingsSchema = z.object({
  modelRoots: z.array(z.string()),
  defaultModel: z.string().optional(),
  intraOpNumThreads: z.int().min(1).optional(),
  device: z.enum(DEVICES).optional(),
  precision: z.enum(PRECISIONS).optional(),
  crashedProviders: z.array(executionProvider).readonly().optional(),
});

const toChildSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), settings: settingsSchema }),
  z.object({
    type: z.literal('generate'),
    id,
    // Its content was checked by parseGenerationRequest, which is where its type comes from.
    request: z.custom<GenerationRequest>((value) => typeof value === 'object' && value !== null),
    previewIntervalMs: z.number().min(0).optional(),
  }),
  z.object({ type: z.literal('models'), id }),
  z.object({ type: z.literal('cancel'), id }),
]);

const progressSchema = z.object({
  stage: z.enum(['loading', 'denoising', 'decoding', 'sounding', 'encoding']),
  step: z.int().min(0),
  numInferenceSteps: z.int().min(1),
  fraction: z.number().min(0).max(1),
  preview: bytes.optional(),
});

const audioSchema = z.object({
  format: z.enum(AUDIO_FORMATS),
  bytes,
  sampleRate: z.number(),
  numberOfChannels: z.number(),
  durationSeconds: z.number(),
}) satisfies z.ZodType<EncodedAudio>;

const modelSchema = z.object({
  name: z.string(),
  version: z.string(),
  sha256: z.string(),
  defaults: z.object({
    numInferenceSteps: z.number(),
    guidanceScale: z.number(),
    scheduler: z.enum(SCHEDULERS),
  }),
  samplePrompts: z.array(z.string()),
  licence: z.string().exactOptional(),
  evaluation: modelEvaluationSchema.exactOptional(),
});

const failureSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('engine'),
    code: z.custom<EngineErrorCode>((value) => typeof value === 'string'),
    message: z.string(),
    stack: z.string(),
  }),
  z.object({ kind: z.literal('cancelled') }),
  z.object({ kind: z.literal('unexpected'), stack: z.string() }),
]);

const planSchema = z.object({
  executionProvider,
  target: z.enum(['cpu', 'gpu', 'portable']),
  precision: z.literal('float32'),
  sentence: z.string(),
}) satisfies z.ZodType<ExecutionPlan>;

const fromChildSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), id, progress: progressSchema }),
  z.object({
    type: z.literal('generated'),
    id,
    clip: z.object({
      recipe: recipeSchema,
      picture: bytes,
      audio: audioSchema,
      isPromptTruncated: z.boolean(),
      loops: z.boolean(),
      understood: z.array(z.object({ kind: z.enum(TRAIT_KINDS), name: z.string() })).optional(),
    }),
  }),
  z.object({ type: z.literal('models'), id, models: z.array(modelSchema) }),
  z.object({ type: z.literal('failed'), id, failure: failureSchema }),
  z.object({ type: z.literal('execution'), plan: planSchema }),
  z.object({ type: z.literal('log'), line: z.string() }),
]);

/** @throws Error when the message is none of the protocol's */
export function parseToChild(message: unknown): ToChild {
  return toChildSchema.parse(message) as ToChild;
}

/** @throws Error when the message is none of the protocol's */
export function parseFromChild(message: unknown): FromChild {
  return fromChildSchema.parse(message) as FromChild;
}
