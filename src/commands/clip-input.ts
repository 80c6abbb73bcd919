import { PermissionFlagsBits } from 'discord.js';
import type { ChatInputCommandInteraction, RepliableInteraction } from 'discord.js';

import type { AttachmentSource } from './attachment-source.js';
import type { ClipFinder, FileReference, WantedFile, Whereabouts } from './clip-finder.js';
import type { InputOrigin, JobInput } from './clip-job.js';
import { parseClipLink } from './clip-link.js';
import { CommandError } from './errors.js';
import type { InputStore } from './input-store.js';

export interface ClipInputOptions {
  readonly finder: ClipFinder;
  readonly source: AttachmentSource;
  readonly store: InputStore;
  /** What a file is by its first bytes; undefined for what is neither. */
  readonly kindOf: (bytes: Uint8Array) => Exclude<WantedFile, 'any'> | undefined;
}

/** The two options by which a command takes a clip. */
export interface ClipOptionNames {
  readonly clip: string;
  readonly link: string;
}

const USUAL_NAMES: ClipOptionNames = { clip: 'clip', link: 'link' };

/** Types that a file of sound or a picture may be declared as; Ogg files have several names. */
const POSSIBLE_TYPES = /^(audio|image)\/|^video\/ogg|^application\/(ogg|octet-stream)/;

const HISTORY = PermissionFlagsBits.ReadMessageHistory;

/** Brings the file that a command is about into the bot's keeping, while its address is fresh. */
export class ClipInput {
  readonly #options: ClipInputOptions;

  constructor(options: ClipInputOptions) {
    this.#options = options;
  }

  /**
   * The attached file, the one that is linked to, or the last clip of ours.
   * @throws CommandError, QueueError
   */
  async take(interaction: ChatInputCommandInteraction, wanted: WantedFile): Promise<JobInput> {
    const named = await this.#named(interaction, wanted, USUAL_NAMES);
    return this.keep(named ?? (await this.#latest(interaction, wanted)), wanted);
  }

  /** The attached or linked file; undefined when neither option is used. @throws CommandError, QueueError */
  async takeNamed(
    interaction: ChatInputCommandInteraction,
    names: ClipOptionNames,
  ): Promise<JobInput | undefined> {
    const file = await this.#named(interaction, 'any', names);
    return file && this.keep(file, 'any');
  }

  /** The clip of a message. @throws CommandError, QueueError */
  async takeFrom(message: InputOrigin, interaction: RepliableInteraction): Promise<JobInput> {
    const { finder } = this.#options;
    return this.keep(await finder.inMessage(message, whereabouts(interaction), 'any'), 'any');
  }

  /** Several, one after the other: all of them or none. @throws what `takers` throw */
  async takeAll<Taken extends JobInput | undefined>(
    takers: readonly (() => Promise<Taken>)[],
  ): Promise<Taken[]> {
    const taken: Taken[] = [];
    try {
      for (const take of takers) taken.push(await take());
      return taken;
    } catch (error) {
      for (const input of taken) if (input) await this.#options.store.remove(input.key);
      throw error;
    }
  }

  /** Fetches and keeps one file. @throws CommandError, QueueError */
  async keep(file: FileReference, wanted: WantedFile): Promise<JobInput> {
    const { source, store, kindOf } = this.#options;
    const { contentType, name, origin } = file;
    if (contentType !== undefined && !POSSIBLE_TYPES.test(contentType)) throw new CommandError('not_a_clip');
    const bytes = await source.fetch(file);
    const kind = kindOf(bytes);
    if (kind === undefined) throw new CommandError('not_a_clip');
    if (wanted === 'sound' && kind !== wanted) throw new CommandError('not_a_sound');
    if (wanted === 'picture' && kind !== wanted) throw new CommandError('not_a_picture');
    return { key: await store.save(bytes), name, origin };
  }

  async #named(
    interaction: ChatInputCommandInteraction,
    wanted: WantedFile,
    names: ClipOptionNames,
  ): Promise<FileReference | undefined> {
    const attachment = interaction.options.get(names.clip)?.attachment;
    const link = interaction.options.get(names.link)?.value;
    if (attachment && link !== undefined) throw new CommandError('two_clips');
    if (attachment) {
      const { url, name, size, contentType } = attachment;
      return { url, name, size, contentType: contentType ?? undefined, origin: null };
    }
    if (link === undefined) return undefined;
    const target = parseClipLink(String(link));
    if (target === undefined) throw new CommandError('link_unreadable');
    if (target.type === 'file') return { url: target.url, name: target.name, origin: null };
    return this.#options.finder.inMessage(target.message, whereabouts(interaction), wanted);
  }

  #latest(interaction: ChatInputCommandInteraction, wanted: WantedFile): Promise<FileReference> {
    // Without it Discord would list no messages and not say why.
    if (!interaction.appPermissions.has(HISTORY)) throw new CommandError('channel_unreadable');
    return this.#options.finder.latest(whereabouts(interaction), wanted);
  }
}

function whereabouts(interaction: RepliableInteraction): Whereabouts {
  const { user, guildId, channelId, client } = interaction;
  if (channelId === null) throw new TypeError('Expected an interaction that has a channel.');
  return { userId: user.id, guildId, channelId, botUserId: client.user.id };
}
