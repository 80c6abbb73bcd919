import { ApplicationCommandType } from 'discord.js';
import type { APIApplicationCommand, RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';

export type CommandPayload = RESTPostAPIApplicationCommandsJSONBody;

/** What must be done so that Discord has the commands that we have. */
export interface RegistrationPlan {
  readonly create: readonly CommandPayload[];
  readonly update: readonly { readonly id: string; readonly payload: CommandPayload }[];
  readonly remove: readonly { readonly id: string; readonly name: string }[];
  /** Names of the commands that are registered as they should be. */
  readonly unchanged: readonly string[];
}

/** What of a registered command comes from its payload; the rest is Discord's. */
const PAYLOAD_FIELDS = [
  'name',
  'name_localizations',
  'description',
  'description_localizations',
  'options',
  'default_member_permissions',
  'nsfw',
  'contexts',
  'integration_types',
];

/** Compares payloads with what is registered. An activity's entry point is never touched: it is not ours. */
export function planRegistration(
  payloads: readonly CommandPayload[],
  registered: readonly APIApplicationCommand[],
): RegistrationPlan {
  const ours = registered.filter(({ type }) => type !== ApplicationCommandType.PrimaryEntryPoint);
  const found = payloads.map((payload) => ({
    payload,
    as: ours.find((command) => isSame(command, payload)),
  }));
  return {
    create: found.flatMap(({ payload, as }) => (as ? [] : [payload])),
    update: found.flatMap(({ payload, as }) =>
      as && canonical(payload) !== canonical(as) ? [{ id: as.id, payload }] : [],
    ),
    remove: ours
      .filter((command) => !payloads.some((payload) => isSame(command, payload)))
      .map(({ id, name }) => ({ id, name })),
    unchanged: found.flatMap(({ payload, as }) =>
      as && canonical(payload) === canonical(as) ? [payload.name] : [],
    ),
  };
}

export function isUpToDate({ create, update, remove }: RegistrationPlan): boolean {
  return create.length + update.length + remove.length === 0;
}

function isSame(command: APIApplicationCommand, payload: CommandPayload): boolean {
  return command.name === payload.name && command.type === (payload.type ?? ApplicationCommandType.ChatInput);
}

function canonical(command: CommandPayload | APIApplicationCommand): string {
  const fields = Object.entries(command).filter(([name]) => PAYLOAD_FIELDS.includes(name));
  return JSON.stringify(meaning(Object.fromEntries(fields)));
}

/** Sorts names, and drops what means the same as nothing: Discord leaves some of it out and adds other. */
function meaning(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(meaning);
    return items.every((item) => typeof item === 'number') ? items.sort((a, b) => a - b) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([, item]) => !meansNothing(item))
    .map(([name, item]) => [name, meaning(item)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function meansNothing(value: unknown): boolean {
  const isEmpty = value === '' || (Array.isArray(value) && value.length === 0);
  return value === null || value === undefined || value === false || isEmpty;
}
