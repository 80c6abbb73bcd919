import { z } from 'zod';
import { text } from '../rules/fields.js';

/** Any message from a client. */
export const frameForm = z.looseObject({ op: z.number().int(), d: z.unknown().optional() });

export const identifyForm = z.looseObject({
  token: z.string(),
  intents: z.unknown().optional(),
  properties: z.looseObject({ os: z.string(), browser: z.string(), device: z.string() }),
  compress: z.boolean().nullish(),
  shard: z.tuple([z.number().int(), z.number().int()]).nullish(),
  presence: z.unknown().optional(),
});

export const resumeForm = z.looseObject({
  token: z.string(),
  session_id: z.string(),
  seq: z.number().int().nullable(),
});

const activity = z.looseObject({
  name: text(1, 128),
  type: z.number().int().min(0).max(5),
  state: text(0, 128).nullish(),
  url: z.string().nullish(),
});

export const presenceForm = z.looseObject({
  status: z.enum(['online', 'dnd', 'idle', 'invisible', 'offline']),
  activities: z.array(activity),
  afk: z.boolean().nullish(),
  since: z.number().nullish(),
});

/** What the bot shows of itself. */
export type Presence = z.infer<typeof presenceForm>;
