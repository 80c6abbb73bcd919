import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';

import {
  AUDIO_FORMATS,
  GUIDANCE_SCALE_MAX,
  GUIDANCE_SCALE_MIN,
  INFERENCE_STEPS_MAX,
  INFERENCE_STEPS_MIN,
  PROMPT_MAX_LENGTH,
  SCHEDULERS,
  SEED_MAX,
  SEED_MIN,
} from '../../engine/limits.js';

/** `/riff`, as Discord is told of it. */
export const riffPayload = {
  type: ApplicationCommandType.ChatInput,
  name: 'riff',
  description: 'Make a clip of music from words',
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  options: [
    {
      type: ApplicationCommandOptionType.String,
      name: 'prompt',
      description: 'What you would like to hear, for example "funk bassline with a jazzy saxophone solo"',
      required: true,
      autocomplete: true,
      min_length: 1,
      max_length: PROMPT_MAX_LENGTH,
    },
    {
      type: ApplicationCommandOptionType.String,
      name: 'negative',
      description: 'What you would rather not hear',
      max_length: PROMPT_MAX_LENGTH,
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
    {
      type: ApplicationCommandOptionType.String,
      name: 'format',
      description: 'Kind of audio file (default: mp3)',
      choices: AUDIO_FORMATS.map((name) => ({ name, value: name })),
    },
  ],
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;

/** Names of the options, so that a renamed one is a compile error where it is read. */
export type RiffOptionName = (typeof riffPayload.options)[number]['name'];
