import { ApplicationCommandType } from 'discord.js';
import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';

import { clipSourceOptions } from './clip-options.js';
import { everywhere } from './places.js';

/** `/see`, as Discord is told of it. */
export const seePayload = {
  type: ApplicationCommandType.ChatInput,
  name: 'see',
  description: 'See a sound of up to five minutes, as a picture that can be played',
  ...everywhere,
  options: [...clipSourceOptions('A sound')],
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;
