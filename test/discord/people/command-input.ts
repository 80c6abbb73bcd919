import { storeAttachment } from '../actions/store-attachments.js';
import { channelPayload, rolePayload } from '../payloads/guild-payloads.js';
import { attachmentPayload } from '../payloads/message-payload.js';
import type { AnyOption, ValueOption } from '../rules/command-form.js';
import { nestedOptions, optionsOf } from '../rules/command-rules.js';
import { lengthOf } from '../rules/fields.js';
import { ATTACHMENT_SIZE_LIMIT } from '../rules/file-rules.js';
import type { ServedInstead } from '../state/attachment.js';
import type { RegisteredCommand } from '../state/command-registry.js';
import type { Role } from '../state/guild.js';
import { userPayload } from '../state/user.js';
import type { User } from '../state/user.js';
import type { World } from '../state/world.js';
import { ClientRefusal } from './client-refusal.js';
import type { LocalChannel } from './local-channel.js';

/** A file that a person attaches. */
export interface LocalFile {
  readonly filename: string;
  readonly bytes: Buffer;
  readonly contentType?: string;
  /** What a download gets in place of the file: a redirect, a lie about its length. @defaultValue the file */
  readonly served?: ServedInstead;
}

/** What a person may give for an option. */
export type OptionValue = string | number | boolean | User | Role | LocalChannel | LocalFile;

/** The option that is being typed, while it is autocompleted. */
export interface FocusedOption {
  readonly name: string;
  readonly value: string;
}

/** What a person has typed into a command. */
export interface CommandInput {
  readonly command: RegisteredCommand;
  /** Names of group and subcommand after the command's own name. */
  readonly subcommands: readonly string[];
  readonly values: Readonly<Record<string, OptionValue>>;
  readonly focused?: FocusedOption;
}

interface SentOption {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean;
  readonly focused?: true;
  readonly options?: readonly SentOption[];
}

/** What the ids in an interaction stand for. */
export interface Resolved {
  readonly users: Record<string, unknown>;
  readonly attachments: Record<string, unknown>;
  readonly roles: Record<string, unknown>;
  readonly channels: Record<string, unknown>;
}

/** Nothing yet. */
export function emptyResolved(): Resolved {
  return { users: {}, attachments: {}, roles: {}, channels: {} };
}

/** `ApplicationCommandOptionType` by the names that the rules below need. */
const OPTION = {
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  number: 10,
  attachment: 11,
} as const;

/**
 * Turns what a person has typed into the `data` of an interaction, as Discord's client does.
 *
 * @throws ClientRefusal for what the client would not send
 */
export function commandData(world: World, input: CommandInput): Record<string, unknown> {
  const { command, subcommands } = input;
  const resolved = emptyResolved();
  const options = fillOptions(world, input, optionsOf(command.form), subcommands, resolved);
  return { ...commandHead(command), options, resolved };
}

/** What the `data` of every command says of the command itself. */
export function commandHead({ id, form, guild_id }: RegisteredCommand): Record<string, unknown> {
  return { id, name: form.name, type: form.type, ...(guild_id === undefined ? {} : { guild_id }) };
}

function fillOptions(
  world: World,
  input: CommandInput,
  offered: readonly AnyOption[],
  path: readonly string[],
  resolved: Resolved,
): SentOption[] {
  const [next, ...rest] = path;
  if (next !== undefined) {
    const nest = offered.find(({ name, type }) => name === next && (type === 1 || type === 2));
    if (nest === undefined) throw new ClientRefusal(`There is no subcommand "${next}".`);
    const options = fillOptions(world, input, nestedOptions(nest), rest, resolved);
    return [{ name: nest.name, type: nest.type, options }];
  }
  if (offered.some(({ type }) => type === 1 || type === 2)) throw new ClientRefusal('Choose a subcommand.');
  for (const name of Object.keys(input.values)) {
    if (!offered.some((option) => option.name === name)) {
      throw new ClientRefusal(`There is no option "${name}".`);
    }
  }
  return offered.flatMap((option) => fillOption(world, input, option as ValueOption, resolved));
}

