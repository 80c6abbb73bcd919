import { ApplicationCommandType } from 'discord.js';
import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';

import { everywhere } from './places.js';

/** `/help`, as Discord is told of it. */
export const helpPayload = {
  type: ApplicationCommandType.ChatInput,
  name: 'help',
  description: 'What I can do, and how to ask for it',
  ...everywhere,
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;
