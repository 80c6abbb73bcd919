import { ApplicationCommandType } from 'discord.js';
import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';

import { everywhere } from './places.js';

/** `/about`, as Discord is told of it. */
export const aboutPayload = {
  type: ApplicationCommandType.ChatInput,
  name: 'about',
  description: 'The model that makes the music, its licence, and how well it does',
  ...everywhere,
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;
