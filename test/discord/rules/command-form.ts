import { Locale } from 'discord.js';
import { z } from 'zod';
import { snowflake, text } from './fields.js';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** Names of chat-input commands and of options: word characters of any script, in lower case. */
const slashName = z.string().refine((value) => NAME.test(value) && value === value.toLowerCase(), {
  error: 'Command name is invalid',
  params: { code: 'APPLICATION_COMMAND_INVALID_NAME' },
});
const locale = z.enum(Object.values(Locale));

/** A text in other languages, by Discord's names of them; each is bound by what binds the text itself. */
function translationsOf(inLanguage: z.ZodType<string>) {
  return z.partialRecord(locale, inLanguage).nullish();
}

const choice = z.object({
  name: text(1, 100),
  name_localizations: translationsOf(text(1, 100)),
  value: z.union([text(1, 100), z.number()]),
});

export type ChoiceForm = z.infer<typeof choice>;

const optionFields = {
  name: slashName,
  name_localizations: translationsOf(slashName),
  description: text(1, 100),
  description_localizations: translationsOf(text(1, 100)),
  required: z.boolean().optional(),
  choices: z.array(choice).max(25).optional(),
  channel_types: z.array(z.number().int()).optional(),
  file_types: z.array(z.string()).optional(),
  min_value: z.number().optional(),
  max_value: z.number().optional(),
  min_length: z.number().int().min(0).max(6000).optional(),
  max_length: z.number().int().min(1).max(6000).optional(),
  autocomplete: z.boolean().optional(),
};

const valueOption = z.looseObject({ type: z.number().int().min(3).max(11), ...optionFields });
const subcommand = z.looseObject({
  type: z.literal(1),
  ...optionFields,
  options: z.array(valueOption).max(25).optional(),
});
const subcommandGroup = z.looseObject({
  type: z.literal(2),
  ...optionFields,
  options: z.array(subcommand).max(25).optional(),
});

export type ValueOption = z.infer<typeof valueOption>;
export type AnyOption = ValueOption | z.infer<typeof subcommand> | z.infer<typeof subcommandGroup>;

const shared = {
  id: snowflake.optional(),
  default_member_permissions: z.string().regex(/^\d+$/).nullish(),
  dm_permission: z.boolean().nullish(),
  contexts: z.array(z.number().int().min(0).max(2)).nullish(),
  integration_types: z.array(z.number().int().min(0).max(1)).nullish(),
  nsfw: z.boolean().nullish(),
};

const chatInput = z.looseObject({
  type: z.literal(1).default(1),
  ...shared,
  name: slashName,
  name_localizations: translationsOf(slashName),
  description: text(1, 100),
  description_localizations: translationsOf(text(1, 100)),
  options: z
    .array(z.union([valueOption, subcommand, subcommandGroup]))
    .max(25)
    .optional(),
});
const contextMenu = z.looseObject({
  type: z.union([z.literal(2), z.literal(3)]),
  ...shared,
  name: text(1, 32),
  name_localizations: translationsOf(text(1, 32)),
  description: z.literal('').optional(),
  description_localizations: z.null().optional(),
});

/** The body with which a command is registered. */
export const commandForm = z.union([chatInput, contextMenu]);

export type ChatInputForm = z.infer<typeof chatInput>;
export type CommandForm = z.infer<typeof commandForm>;
