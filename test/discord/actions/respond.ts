import { InteractionResponseType, MessageFlags } from 'discord.js';
import { interactionType } from '../payloads/interaction-payload.js';
import { messageForm } from '../rules/message-form.js';
import type { MessageForm } from '../rules/message-form.js';
import { isBroughtByUser } from '../rules/installations.js';
import { modalForm } from '../rules/modal-form.js';
import type { UploadedFile } from '../rules/file-rules.js';
import { parseForm } from '../rules/form.js';
import { may } from '../rules/permissions.js';
import {
  checkDeferralFlags,
  checkMayFollowUp,
  checkMayRespond,
  checkResponseType,
  choicesForm,
  deferralForm,
  responseForm,
} from '../rules/response-rules.js';
import { guildOf } from '../state/channel.js';
import type { Interaction } from '../state/interaction.js';
import { Message, NO_PINGS } from '../state/message.js';
import type { MessageOrigin } from '../state/message.js';
import type { World } from '../state/world.js';
import { announceEdit, editMessage } from './edit-message.js';
import { addMessage, composeMessage, EDITABLE_FLAGS, postMessage, RESPONSE_FLAGS } from './post-message.js';
import type { Posting } from './post-message.js';

/**
 * Takes the first response to an interaction.
 *
 * @throws ApiError if it is late, not the first, of the wrong type or breaks a rule of its content
 */
export function respond(
  world: World,
  interaction: Interaction,
  body: unknown,
  files: readonly UploadedFile[],
): void {
  const now = world.clock.now();
  checkMayRespond(interaction, now);
  const { type, data } = parseForm(responseForm, body);
  checkResponseType(interaction, type);
  APPLY[type]?.(world, interaction, { data, files });
  interaction.acknowledgement = { type, afterMs: now - interaction.createdAt };
  world.changes.notify();
}

/**
 * Posts a follow-up; the first one after a deferral is the deferred response itself.
 *
 * @throws ApiError 40094 for the sixth where only a person has installed the application, and what it breaks itself
 */
export function followUp(
  world: World,
  interaction: Interaction,
  form: MessageForm,
  files: readonly UploadedFile[],
): Message {
  const { original } = interaction;
  if (original?.loading === true) {
    completeDeferred(world, original, responsePosting(world, interaction, form, files));
    return original;
  }
  checkMayFollowUp(interaction);
  const message = postMessage(world, responsePosting(world, interaction, form, files));
  interaction.followUps.push(message);
  world.changes.notify();
  return message;
}

/** Edits a message of an interaction; a deferred response is filled in by it. */
export function editResponse(
  world: World,
  interaction: Interaction,
  message: Message,
  form: MessageForm,
  files: readonly UploadedFile[],
): void {
  const posting = responsePosting(world, interaction, form, files);
  if (message.loading) completeDeferred(world, message, { ...posting, allowedFlags: EDITABLE_FLAGS });
  else editMessage(world, message, form, files);
}

interface Response {
  readonly data: unknown;
  readonly files: readonly UploadedFile[];
}

/** What each type of response does. */
const APPLY: Readonly<Record<number, (world: World, interaction: Interaction, response: Response) => void>> =
  {
    [InteractionResponseType.ChannelMessageWithSource]: (world, interaction, { data, files }) => {
      const form = parseForm(messageForm, data ?? {});
      interaction.original = postMessage(world, responsePosting(world, interaction, form, files));
    },
    [InteractionResponseType.DeferredChannelMessageWithSource]: (world, interaction, { data }) => {
      interaction.original = postDeferred(world, interaction, parseForm(deferralForm, data));
    },
    [InteractionResponseType.DeferredMessageUpdate]: (_world, interaction) => {
      interaction.original = interaction.source;
    },
    [InteractionResponseType.UpdateMessage]: (world, interaction, { data, files }) => {
      if (interaction.source === undefined) return;
      editMessage(world, interaction.source, parseForm(messageForm, data ?? {}), files);
      interaction.original = interaction.source;
    },
    [InteractionResponseType.ApplicationCommandAutocompleteResult]: (_world, interaction, { data }) => {
      interaction.choices = parseForm(choicesForm, data).choices;
    },
    [InteractionResponseType.Modal]: (_world, interaction, { data }) => {
      interaction.modal = parseForm(modalForm, data);
    },
  };

function postDeferred(world: World, interaction: Interaction, flags: number): Message {
  checkDeferralFlags(flags);
  const message = new Message({
    id: world.snowflakes.next(),
    channel: interaction.channel,
    author: world.bot,
    createdAt: world.clock.now(),
    content: '',
    embeds: [],
    components: [],
    attachments: [],
    flags: flags | MessageFlags.Loading | forcedFlags(interaction),
    pings: NO_PINGS,
    origin: originOf(interaction),
  });
  addMessage(world, message);
  return message;
}

function completeDeferred(world: World, message: Message, posting: Posting): void {
  const { body, pings } = composeMessage(world, posting);
  const ephemeral = message.flags & MessageFlags.Ephemeral;
  const flags = (body.flags & ~MessageFlags.Ephemeral) | ephemeral;
  message.complete({ ...body, flags }, pings);
  announceEdit(world, message);
}

function responsePosting(
  world: World,
  interaction: Interaction,
  form: MessageForm,
  files: readonly UploadedFile[],
): Posting {
  return {
    channel: interaction.channel,
    author: world.bot,
    form,
    files,
    origin: originOf(interaction),
    allowedFlags: RESPONSE_FLAGS,
    forcedFlags: forcedFlags(interaction),
  };
}

/** Where a person may not use external apps, nobody else sees what the one that they brought along says. */
function forcedFlags({ owners, channel, user }: Interaction): number {
  const isHidden =
    isBroughtByUser(owners) && guildOf(channel) !== undefined && !may(channel, user, 'UseExternalApps');
  return isHidden ? MessageFlags.Ephemeral : 0;
}

function originOf({ id, kind, user, owners, target, openedBy }: Interaction): MessageOrigin {
  return {
    interactionId: id,
    interactionType: interactionType(kind),
    owners,
    user,
    ...(target === undefined ? {} : { target }),
    ...(openedBy === undefined ? {} : { triggeredBy: originOf(openedBy) }),
  };
}
