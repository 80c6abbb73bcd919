import { randomBytes, randomInt } from 'node:crypto';
import { GuildPremiumTier, PermissionFlagsBits } from 'discord.js';
import type { Message } from 'discord.js';

import { EngineError } from '../../engine/errors.js';
import { parseGenerationRequest } from '../../engine/generation-request.js';
import { PROMPT_MAX_LENGTH, SEED_MAX } from '../../engine/limits.js';
import type { Recipe } from '../../engine/recipe/recipe.js';
import type { Logger } from '../../logger.js';
import { wordsOf } from '../buttons/posted-clip.js';
import type { ClipFinder } from '../clip-finder.js';
import type { ClipInput } from '../clip-input.js';
import type { ClipWork } from '../clip-job.js';
import { missingPostingPermissions } from '../destination.js';
import type { InputStore } from '../input-store.js';
import type { JobIntake, OpenPlace } from '../job-intake.js';
import { guildLocale } from '../language/guild-locale.js';
import { phrasesFor } from '../language/languages.js';
import type { Phrases } from '../language/phrases.js';
import { permissionNames } from '../permission-names.js';
import { sentenceFor } from '../sentences.js';
import { askerOf } from '../settings/asker.js';
import type { Asker } from '../settings/asker.js';
import type { HouseRules } from '../settings/house-rules.js';
import { DEFAULT_STRENGTH } from '../strength.js';
import { callOf } from './call.js';
import type { CalledClip } from './call.js';
import type { Instruction } from './instruction.js';
import { instructionWords } from './instruction-words.js';

export interface RemixByReplyOptions {
  readonly intake: JobIntake;
  readonly rules: Pick<HouseRules, 'styleFor'>;
  readonly input: ClipInput;
  readonly finder: ClipFinder;
  readonly store: InputStore;
  /** @throws EngineError `recipe_missing`, `recipe_invalid` */
  readonly readRecipe: (bytes: Uint8Array) => Promise<Recipe>;
  readonly logger: Logger;
}

/** Bytes of one uploaded file, by a guild's boosts. */
const UPLOAD_LIMITS: Readonly<Record<GuildPremiumTier, number>> = {
  [GuildPremiumTier.None]: 10 * 2 ** 20,
  [GuildPremiumTier.Tier1]: 10 * 2 ** 20,
  [GuildPremiumTier.Tier2]: 50 * 2 ** 20,
  [GuildPremiumTier.Tier3]: 100 * 2 ** 20,
};

/** Nobody hears of the answer by a ping. */
const SILENTLY = { allowedMentions: { parse: [], repliedUser: false } } as const;

/** Remixes that people ask for by replying to a clip with words, or by mentioning the bot. */
export class RemixByReply {
  readonly #options: RemixByReplyOptions;
  readonly #words = instructionWords();

  constructor(options: RemixByReplyOptions) {
    this.#options = options;
  }

  /** Looks at any message that the bot hears of. Never rejects. */
  async hear(message: Message): Promise<void> {
    try {
      await this.#answer(message);
    } catch (err) {
      // Most often the bot may not answer there.
      const { id: messageId, guildId, channelId } = message;
      this.#options.logger.warn('A message could not be answered.', { messageId, guildId, channelId, err });
    }
  }

