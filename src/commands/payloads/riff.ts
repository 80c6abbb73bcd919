import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import type {
  APIApplicationCommandBasicOption,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';

import { SECONDS_MAX, SECONDS_MIN } from '../../engine/limits.js';
import { knobOptions, promptOption } from './generation-options.js';
import { everywhere } from './places.js';

/** Clips that one message may have: each has two files and a row of buttons. */
export const BATCH_MAX = 4;

const shapeOptions = [
  {
    type: ApplicationCommandOptionType.Number,
    name: 'length',
    description: 'Seconds, in whole pictures (default: one picture, some five seconds)',
    min_value: SECONDS_MIN,
    max_value: SECONDS_MAX,
  },
  {
    type: ApplicationCommandOptionType.Integer,
    name: 'count',
    description: 'Variations to choose from, in one message (default: 1)',
    min_value: 1,
    max_value: BATCH_MAX,
  },
  {
    type: ApplicationCommandOptionType.Boolean,
    name: 'loop',
    description: 'Whether its end must run on into its beginning, whatever the model',
  },
] as const satisfies readonly APIApplicationCommandBasicOption[];

/** `/riff`, as Discord is told of it. */
export const riffPayload = {
  type: ApplicationCommandType.ChatInput,
  name: 'riff',
  description: 'Make a clip of music from words',
  ...everywhere,
  options: [promptOption, ...shapeOptions, ...knobOptions],
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;

export type ShapeOptionName = (typeof shapeOptions)[number]['name'];
