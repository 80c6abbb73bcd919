import { ApplicationCommandType } from 'discord.js';
import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';

import { clipSourceOptions } from './clip-options.js';
import { formatOption } from './generation-options.js';
import { everywhere } from './places.js';

/** `/listen`, as Discord is told of it. */
export const listenPayload = {
  type: ApplicationCommandType.ChatInput,
  name: 'listen',
  description: 'Hear a picture: a spectrogram, or anything drawn or photographed',
  ...everywhere,
  options: [...clipSourceOptions('A picture'), formatOption],
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;
