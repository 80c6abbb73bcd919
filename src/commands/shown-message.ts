import { Message } from 'discord.js';
import type { APIEmbed, APIMessage } from 'discord.js';

/** A file of a message. */
export interface ShownFile {
  readonly url: string;
  readonly name: string;
  /** As Discord declares it; undefined when it does not. */
  readonly contentType: string | undefined;
  /** Bytes. */
  readonly size: number;
}

/** What Discord has shown of a message: with a button, a menu or when it was asked. */
export interface ShownMessage {
  readonly id: string;
  /** Null in direct messages. */
  readonly guildId: string | null;
  readonly channelId: string;
  readonly authorId: string;
  readonly embeds: readonly Pick<APIEmbed, 'description' | 'fields' | 'image'>[];
  /** Those that no embed shows. */
  readonly files: readonly ShownFile[];
}

/**
 * A message in one form. In channels that the bot is no member of the library passes messages on as they came.
 *
 * @param guildId - Where it is, which Discord does not say itself.
 */
export function shownMessage(message: Message | APIMessage, guildId: string | null): ShownMessage {
  if (message instanceof Message) {
    const files = message.attachments.map(({ url, name, contentType, size }) => ({
      ...{ url, name, size },
      contentType: contentType ?? undefined,
    }));
    const embeds = message.embeds.map((embed) => embed.toJSON());
    const { id, channelId, author } = message;
    return { id, guildId, channelId, authorId: author.id, embeds, files };
  }
  const { id, channel_id: channelId, author, embeds, attachments } = message;
  const files = attachments.map(({ url, filename: name, content_type: contentType, size }) => ({
    ...{ url, name, contentType, size },
  }));
  return { id, guildId, channelId, authorId: author.id, embeds, files };
}

/** The message whose button was pressed, or opened a form. */
export function messageOf(from: {
  readonly message: Message | APIMessage;
  readonly guildId: string | null;
}): ShownMessage {
  return shownMessage(from.message, from.guildId);
}
