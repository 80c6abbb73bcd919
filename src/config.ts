/** Settings from the environment and `.env`: read here alone, checked once, frozen. */
import { existsSync } from 'node:fs';
import { z } from 'zod';

import { DEVICES, PRECISIONS } from './engine/limits.js';
import type { Device, Precision } from './engine/limits.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** How to reach Discord. */
export interface DiscordConfig {
  /** Bot token, `DISCORD_TOKEN`. */
  readonly token: string;
  /** Base address of the REST API without version, `DISCORD_API_URL`; undefined = Discord's own. */
  readonly apiUrl: string | undefined;
  /** The only place that files are fetched from, `DISCORD_CDN_URL`; undefined = Discord's own hosts. */
  readonly cdnUrl: string | undefined;
}

/** How the engine runs; shared by the bot and the command line. */
export interface EngineConfig {
  /** Folder of further models, `RIFFCORD_MODELS`; undefined = only those in the project. */
  readonly modelsFolder: string | undefined;
  /** Model that is used unless another is named, `RIFFCORD_MODEL`; undefined = as `riffcord models default` says. */
  readonly defaultModel: string | undefined;
  /** Threads for one operation, `RIFFCORD_THREADS`; undefined = the engine's default, 2. */
  readonly threads: number | undefined;
  /** What the networks run on, `RIFFCORD_DEVICE`. @defaultValue 'auto' */
  readonly device: Device;
  /** Of the sums in a checkpoint's denoiser, `RIFFCORD_PRECISION`. @defaultValue 'float32' */
  readonly precision: Precision;
}

/** Where models are downloaded from. */
export interface HubConfig {
  /** Address of the model hub or of a mirror, `RIFFCORD_HUB_URL`. @defaultValue 'https://huggingface.co' */
  readonly url: string;
  /** Access token for gated models, `HF_TOKEN`; undefined = none. */
  readonly token: string | undefined;
}

export interface BotConfig {
  readonly discord: DiscordConfig;
  readonly engine: EngineConfig;
  /** Folder that keeps jobs and unposted clips, `RIFFCORD_DATA`. @defaultValue './data' */
  readonly dataFolder: string;
  /** Jobs that may wait before the bot says that it is busy, `RIFFCORD_MAX_WAITING`. @defaultValue 50 */
  readonly maxWaiting: number;
  /** Jobs that one person may have waiting or active, `RIFFCORD_MAX_PER_USER`. @defaultValue 3 */
  readonly maxPerUser: number;
  /** The same of one guild, `RIFFCORD_MAX_PER_GUILD`; undefined = no limit of its own. */
  readonly maxPerGuild: number | undefined;
  /** Clips that one person may ask for within any hour, `RIFFCORD_HOURLY_PER_USER`; undefined = no limit. */
  readonly hourlyPerUser: number | undefined;
  /** The same of one guild, `RIFFCORD_HOURLY_PER_GUILD`. */
  readonly hourlyPerGuild: number | undefined;
  /** `LOG_LEVEL`. @defaultValue 'info' */
  readonly logLevel: LogLevel;
}

/** A setting is missing or wrong; `message` names the variable and says what to do, fit to be printed as it is. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The process's environment with `.env` of the current folder, if there is one, beneath it. */
export function readEnvironment(): Environment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/** @throws ConfigError */
export function parseBotConfig(environment: Environment): BotConfig {
  const discord = parseDeployConfig(environment);
  const settings = parse(botSettings, environment);
  return Object.freeze({
    discord,
    engine: engineConfig(settings),
    dataFolder: settings.RIFFCORD_DATA,
    maxWaiting: settings.RIFFCORD_MAX_WAITING,
    maxPerUser: settings.RIFFCORD_MAX_PER_USER,
    maxPerGuild: settings.RIFFCORD_MAX_PER_GUILD,
    hourlyPerUser: settings.RIFFCORD_HOURLY_PER_USER,
    hourlyPerGuild: settings.RIFFCORD_HOURLY_PER_GUILD,
    logLevel: settings.LOG_LEVEL,
  });
}

