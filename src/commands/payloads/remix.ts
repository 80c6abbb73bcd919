import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';

import { clipSourceOptions } from './clip-options.js';
import { knobOptions, promptOption } from './generation-options.js';
import { everywhere } from './places.js';

export const STRENGTH_OPTION = 'strength';

/** `/remix`, as Discord is told of it. */
export const remixPayload = {
  type: ApplicationCommandType.ChatInput,
  name: 'remix',
  description: 'Make a new clip out of another one, and words',
  ...everywhere,
  options: [
    promptOption,
    ...clipSourceOptions('A sound or a spectrogram picture'),
    {
      type: ApplicationCommandOptionType.Number,
      name: STRENGTH_OPTION,
      description: 'How much may change: 0 = nothing, 1 = everything (default: 0.55, medium)',
      min_value: 0,
      max_value: 1,
      autocomplete: true,
    },
    ...knobOptions,
  ],
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;
