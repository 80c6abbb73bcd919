/** Many people at once do strange things with one bot, and everything that it says and does is looked at. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { encodeWav } from '../../../src/engine/files/encode-wav.js';
import { LocalDiscord } from '../../discord/local-discord.js';
import type { LocalFile } from '../../discord/people/command-input.js';
import type { LocalChannel } from '../../discord/people/local-channel.js';
import type { LocalUser } from '../../discord/people/local-user.js';
import type { Interaction } from '../../discord/state/interaction.js';
import type { Message } from '../../discord/state/message.js';
import type { Violation } from '../../discord/state/violations.js';
import { BotUnderTest, deployCommands, environmentFor, temporaryFolder } from '../bot-under-test.js';
import { isClip } from '../clip-checks.js';
import { doSomething } from './fuzz-cases.js';
import type { Deed } from './fuzz-cases.js';
import { Chance } from './random.js';

export interface FuzzOptions {
  readonly cases: number;
  /** @defaultValue 1 */
  readonly seed?: number;
  /** People who act at the same time. @defaultValue 12 */
  readonly people?: number;
}

export interface FuzzReport {
  readonly cases: number;
  /** Those that were not answered by a sentence, with what came instead. */
  readonly unanswered: readonly string[];
  /** Those that came too late for Discord, as on a machine with much else to do. */
  readonly late: number;
  /** Errors that the bot had no sentence of its own for, by its log. */
  readonly incidents: readonly unknown[];
  /** Requests that reached the server that nobody may be asked for. */
  readonly foreignRequests: number;
  /** Lateness aside. */
  readonly violations: readonly Violation[];
  /** MiB of the bot, of the engine's process, and of both: before the cases, and the most during them. */
  readonly memory: Readonly<Record<'bot' | 'engine' | 'both', Rise>>;
  readonly exited: boolean;
  readonly seconds: number;
}

/** What memory there was, and the most that there came to be. */
export interface Rise {
  readonly before: number;
  readonly most: number;
}

/** Of one answer, real milliseconds; and of its first sign. */
const ANSWER_MS = 120_000;
const SIGN_MS = 15_000;
/** Discord's codes for what is late. */
const LATENESS: readonly (number | string)[] = [10062, 'not-acknowledged'];

