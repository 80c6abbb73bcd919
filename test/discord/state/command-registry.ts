import type { Clock } from '../clock.js';
import { refusals } from '../rules/api-error.js';
import type { CommandForm } from '../rules/command-form.js';
import { checkUniqueNames } from '../rules/command-rules.js';
import type { SnowflakeGenerator } from './snowflakes.js';

const DAY_MS = 24 * 60 * 60_000;
const CREATES_PER_DAY = 200;
/** How many commands of types 1 (chat input), 2 (user) and 3 (message) one scope may hold. */
const MAX_OF_TYPE: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };

/** A guild's id, or undefined for commands that are everywhere. */
export type CommandScope = string | undefined;

/** A command that is registered. */
export interface RegisteredCommand {
  readonly id: string;
  readonly application_id: string;
  readonly guild_id?: string;
  readonly version: string;
  readonly form: CommandForm;
}

/** What registering a command has led to. */
export interface Registration {
  readonly command: RegisteredCommand;
  readonly created: boolean;
}

/** The commands of the application, in every scope. */
export class CommandRegistry {
  readonly #clock: Clock;
  readonly #snowflakes: SnowflakeGenerator;
  readonly #applicationId: string;
  readonly #scopes = new Map<CommandScope, Map<string, RegisteredCommand>>();
  readonly #createTimes = new Map<CommandScope, number[]>();

  constructor(clock: Clock, snowflakes: SnowflakeGenerator, applicationId: string) {
    this.#clock = clock;
    this.#snowflakes = snowflakes;
    this.#applicationId = applicationId;
  }

  list(scope: CommandScope): RegisteredCommand[] {
    return [...this.#scope(scope).values()];
  }

  get(scope: CommandScope, id: string): RegisteredCommand | undefined {
    return this.#scope(scope).get(id);
  }

  /** Finds a command as a client in this guild sees it: its own commands come before those that are everywhere. */
  find(guildId: CommandScope, type: number, name: string): RegisteredCommand | undefined {
    const visible =
      guildId === undefined ? this.list(undefined) : [...this.list(guildId), ...this.list(undefined)];
    return visible.find(({ form }) => form.type === type && form.name === name);
  }

  /** How many commands have been created in a scope in the last 24 hours. */
  createsToday(scope: CommandScope): number {
    const since = this.#clock.now() - DAY_MS;
    return (this.#createTimes.get(scope) ?? []).filter((time) => time > since).length;
  }

  /** Creates a command, or replaces the one with its type and name. */
  register(scope: CommandScope, form: CommandForm): Registration {
    const existing = this.list(scope).find(
      (one) => one.form.type === form.type && one.form.name === form.name,
    );
    if (existing !== undefined) return { command: this.#store(scope, form, existing), created: false };
    this.#countCreate(scope);
    const sameType = this.list(scope).filter((one) => one.form.type === form.type).length;
    if (sameType >= (MAX_OF_TYPE[form.type] ?? 0)) throw refusals.tooManyCommands();
    return { command: this.#store(scope, form, undefined), created: true };
  }

  /** Puts these commands in the place of all that the scope has. */
  replaceAll(scope: CommandScope, forms: readonly CommandForm[]): RegisteredCommand[] {
    checkUniqueNames(forms);
    const before = this.list(scope);
    const gone = before.filter(
      ({ form }) => !forms.some((one) => one.type === form.type && one.name === form.name),
    );
    for (const command of gone) this.#scope(scope).delete(command.id);
    return forms.map((form) => this.register(scope, form).command);
  }

  /** Changes the command with this id. */
  change(scope: CommandScope, id: string, form: CommandForm): RegisteredCommand {
    const existing = this.get(scope, id);
    if (existing === undefined) throw refusals.unknownCommand();
    return this.#store(scope, form, existing);
  }

  /** @returns whether there was such a command */
  delete(scope: CommandScope, id: string): boolean {
    return this.#scope(scope).delete(id);
  }

  #scope(scope: CommandScope): Map<string, RegisteredCommand> {
    const existing = this.#scopes.get(scope);
    if (existing !== undefined) return existing;
    const created = new Map<string, RegisteredCommand>();
    this.#scopes.set(scope, created);
    return created;
  }

  #store(scope: CommandScope, form: CommandForm, existing: RegisteredCommand | undefined): RegisteredCommand {
    const unchanged = existing !== undefined && JSON.stringify(existing.form) === JSON.stringify(form);
    if (unchanged) return existing;
    const command: RegisteredCommand = {
      id: existing?.id ?? this.#snowflakes.next(),
      application_id: this.#applicationId,
      ...(scope === undefined ? {} : { guild_id: scope }),
      version: this.#snowflakes.next(),
      form,
    };
    this.#scope(scope).set(command.id, command);
    return command;
  }

  #countCreate(scope: CommandScope): void {
    if (this.createsToday(scope) >= CREATES_PER_DAY) throw refusals.tooManyCommandCreates();
    this.#createTimes.set(scope, [...(this.#createTimes.get(scope) ?? []), this.#clock.now()]);
  }
}
