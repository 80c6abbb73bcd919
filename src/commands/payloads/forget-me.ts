import { ApplicationCommandType } from 'discord.js';
import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';

import { everywhere } from './places.js';

/** `/forget-me`, as Discord is told of it. */
export const forgetMePayload = {
  type: ApplicationCommandType.ChatInput,
  name: 'forget-me',
  description: 'Remove what I keep about you, and cancel what you wait for',
  ...everywhere,
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;