/** @throws ConfigError */
export function parseDeployConfig(environment: Environment): DiscordConfig {
  const settings = parse(discordSettings, environment);
  if (settings.DISCORD_TOKEN === undefined) throw new ConfigError(MISSING_TOKEN);
  return Object.freeze({
    token: settings.DISCORD_TOKEN,
    apiUrl: settings.DISCORD_API_URL,
    cdnUrl: settings.DISCORD_CDN_URL,
  });
}

/** @throws ConfigError */
export function parseCliConfig(environment: Environment): EngineConfig {
  return engineConfig(parse(engineSettings, environment));
}

/** @throws ConfigError */
export function parseHubConfig(environment: Environment): HubConfig {
  const settings = parse(hubSettings, environment);
  return Object.freeze({ url: settings.RIFFCORD_HUB_URL, token: settings.HF_TOKEN });
}

const MISSING_TOKEN =
  'Copy .env.example to .env and put the token of your Discord bot there as DISCORD_TOKEN ' +
  '(docs/discord.md says where to get one). ' +
  'Without a token the command line works: npx riffcord riff "funk bassline" makes a clip on this machine.';

/** Variables whose value is never repeated. */
const SECRETS: readonly string[] = ['DISCORD_TOKEN', 'HF_TOKEN'];

const oneWord = z.string().regex(/^\S+$/, 'must be one word without spaces');
const webAddress = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform((url) => url.replace(/\/+$/, ''));

const discordSettings = z.object({
  DISCORD_TOKEN: oneWord.optional(),
  DISCORD_API_URL: webAddress.optional(),
  DISCORD_CDN_URL: webAddress.optional(),
});

const hubSettings = z.object({
  RIFFCORD_HUB_URL: webAddress.default('https://huggingface.co'),
  HF_TOKEN: oneWord.optional(),
});

const engineSettings = z.object({
  RIFFCORD_MODELS: z.string().optional(),
  RIFFCORD_MODEL: z.string().optional(),
  RIFFCORD_THREADS: wholeNumber(1, 256).optional(),
  RIFFCORD_PRECISION: z.enum(PRECISIONS, `must be one of ${PRECISIONS.join(', ')}`).default('float32'),
  RIFFCORD_DEVICE: z.enum(DEVICES, `must be one of ${DEVICES.join(', ')}`).default('auto'),
});

const botSettings = engineSettings.extend({
  RIFFCORD_DATA: z.string().default('./data'),
  RIFFCORD_MAX_WAITING: wholeNumber(1, 10_000).default(50),
  RIFFCORD_MAX_PER_USER: wholeNumber(1, 1000).default(3),
  RIFFCORD_MAX_PER_GUILD: wholeNumber(1, 10_000).optional(),
  RIFFCORD_HOURLY_PER_USER: wholeNumber(1, 10_000).optional(),
  RIFFCORD_HOURLY_PER_GUILD: wholeNumber(1, 10_000).optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
});

function parse<Settings extends z.ZodType>(settings: Settings, environment: Environment): z.output<Settings> {
  const result = settings.safeParse(withoutEmpty(environment));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const variable = String(issue?.path[0]);
  // A wrong value is repeated to help to find it, unless it is secret.
  const got = SECRETS.includes(variable) ? '' : `, not "${environment[variable]}"`;
  throw new ConfigError(`${variable} ${issue?.message}${got}: please correct it in .env or the environment.`);
}

/** `NAME=` in a `.env` file means the same as no line at all. */
function withoutEmpty(environment: Environment): Environment {
  const set = Object.entries(environment).map(([name, value]) => [name, value?.trim()] as const);
  return Object.fromEntries(set.filter(([, value]) => value !== ''));
}

function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d+$/, message)
    .transform(Number)
    .pipe(z.number().min(min, message).max(max, message));
}

function engineConfig(settings: z.output<typeof engineSettings>): EngineConfig {
  return Object.freeze({
    modelsFolder: settings.RIFFCORD_MODELS,
    defaultModel: settings.RIFFCORD_MODEL,
    threads: settings.RIFFCORD_THREADS,
    device: settings.RIFFCORD_DEVICE,
    precision: settings.RIFFCORD_PRECISION,
  });
}
