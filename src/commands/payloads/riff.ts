import { ApplicationCommandType } from 'discord.js';
import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';

import { knobOptions, promptOption } from './generation-options.js';
import { everywhere } from './places.js';

/** `/riff`, as Discord is told of it. */
export const riffPayload = {
  type: ApplicationCommandType.ChatInput,
  name: 'riff',
  description: 'Make a clip of music from words',
  ...everywhere,
  options: [promptOption, ...knobOptions],
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;