function fillOption(
  world: World,
  input: CommandInput,
  option: ValueOption,
  resolved: Resolved,
): SentOption[] {
  const { name, type } = option;
  if (input.focused?.name === name) {
    if (option.autocomplete !== true) throw new ClientRefusal(`The option "${name}" is not autocompleted.`);
    return [{ name, type, value: input.focused.value, focused: true }];
  }
  const value = input.values[name];
  if (value === undefined) {
    if (option.required !== true || input.focused !== undefined) return [];
    throw new ClientRefusal(`The option "${name}" is required.`);
  }
  return [{ name, type, value: checkedValue(world, option, value, resolved) }];
}

function checkedValue(
  world: World,
  option: ValueOption,
  value: OptionValue,
  resolved: Resolved,
): string | number | boolean {
  if (typeof value === 'object') return resolveEntity(world, option, value, resolved);
  const expected =
    option.type === OPTION.string ? 'string' : option.type === OPTION.boolean ? 'boolean' : 'number';
  if (typeof value !== expected) throw new ClientRefusal(`The option "${option.name}" takes a ${expected}.`);
  if (typeof value === 'string') checkText(option, value);
  if (typeof value === 'number') checkNumber(option, value);
  const choices = option.choices ?? [];
  if (choices.length > 0 && !choices.some((choice) => choice.value === value)) {
    throw new ClientRefusal(`"${String(value)}" is not among the choices of "${option.name}".`);
  }
  return value;
}

function checkText({ name, min_length: min = 1, max_length: max = 6000 }: ValueOption, value: string): void {
  const length = lengthOf(value);
  if (length >= min && length <= max) return;
  throw new ClientRefusal(`The option "${name}" takes ${min} to ${max} characters, not ${length}.`);
}

function checkNumber({ name, type, min_value: min, max_value: max }: ValueOption, value: number): void {
  const isWhole = Number.isSafeInteger(value);
  if (!Number.isFinite(value) || (type === OPTION.integer && !isWhole)) {
    throw new ClientRefusal(`The option "${name}" does not take ${value}.`);
  }
  if (value >= (min ?? -Infinity) && value <= (max ?? Infinity)) return;
  throw new ClientRefusal(`The option "${name}" takes ${min ?? '…'} to ${max ?? '…'}, not ${value}.`);
}

function resolveEntity(
  world: World,
  option: ValueOption,
  value: Exclude<OptionValue, string | number | boolean>,
  resolved: Resolved,
): string {
  if ('bytes' in value && option.type === OPTION.attachment) {
    return uploadFile(world, value, resolved);
  }
  if ('bot' in value && option.type === OPTION.user) {
    resolved.users[value.id] = userPayload(value);
    return value.id;
  }
  if ('permissions' in value && option.type === OPTION.role) {
    resolved.roles[value.id] = rolePayload(value, 1);
    return value.id;
  }
  if ('channel' in value && option.type === OPTION.channel) {
    const payload = channelPayload(value.channel);
    const isOfType = option.channel_types?.includes(Number(payload['type'])) !== false;
    if (!isOfType) throw new ClientRefusal(`The option "${option.name}" takes channels of another type.`);
    resolved.channels[value.id] = payload;
    return value.id;
  }
  throw new ClientRefusal(`The option "${option.name}" does not take that.`);
}

/** Uploads a file with an interaction. @returns its id @throws ClientRefusal when it is too large */
export function uploadFile(world: World, local: LocalFile, { attachments }: Resolved): string {
  if (local.bytes.length > ATTACHMENT_SIZE_LIMIT) throw new ClientRefusal('Your files are too powerful.');
  const file = { index: 0, contentType: local.contentType, ...local };
  const attachment = storeAttachment(world, world.applicationId, { file, form: undefined });
  attachments[attachment.id] = attachmentPayload(world, attachment);
  return attachment.id;
}