export async function runFuzz({ cases, seed = 1, people = 12 }: FuzzOptions): Promise<FuzzReport> {
  const elsewhere = await Elsewhere.open();
  const stage = await Stage.open(people);
  const memory = new MemoryWatch(stage.bot);
  const startedAt = performance.now();
  const unanswered: string[] = [];
  let next = 0;
  const act = async (place: Place, person: number): Promise<void> => {
    const chance = new Chance(seed * 1000 + person);
    while (next < cases) {
      next += 1;
      const scene = { ...place, discord: stage.discord, good: stage.good, elsewhere: elsewhere.url, chance };
      const problem = await answered(doSomething(scene), place, stage.discord);
      if (problem !== undefined) unanswered.push(problem);
    }
  };
  try {
    await Promise.all(stage.places.map(act));
  } catch (error) {
    await Promise.all([stage.close(), elsewhere.close()]);
    throw error;
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const report: FuzzReport = {
    cases,
    unanswered,
    incidents: stage.incidents(),
    foreignRequests: elsewhere.requests,
    late: stage.discord.interactions.filter(({ acknowledgement }) => acknowledgement === undefined).length,
    violations: stage.discord.violations.filter(({ code }) => !LATENESS.includes(code)),
    memory: memory.stop(),
    exited: stage.hasExited(),
    seconds,
  };
  await Promise.all([stage.close(), elsewhere.close()]);
  return report;
}

interface Place {
  readonly user: LocalUser;
  readonly channel: LocalChannel;
  readonly clip: Message;
}

type Folder = Awaited<ReturnType<typeof temporaryFolder>>;

/** A bot, and for each person a channel with a clip in it. */
class Stage {
  readonly discord: LocalDiscord;
  readonly bot: BotUnderTest;
  readonly #folder: Folder;
  readonly #people: number;
  places: readonly Place[] = [];
  good: readonly LocalFile[] = [];

  private constructor(discord: LocalDiscord, bot: BotUnderTest, folder: Folder, people: number) {
    this.discord = discord;
    this.bot = bot;
    this.#folder = folder;
    this.#people = people;
  }

  static async open(people: number): Promise<Stage> {
    const discord = await LocalDiscord.start();
    await deployCommands(discord);
    const folder = await temporaryFolder();
    const limits = { RIFFCORD_MAX_WAITING: '10000', RIFFCORD_MAX_PER_USER: '6', LOG_LEVEL: 'warn' };
    const bot = BotUnderTest.start(folder.path, { ...environmentFor(discord), ...limits });
    const stage = new Stage(discord, bot, folder, people);
    await stage.#prepare();
    return stage;
  }

  async #prepare(): Promise<void> {
    const guild = this.discord.createGuild();
    await this.discord.botOnline({ timeoutMs: 120_000 });
    const maker = this.discord.createUser({ name: 'maker' });
    const channels = Array.from({ length: this.#people }, (_, index) =>
      guild.createTextChannel({ name: `c${index}` }),
    );
    const places: Place[] = [];
    for (const [index, channel] of channels.entries()) {
      maker.useCommand(channel, 'riff', { prompt: 'organ', steps: 1, seed: index });
      const clip = await channel.waitForMessage(isClip, { timeoutMs: ANSWER_MS });
      places.push({ user: this.discord.createUser({ name: `p${index}` }), channel, clip });
    }
    this.places = places;
    this.good = [
      ...(places[0]?.clip.attachments ?? []).map(({ filename, bytes }) => ({ filename, bytes })),
      { filename: 'tone.wav', bytes: tone() },
    ];
    await this.#warmUp(maker, places[0]);
  }

  /** Does each kind of work once with files that are as they should be, so that what it needs is there. */
  async #warmUp(maker: LocalUser, place: Place | undefined): Promise<void> {
    if (place === undefined) return;
    const [picture, sound] = this.good;
    if (picture === undefined || sound === undefined) return;
    const { channel } = place;
    const ends = { 'from-clip': picture, 'to-clip': sound };
    for (const command of [
      maker.useCommand(channel, 'remix', { prompt: 'x', steps: 1, clip: sound }),
      maker.useCommand(channel, 'listen', { clip: picture }),
      maker.useCommand(channel, 'see', { clip: sound }),
      maker.useCommand(channel, 'morph', { ...ends, 'morph-steps': 2, steps: 1 }),
    ]) {
      const message = await command.response({ timeoutMs: ANSWER_MS });
      const isOver = () => message.buttons.length === 0;
      await this.discord.waitUntil('the end of the preparations', isOver, { timeoutMs: ANSWER_MS });
    }
  }

  /** What the bot logged as its own fault. */
  incidents(): unknown[] {
    return this.bot.log.filter(
      ({ level, msg }) => level >= 50 && msg.includes('failed') && !msg.includes('job'),
    );
  }

  hasExited(): boolean {
    return !readFileSafely(`/proc/${this.bot.pid}/status`).includes('VmRSS');
  }

  async close(): Promise<void> {
    await this.bot.stop();
    await this.discord.stop();
    await this.#folder.remove();
  }
}

