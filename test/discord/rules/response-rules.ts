import { InteractionResponseType, MessageFlags } from 'discord.js';
import { z } from 'zod';
import { ACKNOWLEDGE_WITHIN_MS, TOKEN_LIFETIME_MS } from '../state/interaction.js';
import type { Interaction, InteractionKind } from '../state/interaction.js';
import { refusals } from './api-error.js';
import { text } from './fields.js';
import { isBroughtByUser } from './installations.js';
import { refuseField } from './form.js';

/** The body of a first response. */
export const responseForm = z.object({
  type: z.number().int(),
  data: z.unknown().optional(),
});

/** `data` of a deferred response: nothing but flags. */
export const deferralForm = z
  .looseObject({ flags: z.number().int().nullish() })
  .nullish()
  .transform((data) => data?.flags ?? 0);

/** `data` of an autocomplete response. */
export const choicesForm = z.object({
  choices: z.array(z.object({ name: text(1, 100), value: z.union([text(1, 100), z.number()]) })).max(25),
});

/** Where only a person has installed the application; elsewhere there is no limit. */
const MAX_FOLLOW_UPS = 5;
const MESSAGE_TYPES = [
  InteractionResponseType.ChannelMessageWithSource,
  InteractionResponseType.DeferredChannelMessageWithSource,
];
const UPDATE_TYPES = [InteractionResponseType.DeferredMessageUpdate, InteractionResponseType.UpdateMessage];
const ALLOWED_TYPES: Readonly<Record<InteractionKind, readonly number[]>> = {
  command: [...MESSAGE_TYPES, InteractionResponseType.Modal],
  component: [...MESSAGE_TYPES, ...UPDATE_TYPES, InteractionResponseType.Modal],
  autocomplete: [InteractionResponseType.ApplicationCommandAutocompleteResult],
  modal: [...MESSAGE_TYPES, ...UPDATE_TYPES],
};

/**
 * Checks that a first response may come now: once, and within three seconds.
 *
 * @throws ApiError 40060, 10062
 */
export function checkMayRespond(interaction: Interaction, now: number): void {
  if (interaction.acknowledgement !== undefined) throw refusals.alreadyAcknowledged();
  if (now - interaction.createdAt > ACKNOWLEDGE_WITHIN_MS) throw refusals.unknownInteraction();
}

/** @throws ApiError 50035 if this kind of interaction cannot be answered so */
export function checkResponseType(interaction: Interaction, type: number): void {
  const allowed = ALLOWED_TYPES[interaction.kind];
  const updatesNothing = UPDATE_TYPES.includes(type) && interaction.source === undefined;
  if (!allowed.includes(type) || updatesNothing) {
    const message = `A ${interaction.kind} interaction cannot be answered with a response of type ${type}.`;
    refuseField(['type'], 'INTERACTION_APPLICATION_COMMAND_INVALID_RESPONSE_TYPE', message);
  }
}

/** @throws ApiError 40094 for the sixth follow-up where only a person has installed the application */
export function checkMayFollowUp({ owners, followUps }: Interaction): void {
  if (isBroughtByUser(owners) && followUps.length >= MAX_FOLLOW_UPS) throw refusals.tooManyFollowUps();
}

/** @throws ApiError 50035 if a deferred response sets anything but EPHEMERAL */
export function checkDeferralFlags(flags: number): void {
  if ((flags & ~MessageFlags.Ephemeral) === 0) return;
  refuseField(['data', 'flags'], 'BASE_TYPE_INVALID', 'A deferred response accepts only the flag EPHEMERAL.');
}

/**
 * Checks that the token of an interaction can be used for edits and follow-ups.
 *
 * @throws ApiError 10015 before the first response, 50027 after fifteen minutes
 */
export function checkTokenUsable(interaction: Interaction, now: number): void {
  if (now - interaction.createdAt > TOKEN_LIFETIME_MS) throw refusals.expiredToken();
  if (interaction.acknowledgement === undefined) throw refusals.unknownWebhook();
}
