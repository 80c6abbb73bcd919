import { Routes } from 'discord.js';
import type { APIApplication, APIApplicationCommand, REST } from 'discord.js';

import { planRegistration } from './registration-plan.js';
import type { CommandPayload, RegistrationPlan } from './registration-plan.js';

export interface CommandRegistrationOptions {
  readonly rest: REST;
  /** Register for this guild alone, where it counts at once; undefined = everywhere. */
  readonly guildId?: string | undefined;
}

/** Reads and changes the commands that Discord has for our application. */
export class CommandRegistration {
  readonly #rest: REST;
  readonly #guildId: string | undefined;
  #path: Promise<`/${string}`> | undefined;

  constructor({ rest, guildId }: CommandRegistrationOptions) {
    this.#rest = rest;
    this.#guildId = guildId;
  }

  /** What must change; changes nothing. @throws DiscordAPIError */
  async plan(payloads: readonly CommandPayload[]): Promise<RegistrationPlan> {
    const registered = await this.#rest.get(await this.#commandsPath(), {
      query: new URLSearchParams({ with_localizations: 'true' }),
    });
    return planRegistration(
      this.#guildId === undefined ? payloads : payloads.map(forGuild),
      registered as APIApplicationCommand[],
    );
  }

  /** Makes it so, and says each thing that was done. @throws DiscordAPIError */
  async apply(plan: RegistrationPlan, say: (line: string) => void): Promise<void> {
    const path = await this.#commandsPath();
    for (const payload of plan.create) {
      await this.#rest.post(path, { body: payload });
      say(`registered /${payload.name}`);
    }
    for (const { id, payload } of plan.update) {
      await this.#rest.patch(`${path}/${id}`, { body: payload });
      say(`changed /${payload.name}`);
    }
    for (const { id, name } of plan.remove) {
      await this.#rest.delete(`${path}/${id}`);
      say(`removed /${name}`);
    }
    for (const name of plan.unchanged) say(`left /${name} as it is`);
  }

  #commandsPath(): Promise<`/${string}`> {
    this.#path ??= this.#findPath();
    return this.#path;
  }

  async #findPath(): Promise<`/${string}`> {
    const { id } = (await this.#rest.get(Routes.currentApplication())) as APIApplication;
    return this.#guildId === undefined
      ? Routes.applicationCommands(id)
      : Routes.applicationGuildCommands(id, this.#guildId);
  }
}

/** A guild's own command exists in that guild alone, so where else it might is not said. */
function forGuild(payload: CommandPayload): CommandPayload {
  const rest = { ...payload };
  delete rest.contexts;
  delete rest.integration_types;
  return rest;
}
