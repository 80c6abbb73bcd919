/** What a job carries through the queue and its journal: what to make, for whom, and where to say so. */
import { z } from 'zod';

import { EngineError } from '../engine/errors.js';
import { parseGenerationRequest } from '../engine/generation-request.js';
import { AUDIO_FORMATS } from '../engine/limits.js';
import { BATCH_MAX } from './payloads/riff.js';

const snowflake = z.string().regex(/^\d{1,20}$/, 'must be a Discord id');

/** Where the finished clip goes. */
const destinationSchema = z.discriminatedUnion('type', [
  /** A message of the bot's own, which people can reply to. */
  z.object({ type: z.literal('channel') }),
  /** The command's reply: the bot is no member there, or lacks these permissions, named in English. */
  z.object({ type: z.literal('reply'), missingPermissions: z.array(z.string()) }),
]);

/** What shows how the job stands. */
const replySchema = z.discriminatedUnion('type', [
  /** The reply to an interaction. */
  z.object({
    type: z.literal('interaction'),
    applicationId: snowflake,
    /** Lets edit the reply for 15 minutes. Secret: never logged. */
    interactionToken: z.string().min(1),
    /** Milliseconds since the epoch. */
    createdAt: z.number(),
    messageId: snowflake.nullable(),
  }),
  /** An ordinary message of the bot's, such as the one that answers a person's. */
  z.object({ type: z.literal('message'), messageId: snowflake }),
]);

const placeSchema = z.object({
  userId: snowflake,
  /** Null in direct messages. */
  guildId: snowflake.nullable(),
  channelId: snowflake,
  destination: destinationSchema,
  reply: z.preprocess(withType, replySchema),
  /** The asker's language, as Discord names it. */
  locale: z.string(),
  /** The language of what everybody there reads; undefined = the asker's. */
  postLocale: z.string().optional(),
  /** Whether what is made is hidden until somebody clicks it. */
  isSpoiler: z.boolean().optional(),
  /** Bytes that one uploaded file may have there. */
  attachmentSizeLimit: z.number().positive(),
});

/** A file that somebody gave; its bytes are in the bot's own keeping until the job ends. */
const inputSchema = z.object({
  /** Under which it is kept. */
  key: z.string().regex(/^[0-9a-f]{32}$/, 'must be the key of a kept file'),
  /** As its sender called it: only to be shown. */
  name: z.string(),
  /** Message that it was taken from; null for a file that came with the command. */
  origin: z
    .object({
      guildId: snowflake.nullable(),
      channelId: snowflake,
      messageId: snowflake,
      /** Which of the message's clips, from 0; undefined = the only one, or the first. */
      position: z.int().min(0).exactOptional(),
    })
    .nullable(),
});

const request = z.unknown().transform(toGenerationRequest);

const jobSchema = z.discriminatedUnion('kind', [
  placeSchema.extend({
    kind: z.literal('riff'),
    request,
    /** Clips in one message, each with the seed after the last one's; undefined = 1. */
    count: z.int().min(1).max(BATCH_MAX).exactOptional(),
  }),
  /** `request` has the far end; all but the clips to go from and to, and their `strength`. */
  placeSchema.extend({
    kind: z.literal('morph'),
    request,
    /** Without clips it says nothing. */
    strength: z.number().min(0).max(1),
    input: inputSchema.exactOptional(),
    endInput: inputSchema.exactOptional(),
  }),
  /** `request` is all but `init` and `strength`, which are the other two. */
  placeSchema.extend({
    kind: z.literal('remix'),
    request,
    strength: z.number().min(0).max(1),
    input: inputSchema,
  }),
  /** `request` says how long the whole is to be, of which `input` is the first half. */
  placeSchema.extend({ kind: z.literal('longer'), request, input: inputSchema }),
  /** A clip that loops, several times round. */
  placeSchema.extend({
    kind: z.literal('rounds'),
    title: z.string(),
    rounds: z.int().min(1),
    format: z.enum(AUDIO_FORMATS),
    input: inputSchema,
  }),
  placeSchema.extend({ kind: z.literal('voice-message'), title: z.string(), input: inputSchema }),
  placeSchema.extend({ kind: z.literal('listen'), format: z.enum(AUDIO_FORMATS), input: inputSchema }),
  placeSchema.extend({ kind: z.literal('see'), input: inputSchema }),
]);

export type ClipJob = z.output<typeof jobSchema>;
export type JobOf<Kind extends ClipJob['kind']> = Extract<ClipJob, { readonly kind: Kind }>;
/** For whom, and where: what all jobs have in common. */
export type JobPlace = z.output<typeof placeSchema>;
/** What to make: the rest of a job. */
export type ClipWork = { [Kind in ClipJob['kind']]: Omit<JobOf<Kind>, keyof JobPlace> }[ClipJob['kind']];
export type ClipDestination = JobPlace['destination'];
export type JobReply = JobPlace['reply'];
export type JobInput = z.output<typeof inputSchema>;
export type InputOrigin = NonNullable<JobInput['origin']>;

/** @throws ZodError when it is not a job's data */
export function parseClipJob(raw: unknown): ClipJob {
  return jobSchema.parse(withKind(raw));
}

/** Jobs that the model is needed for. */
export type GeneratingKind = 'riff' | 'remix' | 'morph' | 'longer';

/** The files that a job is about. */
export function inputsOf(work: ClipWork): JobInput[] {
  if (work.kind === 'riff') return [];
  const endInput = work.kind === 'morph' ? work.endInput : undefined;
  return [work.input, endInput].filter((input) => input !== undefined);
}

/** The first journals held riffs alone, and did not say so. */
function withKind(raw: unknown): unknown {
  return isWithout(raw, 'kind') ? { ...raw, kind: 'riff' } : raw;
}

/** They knew interactions alone, too. */
function withType(reply: unknown): unknown {
  return isWithout(reply, 'type') ? { ...reply, type: 'interaction' } : reply;
}

function isWithout(value: unknown, key: string): value is object {
  return typeof value === 'object' && value !== null && !(key in value);
}

function toGenerationRequest(raw: unknown, context: z.RefinementCtx) {
  try {
    return parseGenerationRequest(raw);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
    return z.NEVER;
  }
}
