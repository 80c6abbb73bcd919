/** A guild with two people and the built bot in a process of its own: what most tests of the bot begin with. */
import { expect } from 'vitest';

import { readRecipe } from '../../src/engine/files/read-recipe.js';
import { LocalDiscord } from '../discord/local-discord.js';
import type { LocalChannel } from '../discord/people/local-channel.js';
import type { LocalGuild } from '../discord/people/local-guild.js';
import type { LocalUser } from '../discord/people/local-user.js';
import type { Interaction } from '../discord/state/interaction.js';
import type { Message } from '../discord/state/message.js';
import { BotUnderTest, deployCommands, environmentFor, temporaryFolder } from './bot-under-test.js';
import { CLIP_MS } from './clip-checks.js';

/** Of waiting for clips. */
export const PATIENT = { timeoutMs: CLIP_MS };

type TemporaryFolder = Awaited<ReturnType<typeof temporaryFolder>>;

export class Studio {
  readonly discord: LocalDiscord;
  readonly guild: LocalGuild;
  readonly room: LocalChannel;
  readonly ada: LocalUser;
  readonly bo: LocalUser;
  readonly #folder: TemporaryFolder;
  #bot: BotUnderTest | undefined;

  private constructor(discord: LocalDiscord, folder: TemporaryFolder) {
    this.discord = discord;
    this.#folder = folder;
    this.guild = discord.createGuild({ name: 'Band' });
    this.room = this.guild.createTextChannel({ name: 'studio' });
    this.ada = discord.createUser({ name: 'ada' });
    this.bo = discord.createUser({ name: 'bo' });
  }

  static async open(): Promise<Studio> {
    const studio = new Studio(await LocalDiscord.start(), await temporaryFolder());
    await deployCommands(studio.discord);
    await studio.startBot();
    return studio;
  }

  get bot(): BotUnderTest {
    if (this.#bot === undefined) throw new Error('The bot does not run.');
    return this.#bot;
  }

  /** Where the bot keeps its data. */
  get folder(): string {
    return this.#folder.path;
  }

  async startBot(): Promise<void> {
    this.#bot = BotUnderTest.start(this.#folder.path, environmentFor(this.discord));
    await this.#bot.logged('Connected to Discord.', CLIP_MS);
  }

  async restartBot(): Promise<void> {
    await this.bot.stop();
    await this.startBot();
  }

  /** @throws when the bot has broken a rule of Discord's */
  async close(): Promise<void> {
    await this.#bot?.stop();
    const { violations } = this.discord;
    await this.discord.stop();
    await this.#folder.remove();
    expect(violations).toEqual([]);
  }

  /** The message that the bot posts because of what somebody does, once the reply links to it. */
  async posted(deed: () => Interaction, channel: LocalChannel = this.room): Promise<Message> {
    const known = new Set(channel.messages);
    const interaction = deed();
    const message = await channel.waitForMessage(
      (one) => one.author.bot && one.origin === undefined && !known.has(one),
      PATIENT,
    );
    const isLinked = () => interaction.original?.content.includes(message.id) ?? false;
    await this.discord.waitUntil('the link', isLinked, PATIENT);
    return message;
  }
}

export function labelsOf(message: Message): (string | undefined)[] {
  return message.buttons.map(({ label }) => label);
}

/** What a message's file was made of; of several clips, each has a picture and then a sound. */
export function recipeOf(message: Message, position = 0) {
  return readRecipe(message.attachments[2 * position]?.bytes ?? Buffer.alloc(0));
}

/** The values of the first embed's fields by their names. */
export function fieldsOf(message: Message): Record<string, string> {
  const fields = message.embeds[0]?.fields ?? [];
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}

export function linkTo({ id, channel }: Message): string {
  const place = 'guild' in channel ? channel.guild.id : '@me';
  return `https://discord.com/channels/${place}/${channel.id}/${id}`;
}
