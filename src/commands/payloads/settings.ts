import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import type {
  APIApplicationCommandBasicOption,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';

import { INFERENCE_STEPS_MAX, SECONDS_MAX } from '../../engine/limits.js';

export const QUOTA_MAX = 1000;
export const WORDS_MAX_LENGTH = 1000; // characters of one list of words

/** In an option with numbers: nothing is decided. */
const whole = { type: ApplicationCommandOptionType.Integer, min_value: 0 } as const;
const choice = ApplicationCommandOptionType.String;

export const clipRuleOptions = [
  {
    type: ApplicationCommandOptionType.String,
    name: 'model',
    description: 'Model for those who name none',
    autocomplete: true,
  },
  {
    ...whole,
    name: 'steps',
    description: 'Steps for those who name none; 0 = what suits the model',
    max_value: INFERENCE_STEPS_MAX,
  },
  {
    ...whole,
    name: 'max-steps',
    description: 'Most steps that anybody may ask for; 0 = as many as I can',
    max_value: INFERENCE_STEPS_MAX,
  },
  {
    ...whole,
    name: 'max-length',
    description: 'Longest clip that anybody may ask for, in seconds; 0 = as long as I can',
    max_value: SECONDS_MAX,
  },
  {
    type: choice,
    name: 'language',
    description: 'Language of what everybody here reads',
    choices: [
      { name: 'That of the server, or of who asks', value: 'none' },
      { name: 'English', value: 'en-US' },
      { name: 'Deutsch', value: 'de' },
      { name: 'Español', value: 'es-ES' },
      { name: 'Français', value: 'fr' },
      { name: '日本語', value: 'ja' },
      { name: '中文', value: 'zh-CN' },
    ],
  },
  {
    type: choice,
    name: 'deletion',
    description: 'Who may delete clips',
    choices: [
      { name: 'Who asked for it, and moderators', value: 'requester' },
      { name: 'Moderators', value: 'moderator' },
      { name: 'Everybody', value: 'everybody' },
    ],
  },
  {
    type: choice,
    name: 'spoilers',
    description: 'Whether clips are hidden until somebody clicks them',
    choices: [
      { name: 'Never', value: 'never' },
      { name: 'In the channels that are chosen for it', value: 'listed' },
      { name: 'Always', value: 'always' },
    ],
  },
  {
    type: choice,
    name: 'age-restricted',
    description: 'What is different in age-restricted channels',
    choices: [
      { name: 'Nothing', value: 'same' },
      { name: 'Banned words are allowed there', value: 'any-words' },
      { name: 'Clips are made there and nowhere else', value: 'only' },
    ],
  },
] as const satisfies readonly APIApplicationCommandBasicOption[];

export const quotaOptions = [
  {
    ...whole,
    name: 'person',
    description: 'Clips that one person may have in the queue; 0 = as many as the bot allows',
    max_value: QUOTA_MAX,
  },
  {
    ...whole,
    name: 'server',
    description: 'Clips that this server may have in the queue; 0 = as many as the bot allows',
    max_value: QUOTA_MAX,
  },
  {
    ...whole,
    name: 'person-hour',
    description: 'Clips that one person may ask for in an hour; 0 = as many as the bot allows',
    max_value: QUOTA_MAX,
  },
  {
    ...whole,
    name: 'server-hour',
    description: 'Clips that this server may ask for in an hour; 0 = as many as the bot allows',
    max_value: QUOTA_MAX,
  },
] as const satisfies readonly APIApplicationCommandBasicOption[];

const channelOptions = [
  {
    type: ApplicationCommandOptionType.Channel,
    name: 'channel',
    description: 'The channel; its threads are like it',
    required: true,
    channel_types: [
      ChannelType.GuildText,
      ChannelType.GuildAnnouncement,
      ChannelType.GuildVoice,
      ChannelType.GuildStageVoice,
      ChannelType.GuildForum,
      ChannelType.GuildMedia,
    ],
  },
  {
    type: choice,
    name: 'use',
    description: 'What to do there; as long as no channel is allowed, all are',
    required: true,
    choices: [
      { name: 'Allow clips here', value: 'allow' },
      { name: 'No longer allow them', value: 'remove' },
      { name: 'Hide clips as spoilers', value: 'hide' },
      { name: 'Show clips openly', value: 'show' },
    ],
  },
] as const satisfies readonly APIApplicationCommandBasicOption[];

const roleOptions = [
  {
    type: ApplicationCommandOptionType.Role,
    name: 'role',
    description: 'The role',
    required: true,
  },
  {
    type: choice,
    name: 'use',
    description: 'Who may ask for clips; as long as no role is allowed, everybody may',
    required: true,
    choices: [
      { name: 'Allow clips for it', value: 'allow' },
      { name: 'No longer allow them', value: 'remove' },
    ],
  },
] as const satisfies readonly APIApplicationCommandBasicOption[];

const wordOptions = [
  {
    type: ApplicationCommandOptionType.String,
    name: 'add',
    description: 'Words that nobody may use, with commas between them; "word*" is any word that begins so',
    max_length: WORDS_MAX_LENGTH,
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'remove',
    description: 'Words that may be used again, with commas between them; "*" is all',
    max_length: WORDS_MAX_LENGTH,
  },
] as const satisfies readonly APIApplicationCommandBasicOption[];

/** `/settings`, as Discord is told of it. Who may use it, each server's own settings in Discord can change. */
export const settingsPayload = {
  type: ApplicationCommandType.ChatInput,
  name: 'settings',
  description: 'What I may do in this server, for moderators',
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
  default_member_permissions: String(PermissionFlagsBits.ManageGuild),
  options: [
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'show',
      description: 'What is decided in this server',
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'clips',
      description: 'How clips are made and shown here',
      options: [...clipRuleOptions],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'quotas',
      description: 'How many clips there may be',
      options: [...quotaOptions],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'channels',
      description: 'Where clips may be asked for, and where they are hidden',
      options: [...channelOptions],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'roles',
      description: 'Who may ask for clips',
      options: [...roleOptions],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'words',
      description: 'Words that nobody may use here',
      options: [...wordOptions],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'reset',
      description: 'Forget all that was decided here',
    },
  ],
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;

export type SettingsSubcommand = (typeof settingsPayload.options)[number]['name'];
