import type { ButtonAction, Command, ModalAction, PrivateCommand } from './command.js';

/** Everything that people can ask for: lists written down, not a folder searched. */
export interface RegistryEntries {
  readonly commands: readonly (Command | PrivateCommand)[];
  readonly buttons: readonly ButtonAction[];
  readonly modals: readonly ModalAction[];
}

/** Commands, buttons and forms by name. */
export class Registry {
  readonly #commands: ReadonlyMap<string, Command | PrivateCommand>;
  readonly #buttons: ReadonlyMap<string, ButtonAction>;
  readonly #modals: ReadonlyMap<string, ModalAction>;

  constructor({ commands, buttons, modals }: RegistryEntries) {
    this.#commands = byName(commands);
    this.#buttons = byName(buttons);
    this.#modals = byName(modals);
  }

  command(name: string): Command | PrivateCommand | undefined {
    return this.#commands.get(name);
  }

  button(action: string): ButtonAction | undefined {
    return this.#buttons.get(action);
  }

  modal(action: string): ModalAction | undefined {
    return this.#modals.get(action);
  }
}

function byName<Entry extends { readonly name: string }>(
  entries: readonly Entry[],
): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [entry.name, entry]));
}
