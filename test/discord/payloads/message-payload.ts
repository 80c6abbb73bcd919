import { GatewayIntentBits, MessageType } from 'discord.js';
import { filesInEmbeds } from '../rules/message-rules.js';
import type { EmbedForm } from '../rules/message-form.js';
import type { Attachment } from '../state/attachment.js';
import { guildOf } from '../state/channel.js';
import type { Message, MessageOrigin } from '../state/message.js';
import { userPayload } from '../state/user.js';
import type { World } from '../state/world.js';
import { cdnUrl } from './cdn-urls.js';

/** A file as the API shows it. */
export function attachmentPayload(world: World, attachment: Attachment): Record<string, unknown> {
  const url = cdnUrl(world, attachment);
  return {
    id: attachment.id,
    filename: attachment.filename,
    size: attachment.bytes.length,
    url,
    proxy_url: url,
    ...(attachment.contentType === undefined ? {} : { content_type: attachment.contentType }),
    ...(attachment.description === undefined ? {} : { description: attachment.description }),
    ...(attachment.dimensions ?? {}),
    ...(attachment.voice === undefined
      ? {}
      : { duration_secs: attachment.voice.durationSeconds, waveform: attachment.voice.waveform }),
  };
}

/** A message in full, as its author sees it. Files that an embed shows are not listed as attachments. */
export function messagePayload(world: World, message: Message, depth = 1): Record<string, unknown> {
  const embedded = filesInEmbeds(message.embeds as readonly EmbedForm[]);
  const listed = message.attachments.filter(({ filename }) => !embedded.includes(filename));
  const lastEdit = message.edits.at(-1);
  return {
    id: message.id,
    type: messageType(message),
    channel_id: message.channel.id,
    author: userPayload(message.author),
    content: message.content,
    timestamp: new Date(message.createdAt).toISOString(),
    edited_timestamp: lastEdit === undefined ? null : new Date(lastEdit.at).toISOString(),
    tts: false,
    pinned: false,
    flags: message.flags,
    mention_everyone: message.pings.everyone,
    mentions: message.pings.userIds.flatMap((id) => mentionPayload(world, id)),
    mention_roles: message.pings.roleIds,
    attachments: listed.map((attachment) => attachmentPayload(world, attachment)),
    embeds: message.embeds.map((embed) => embedPayload(world, message, embed as EmbedForm)),
    components: message.components,
    ...(message.nonce === undefined ? {} : { nonce: message.nonce }),
    ...originPayload(world, message),
    ...(depth > 0 ? referencePayload(world, message) : {}),
  };
}

/**
 * A message as a session without the intent MESSAGE_CONTENT sees it: without its content, unless it is the bot's
 * own, a direct message, mentions the bot, or replies with a ping to a regular message of the bot. The message that
 * it replies to is seen by the same rule, whoever is mentioned in the reply.
 */
export function redactedMessagePayload(
  world: World,
  message: Message,
  intents: number,
): Record<string, unknown> {
  const mayRead = (one: Message): boolean =>
    (intents & GatewayIntentBits.MessageContent) !== 0 || isOpenToBot(world, one);
  const payload = redacted(messagePayload(world, message), mayRead(message));
  const referenced = referencedBy(message);
  if (referenced === undefined || referenced.deleted) return payload;
  return {
    ...payload,
    referenced_message: redacted(messagePayload(world, referenced, 0), mayRead(referenced)),
  };
}

function redacted(full: Record<string, unknown>, isOpen: boolean): Record<string, unknown> {
  return isOpen ? full : { ...full, content: '', embeds: [], attachments: [], components: [] };
}

/** A reply with a ping mentions whom it answers; `@everyone` and roles mention nobody. */
function isOpenToBot(world: World, { author, channel, pings }: Message): boolean {
  return author.id === world.bot.id || channel.kind === 'direct' || pings.userIds.includes(world.bot.id);
}

function messageType(message: Message): MessageType {
  if (message.origin?.target !== undefined) return MessageType.ContextMenuCommand;
  if (message.origin?.interactionType === 2) return MessageType.ChatInputCommand;
  return message.repliesTo === undefined ? MessageType.Default : MessageType.Reply;
}

function mentionPayload(world: World, userId: string): unknown[] {
  const user = world.users.get(userId);
  return user === undefined ? [] : [userPayload(user)];
}

function embedPayload(world: World, message: Message, embed: EmbedForm): Record<string, unknown> {
  const resolve = (media: EmbedForm['image']): unknown => {
    if (!media) return undefined;
    const name = media.url.replace(/^attachment:\/\//, '');
    const attachment = message.attachments.find(({ filename }) => filename === name);
    if (attachment === undefined) return media;
    const url = cdnUrl(world, attachment);
    return { ...attachment.dimensions, url, proxy_url: url };
  };
  return {
    type: 'rich',
    ...embed,
    ...(embed.image ? { image: resolve(embed.image) } : {}),
    ...(embed.thumbnail ? { thumbnail: resolve(embed.thumbnail) } : {}),
  };
}

function originPayload(world: World, { origin }: Message): Record<string, unknown> {
  if (origin === undefined) return {};
  return {
    webhook_id: world.applicationId,
    application_id: world.applicationId,
    interaction_metadata: originMetadata(origin),
  };
}

function originMetadata({
  interactionId,
  interactionType,
  user,
  owners,
  target,
  triggeredBy,
}: MessageOrigin): unknown {
  return {
    id: interactionId,
    type: interactionType,
    user: userPayload(user),
    authorizing_integration_owners: owners,
    ...(target === undefined ? {} : { target_message_id: target.id }),
    ...(triggeredBy === undefined ? {} : { triggering_interaction_metadata: originMetadata(triggeredBy) }),
  };
}

function referencePayload(world: World, message: Message): Record<string, unknown> {
  const referenced = referencedBy(message);
  if (referenced === undefined) return {};
  const guildId = guildOf(message.channel)?.id;
  return {
    message_reference: {
      type: 0,
      message_id: referenced.id,
      channel_id: referenced.channel.id,
      ...(guildId === undefined ? {} : { guild_id: guildId }),
    },
    referenced_message: referenced.deleted ? null : messagePayload(world, referenced, 0),
  };
}

/** The message that this one answers, or whose menu was used to get it. */
function referencedBy({ repliesTo, origin }: Message): Message | undefined {
  return repliesTo ?? origin?.target;
}
