import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import type {
  APIApplicationCommandBasicOption,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';

import { PICTURES_MAX, PROMPT_MAX_LENGTH, SEED_MAX, SEED_MIN } from '../../engine/limits.js';
import { knobOptions } from './generation-options.js';
import { everywhere } from './places.js';

/** Of pictures on the way. */
export const MORPH_STEPS_DEFAULT = 5;
export const MORPH_STEPS_MIN = 2;

const words = {
  type: ApplicationCommandOptionType.String,
  autocomplete: true,
  min_length: 1,
  max_length: PROMPT_MAX_LENGTH,
} as const;
const link = { type: ApplicationCommandOptionType.String, max_length: 1000 } as const;

const endOptions = [
  { ...words, name: 'from', description: 'What you would like to hear first' },
  { ...words, name: 'to', description: 'What it becomes' },
  {
    type: ApplicationCommandOptionType.Integer,
    name: 'morph-steps',
    description: 'Pictures on the way, some five seconds each (default: 5)',
    min_value: MORPH_STEPS_MIN,
    max_value: PICTURES_MAX,
  },
  {
    type: ApplicationCommandOptionType.Attachment,
    name: 'from-clip',
    description: 'The sound or spectrogram picture to start from',
  },
  {
    type: ApplicationCommandOptionType.Attachment,
    name: 'to-clip',
    description: 'The sound or spectrogram picture to arrive at',
  },
  { ...link, name: 'from-link', description: 'Or a link to the message of the clip to start from' },
  { ...link, name: 'to-link', description: 'Or a link to the message of the clip to arrive at' },
  {
    type: ApplicationCommandOptionType.Number,
    name: 'strength',
    description: 'How much of the clips may change: 0 = nothing, 1 = everything (default: 0.55, medium)',
    min_value: 0,
    max_value: 1,
    autocomplete: true,
  },
  {
    type: ApplicationCommandOptionType.Integer,
    name: 'to-seed',
    description: 'Seed of the far end (default: that of the start)',
    min_value: SEED_MIN,
    max_value: SEED_MAX,
  },
  {
    type: ApplicationCommandOptionType.Boolean,
    name: 'loop',
    description: 'Go there and back, so that it can be played round and round',
  },
] as const satisfies readonly APIApplicationCommandBasicOption[];

/** `/morph`, as Discord is told of it. */
export const morphPayload = {
  type: ApplicationCommandType.ChatInput,
  name: 'morph',
  description: 'Make one piece of music that goes from one sound to another',
  ...everywhere,
  options: [...endOptions, ...knobOptions],
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;

export type MorphOptionName = (typeof endOptions)[number]['name'];
