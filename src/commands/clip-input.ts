import { PermissionFlagsBits } from 'discord.js';
import type { ChatInputCommandInteraction } from 'discord.js';

import type { AttachmentSource } from './attachment-source.js';
import type { ClipFinder, FileReference, WantedFile, Whereabouts } from './clip-finder.js';
import type { JobInput } from './clip-job.js';
import { parseClipLink } from './clip-link.js';
import { CommandError } from './errors.js';
import type { InputStore } from './input-store.js';
import type { ClipSourceOptionName } from './payloads/clip-options.js';

export interface ClipInputOptions {
  readonly finder: ClipFinder;
  readonly source: AttachmentSource;
  readonly store: InputStore;
  /** What a file is by its first bytes; undefined for what is neither. */
  readonly kindOf: (bytes: Uint8Array) => Exclude<WantedFile, 'any'> | undefined;
}

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
    return this.keep(await this.#find(interaction, wanted), wanted);
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

  async #find(interaction: ChatInputCommandInteraction, wanted: WantedFile): Promise<FileReference> {
    const { finder } = this.#options;
    const option = (name: ClipSourceOptionName) => interaction.options.get(name);
    const attachment = option('clip')?.attachment;
    const link = option('link')?.value;
    if (attachment && link !== undefined) throw new CommandError('two_clips');
    if (attachment) {
      const { url, name, size, contentType } = attachment;
      return { url, name, size, contentType: contentType ?? undefined, origin: null };
    }
    if (link === undefined) {
      // Without it Discord would list no messages and not say why.
      if (!interaction.appPermissions.has(HISTORY)) throw new CommandError('channel_unreadable');
      return finder.latest(whereabouts(interaction), wanted);
    }
    const target = parseClipLink(String(link));
    if (target === undefined) throw new CommandError('link_unreadable');
    if (target.type === 'file') return { url: target.url, name: target.name, origin: null };
    return finder.inMessage(target.message, whereabouts(interaction), wanted);
  }
}

function whereabouts(interaction: ChatInputCommandInteraction): Whereabouts {
  const { user, guildId, channelId, client } = interaction;
  return { userId: user.id, guildId, channelId, botUserId: client.user.id };
}
