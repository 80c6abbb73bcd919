import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';

import { everywhere } from './places.js';

/** `/queue`, as Discord is told of it. */
export const queuePayload = {
  type: ApplicationCommandType.ChatInput,
  name: 'queue',
  description: 'See what is being made and what is waiting',
  ...everywhere,
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;

/** `/cancel`, as Discord is told of it. */
export const cancelPayload = {
  type: ApplicationCommandType.ChatInput,
  name: 'cancel',
  description: 'Take clips out of the queue',
  ...everywhere,
  options: [
    {
      type: ApplicationCommandOptionType.String,
      name: 'what',
      description: 'The clip, or all of yours',
      required: true,
      autocomplete: true,
    },
  ],
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;
