import type { RegisteredCommand } from '../state/command-registry.js';

/** A command as the API shows it, with the defaults that Discord fills in. */
export function commandPayload(command: RegisteredCommand): Record<string, unknown> {
  const { form, id, application_id, guild_id, version } = command;
  return {
    default_member_permissions: null,
    nsfw: false,
    ...(guild_id === undefined ? { contexts: null, integration_types: [0], dm_permission: true } : {}),
    description: '',
    ...form,
    id,
    application_id,
    ...(guild_id === undefined ? {} : { guild_id }),
    version,
  };
}