  async #answer(message: Message): Promise<void> {
    const botUserId = message.client.user.id;
    const call = callOf(message, botUserId, this.#words);
    if (call === undefined || !maySpeak(message)) return;
    const asker = askerOf({ ...placeOf(message), member: message.member, user: message.author });
    const locale = this.#localeFor(message, asker);
    const phrases = phrasesFor(locale);
    const missing = missingPermissions(message);
    if (call.type === 'greeting' || missing.length > 0) {
      const { howTo, notAllowedToPost } = phrases.mentions;
      await reply(
        message,
        call.type === 'greeting' ? howTo : notAllowedToPost(permissionNames(missing, phrases)),
      );
      return;
    }
    const answer = await reply(message, phrases.mentions.looking);
    try {
      const place = () => openPlace(message, answer, locale);
      await this.#options.intake.acceptFrom(asker, place, () =>
        this.#prepare(message, call.clip, call.instruction),
      );
    } catch (error) {
      await answer.edit({ content: this.#sentenceFor(error, message, phrases), ...SILENTLY });
    }
  }

  async #prepare(message: Message, clip: CalledClip, instruction: Instruction): Promise<ClipWork> {
    const { finder, input, store } = this.#options;
    const { guildId, channelId, author, client } = message;
    const where = { userId: author.id, guildId, channelId, botUserId: client.user.id };
    const file = clip.type === 'file' ? clip.file : await finder.inMessage(clip.message, where, 'any');
    const kept = await input.keep(file, 'any');
    try {
      const recipe = await this.#recipeOf((await store.read(kept.key)) ?? new Uint8Array());
      const request = parseGenerationRequest(requestOf(instruction, recipe));
      return { kind: 'remix', request, strength: instruction.strength ?? DEFAULT_STRENGTH, input: kept };
    } catch (error) {
      await store.remove(kept.key);
      throw error;
    }
  }

  /** Undefined of what the bot has not made. */
  async #recipeOf(bytes: Uint8Array): Promise<Recipe | undefined> {
    try {
      return await this.#options.readRecipe(bytes);
    } catch (error) {
      if (error instanceof EngineError) return undefined;
      throw error;
    }
  }

  /** Messages do not say which language their author reads. */
  #localeFor({ guild }: Message, asker: Asker): string {
    const { language } = this.#options.rules.styleFor(asker);
    return language ?? guildLocale(guild) ?? 'en-US';
  }

  #sentenceFor(error: unknown, message: Message, phrases: Phrases): string {
    const sentence = sentenceFor(error, phrases);
    if (sentence !== undefined) return sentence;
    const incident = randomBytes(4).toString('hex');
    const { id: messageId, guildId } = message;
    this.#options.logger.error('A remix by reply failed.', { incident, messageId, guildId, err: error });
    return phrases.failures.unexpected(incident);
  }
}

/** The clip's own words and knobs as far as it has any, and what the instruction says. */
function requestOf({ words, mode, seed = randomInt(SEED_MAX + 1) }: Instruction, recipe: Recipe | undefined) {
  if (recipe === undefined) return { prompt: words, seed };
  const own = wordsOf({ recipe, audioFormat: undefined });
  const both = words === '' ? recipe.prompt : `${recipe.prompt}, ${words}`;
  const isAdded = words === '' || (mode === 'add' && both.length <= PROMPT_MAX_LENGTH);
  return { ...own, seed, prompt: isAdded ? both : words };
}

function openPlace(message: Message, answer: Message, locale: string): OpenPlace {
  const { guild, guildId, channelId, author } = message;
  return {
    userId: author.id,
    guildId,
    channelId,
    destination: { type: 'channel' },
    reply: { type: 'message', messageId: answer.id },
    locale,
    attachmentSizeLimit: UPLOAD_LIMITS[guild?.premiumTier ?? GuildPremiumTier.None],
  };
}

function placeOf({ guildId, channelId, channel }: Message) {
  return { guildId, channelId, channel };
}

function reply(message: Message, content: string): Promise<Message> {
  return message.reply({ content, ...SILENTLY, failIfNotExists: false });
}

/** In a direct message it may. */
function maySpeak({ channel, guild }: Message): boolean {
  if (channel.isDMBased() || !guild?.members.me) return channel.isDMBased();
  const { ViewChannel, SendMessages, SendMessagesInThreads } = PermissionFlagsBits;
  const speaking = channel.isThread() ? SendMessagesInThreads : SendMessages;
  return channel.permissionsFor(guild.members.me).has([ViewChannel, speaking]);
}

function missingPermissions({ channel, guild }: Message): string[] {
  if (channel.isDMBased() || !guild?.members.me) return [];
  return missingPostingPermissions({ channel, appPermissions: channel.permissionsFor(guild.members.me) });
}
