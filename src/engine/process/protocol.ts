/**
 * What the engine process and its supervisor say to each other: two unions tagged by `type`. Messages travel as
 * structured clones (`serialization: 'advanced'`), so bytes stay bytes; both sides check what they receive.
 */
import { z } from 'zod';

import { CancelledError, EngineError } from '../errors.js';
import type { EngineErrorCode } from '../errors.js';
import type { GenerationRequest } from '../generation-request.js';
import { AUDIO_FORMATS, SCHEDULERS } from '../limits.js';
import type { LocalEngineOptions } from '../local-engine.js';
import type { EncodedAudio, GeneratedClip, GenerationProgress, ModelDescription } from '../music-engine.js';
import { recipeSchema } from '../recipe/recipe.js';

/** Settings of the engine in the child: those of `LocalEngine` that are plain data. */
export type EngineSettings = Omit<LocalEngineOptions, 'onFallBack'>;

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
  /** For the log. */
  | { readonly type: 'log'; readonly line: string };

/** An error as it crosses the process boundary. */
export type Failure =
  | {
      readonly kind: 'engine';
      readonly code: EngineErrorCode;
      readonly message: string;
      readonly stack: string;
    }
  | { readonly kind: 'cancelled' }
  /** A fault in the engine itself. */
  | { readonly kind: 'unexpected'; readonly stack: string };

const id = z.int().min(1);
const bytes = z.instanceof(Uint8Array);

const settingsSchema = z.object({
  modelRoots: z.array(z.string()),
  defaultModel: z.string().optional(),
  intraOpNumThreads: z.int().min(1).optional(),
  executionProviders: z.array(z.string()).optional(),
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
    }),
  }),
  z.object({ type: z.literal('models'), id, models: z.array(modelSchema) }),
  z.object({ type: z.literal('failed'), id, failure: failureSchema }),
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

export function toFailure(error: unknown): Failure {
  if (error instanceof CancelledError) return { kind: 'cancelled' };
  const stack = stackOf(error);
  if (error instanceof EngineError) {
    return { kind: 'engine', code: error.code, message: error.message, stack };
  }
  return { kind: 'unexpected', stack };
}

/** The error that `toFailure` was given, as far as it matters; stacks of the child become the cause. */
export function fromFailure(failure: Failure): EngineError | CancelledError {
  switch (failure.kind) {
    case 'cancelled':
      return new CancelledError();
    case 'engine':
      return new EngineError(failure.code, failure.message, { cause: failure.stack });
    case 'unexpected':
      return new EngineError(
        'engine_crashed',
        'The engine failed in the middle of this request. Please try again.',
        { cause: failure.stack },
      );
  }
}

/** The error's stack and those of its causes. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\nCaused by: ${stackOf(error.cause)}`;
}
