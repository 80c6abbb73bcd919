/** What a job carries through the queue and its journal: what to make, for whom, and where to say so. */
import { z } from 'zod';

import { EngineError } from '../engine/errors.js';
import { parseGenerationRequest } from '../engine/generation-request.js';

const snowflake = z.string().regex(/^\d{1,20}$/, 'must be a Discord id');

/** Where the finished clip goes. */
const destinationSchema = z.discriminatedUnion('type', [
  /** A message of the bot's own, which people can reply to. */
  z.object({ type: z.literal('channel') }),
  /** The command's reply: the bot is no member there, or lacks these permissions, named in English. */
  z.object({ type: z.literal('reply'), missingPermissions: z.array(z.string()) }),
]);

const riffJobSchema = z.object({
  request: z.unknown().transform(toGenerationRequest),
  userId: snowflake,
  /** Null in direct messages. */
  guildId: snowflake.nullable(),
  channelId: snowflake,
  destination: destinationSchema,
  /** The command's reply, which shows how the job stands. */
  reply: z.object({
    applicationId: snowflake,
    /** Lets edit the reply for 15 minutes. Secret: never logged. */
    interactionToken: z.string().min(1),
    /** Milliseconds since the epoch. */
    createdAt: z.number(),
    messageId: snowflake.nullable(),
  }),
  /** The asker's language, as Discord names it. */
  locale: z.string(),
  /** Bytes that one uploaded file may have there. */
  attachmentSizeLimit: z.number().positive(),
});

export type RiffJob = z.output<typeof riffJobSchema>;
export type ClipDestination = RiffJob['destination'];

/** @throws ZodError when it is not a job's data */
export function parseRiffJob(raw: unknown): RiffJob {
  return riffJobSchema.parse(raw);
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
