/** What the moderators of a guild have decided. */
import { z } from 'zod';

import { INFERENCE_STEPS_MAX, INFERENCE_STEPS_MIN, SECONDS_MAX, SECONDS_MIN } from '../../engine/limits.js';

/** What a guild may list, at most. */
export const LISTED_CHANNELS_MAX = 100;
export const LISTED_ROLES_MAX = 50;
export const BANNED_WORDS_MAX = 200;
export const BANNED_WORD_MAX_LENGTH = 60; // characters
export const QUOTA_MAX = 1000;

/** Who may delete a clip: `requester` includes moderators, who may manage messages; `moderator` does not include the requester. */
export const DELETERS = ['requester', 'moderator', 'everybody'] as const;
/** Which clips are hidden until they are clicked. */
export const SPOILER_RULES = ['never', 'listed', 'always'] as const;
/** `same`: as everywhere else; `any-words`: banned words are allowed there; `only`: clips are made there and nowhere else. */
export const AGE_RULES = ['same', 'any-words', 'only'] as const;

const snowflake = z.string().regex(/^\d{1,20}$/, 'must be a Discord id');
const steps = z.int().min(INFERENCE_STEPS_MIN).max(INFERENCE_STEPS_MAX);
const quota = z.int().min(1).max(QUOTA_MAX);

export const guildSettingsSchema = z.object({
  /** Name of the model for requests that name none; null = the bot's default. */
  model: z.string().min(1).max(100).nullable().default(null),
  /** Steps for requests that name none; null = the model's. */
  numInferenceSteps: steps.nullable().default(null),
  /** Null = what the engine allows. */
  maxSteps: steps.nullable().default(null),
  /** Length of one clip; null = what the engine allows. */
  maxSeconds: z.number().min(SECONDS_MIN).max(SECONDS_MAX).nullable().default(null),
  /** Where clips may be asked for, threads included; empty = everywhere. */
  channelIds: z.array(snowflake).max(LISTED_CHANNELS_MAX).readonly().default([]),
  /** Who may ask for clips: whoever has one of them; empty = everybody. */
  roleIds: z.array(snowflake).max(LISTED_ROLES_MAX).readonly().default([]),
  deleters: z.enum(DELETERS).default('requester'),
  /** Of what everybody reads, as Discord names it; null = the guild's own, or the asker's. */
  language: z.string().min(2).max(10).nullable().default(null),
  spoilers: z.enum(SPOILER_RULES).default('listed'),
  /** For the rule `listed`. */
  spoilerChannelIds: z.array(snowflake).max(LISTED_CHANNELS_MAX).readonly().default([]),
  ageRestricted: z.enum(AGE_RULES).default('same'),
  /** As moderators have typed them; `*` at an end stands for any letters. */
  bannedWords: z
    .array(z.string().min(1).max(BANNED_WORD_MAX_LENGTH))
    .max(BANNED_WORDS_MAX)
    .readonly()
    .default([]),
  /** Jobs that one person may have here, waiting or active; null = the operator's limit alone, as below. */
  maxJobsPerUser: quota.nullable().default(null),
  maxJobs: quota.nullable().default(null),
  /** Clips that one person may ask for here within any hour. */
  clipsPerHourPerUser: quota.nullable().default(null),
  clipsPerHour: quota.nullable().default(null),
});

export type GuildSettings = Readonly<z.output<typeof guildSettingsSchema>>;

/** Of guilds that have decided nothing, and of direct messages. */
export const DEFAULT_GUILD_SETTINGS: GuildSettings = Object.freeze(guildSettingsSchema.parse({}));
