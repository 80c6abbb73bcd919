/** Options that all commands have in common which make something of words. */
import { ApplicationCommandOptionType } from 'discord.js';
import type { APIApplicationCommandBasicOption } from 'discord.js';

import {
  AUDIO_FORMATS,
  BPM_MAX,
  BPM_MIN,
  GUIDANCE_SCALE_MAX,
  GUIDANCE_SCALE_MIN,
  INFERENCE_STEPS_MAX,
  INFERENCE_STEPS_MIN,
  PROMPT_MAX_LENGTH,
  SCHEDULERS,
  SEED_MAX,
  SEED_MIN,
} from '../../engine/limits.js';

export const promptOption = {
  type: ApplicationCommandOptionType.String,
  name: 'prompt',
  description: 'What you would like to hear, for example "funk bassline with a jazzy saxophone solo"',
  required: true,
  autocomplete: true,
  min_length: 1,
  max_length: PROMPT_MAX_LENGTH,
} as const satisfies APIApplicationCommandBasicOption;

export const formatOption = {
  type: ApplicationCommandOptionType.String,
  name: 'format',
  description: 'Kind of audio file (default: mp3)',
  choices: AUDIO_FORMATS.map((name) => ({ name, value: name })),
} as const satisfies APIApplicationCommandBasicOption;

/** Those that say how, in the order in which they are listed. */
export const knobOptions = [
  {
    type: ApplicationCommandOptionType.String,
    name: 'negative',
    description: 'What you would rather not hear',
    max_length: PROMPT_MAX_LENGTH,
  },
  {
    type: ApplicationCommandOptionType.Number,
    name: 'bpm',
    description: 'Beats per minute (default: what the words say, such as "128 bpm")',
    min_value: BPM_MIN,
    max_value: BPM_MAX,
  },
  {
    type: ApplicationCommandOptionType.Integer,
    name: 'seed',
    description: 'The same seed and options give the same clip (default: a new one each time)',
    min_value: SEED_MIN,
    max_value: SEED_MAX,
  },
  {
    type: ApplicationCommandOptionType.Integer,
    name: 'steps',
    description: 'More steps take longer and are more exact (default: what suits the model)',
    min_value: INFERENCE_STEPS_MIN,
    max_value: INFERENCE_STEPS_MAX,
  },
  {
    type: ApplicationCommandOptionType.Number,
    name: 'guidance',
    description: 'How closely to follow the words; 1 = hardly (default: what suits the model)',
    min_value: GUIDANCE_SCALE_MIN,
    max_value: GUIDANCE_SCALE_MAX,
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'scheduler',
    description: 'The way from noise to picture (default: what suits the model)',
    choices: SCHEDULERS.map((name) => ({ name, value: name })),
  },
  formatOption,
] as const satisfies readonly APIApplicationCommandBasicOption[];

export type GenerationOptionName = (typeof promptOption | (typeof knobOptions)[number])['name'];
