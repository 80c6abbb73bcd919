import { MessageFlags } from 'discord.js';
import type { APIEmbed } from 'discord.js';
import { messageDeleteEvent, messageEvent } from '../payloads/message-events.js';
import { planAttachments } from '../rules/file-rules.js';
import type { UploadedFile } from '../rules/file-rules.js';
import type { MessageForm } from '../rules/message-form.js';
import { checkDraft, checkMayEdit, draftEdit } from '../rules/message-rules.js';
import type { Message, MessageBody } from '../state/message.js';
import type { World } from '../state/world.js';
import { announce } from './announce.js';
import { EDITABLE_FLAGS } from './post-message.js';
import { storeAttachments } from './store-attachments.js';

/**
 * Changes a message of the bot and tells the gateway.
 *
 * @throws ApiError if the change breaks a rule
 */
export function editMessage(
  world: World,
  message: Message,
  form: MessageForm,
  files: readonly UploadedFile[],
): void {
  checkMayEdit(message, world.bot.id);
  const plan = planAttachments(form, files, message.attachments);
  const draft = draftEdit(form, plan, message, editedFlags(message, form));
  const keptEmbeds = form.embeds === undefined ? message.embeds : [];
  checkDraft(draft, keptEmbeds.length);
  const body: MessageBody = {
    content: draft.content,
    embeds: [...keptEmbeds, ...(draft.embeds as readonly APIEmbed[])],
    components: draft.components,
    attachments: storeAttachments(world, message.channel.id, plan),
    flags: draft.flags,
  };
  message.edit(body, world.clock.now());
  announceEdit(world, message);
}

/** Removes a message and tells the gateway. */
export function deleteMessage(world: World, message: Message): void {
  message.delete(world.clock.now());
  announce(world, message, messageDeleteEvent(message));
}

/** Tells the gateway that a message has changed. */
export function announceEdit(world: World, message: Message): void {
  announce(world, message, messageEvent(world, 'MESSAGE_UPDATE', message));
}

function editedFlags(message: Message, form: MessageForm): number {
  if (form.flags === undefined || form.flags === null) return message.flags;
  const kept = message.flags & ~MessageFlags.SuppressEmbeds;
  return kept | (form.flags & EDITABLE_FLAGS);
}