/** A server on the same machine, as private addresses are. */
class Elsewhere {
  readonly url: string;
  readonly #server: Server;
  requests = 0;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', () => (this.requests += 1));
  }

  static async open(): Promise<Elsewhere> {
    const server = createServer((_, response) => response.end('private'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Elsewhere(server);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

/** Resident memory of the bot and the engine's process, looked at several times a second. */
class MemoryWatch {
  readonly #bot: BotUnderTest;
  readonly #timer: NodeJS.Timeout;
  readonly #before: Readonly<Record<'bot' | 'engine' | 'both', number>>;
  readonly #most: { bot: number; engine: number; both: number };

  constructor(bot: BotUnderTest) {
    this.#bot = bot;
    this.#before = this.#now();
    this.#most = { ...this.#before };
    this.#timer = setInterval(() => this.#look(), 200);
  }

  stop(): FuzzReport['memory'] {
    clearInterval(this.#timer);
    const rise = (of: 'bot' | 'engine' | 'both') => ({ before: this.#before[of], most: this.#most[of] });
    return { bot: rise('bot'), engine: rise('engine'), both: rise('both') };
  }

  #look(): void {
    const now = this.#now();
    this.#most.bot = Math.max(this.#most.bot, now.bot);
    this.#most.engine = Math.max(this.#most.engine, now.engine);
    this.#most.both = Math.max(this.#most.both, now.both);
  }

  #now(): Record<'bot' | 'engine' | 'both', number> {
    const [bot, engine] = [residentMiB(this.#bot.pid), residentMiB(this.#bot.enginePid)];
    return { bot, engine, both: bot + engine };
  }
}

/** What is wrong with the answer; undefined when it is a sentence. */
async function answered(deed: Deed, place: Place, discord: LocalDiscord): Promise<string | undefined> {
  try {
    const problem =
      'interaction' in deed
        ? await sentenceOf(deed, place.user, discord)
        : await sentenceAfter(deed, place, discord);
    return problem && `${deed.name}: ${problem}`;
  } catch (error) {
    if ('interaction' in deed && deed.interaction.acknowledgement === undefined) return undefined;
    return `${deed.name}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function sentenceOf(
  { name, interaction }: Extract<Deed, { interaction: Interaction }>,
  user: LocalUser,
  discord: LocalDiscord,
): Promise<string | undefined> {
  const isConversion = /^(\/see|\/listen|menu Hear it)/.test(name);
  const { type } = await interaction.acknowledged({ timeoutMs: SIGN_MS });
  if (type === 8) return undefined;
  if (type === 9) return undefined;
  if (type === 6) {
    const told = () => interaction.followUps.length > 0 || interaction.source?.deleted === true;
    await discord.waitUntil('what became of the button', told, { timeoutMs: ANSWER_MS });
    const [followUp] = interaction.followUps;
    return followUp && problemWith(followUp);
  }
  const message = await interaction.response({ timeoutMs: ANSWER_MS });
  return endOf(message, user, isConversion, discord);
}

async function sentenceAfter(
  deed: Extract<Deed, { said: Message }>,
  place: Place,
  discord: LocalDiscord,
): Promise<string | undefined> {
  if (!deed.isCall) return undefined;
  const { said } = deed;
  const answers = () =>
    place.channel.messages.filter(({ repliesTo, author }) => author.bot && repliesTo === said);
  await discord.waitUntil('an answer to a mention', () => answers().length > 0, { timeoutMs: ANSWER_MS });
  const [answer] = answers();
  return answer && problemWith(answer);
}

/** Cancels what would take long, and waits for the last word. */
async function endOf(
  message: Message,
  user: LocalUser,
  isConversion: boolean,
  discord: LocalDiscord,
): Promise<string | undefined> {
  const problem = problemWith(message);
  if (problem !== undefined) return problem;
  const isOver = () => !message.buttons.some(({ label }) => label === 'Cancel');
  if (!isOver() && !isConversion) user.clickButton(message, 'Cancel');
  await discord.waitUntil(`the end of "${message.content}"`, isOver, { timeoutMs: ANSWER_MS });
  return problemWith(message);
}

function problemWith({ content, embeds }: Message): string | undefined {
  const shown = embeds.flatMap(({ title, description, fields = [] }) => [
    ...[title, description],
    ...fields.map(({ value }) => value),
  ]);
  const text = [content, ...shown.map((part) => part ?? '')].join('\n').trim();
  if (text === '') return 'an empty answer';
  if (/\n\s+at |\bundefined\b|\[object |Error:/.test(text)) return `no sentence: ${text.slice(0, 200)}`;
  return undefined;
}

function residentMiB(pid: number | undefined): number {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSafely(`/proc/${pid}/status`)) ?? [];
  return Number(kilobytes) / 1024;
}

function readFileSafely(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Half a second of a tone. */
function tone(): Buffer {
  const sampleRate = 22_050;
  const samples = Float32Array.from({ length: sampleRate / 2 }, (_, i) => 0.3 * Math.sin(i / 8));
  return Buffer.from(encodeWav({ sampleRate, channels: [samples] }, {}));
}
