import type { ButtonAction, Command, ModalAction, PrivateCommand } from './command.js';
import type { MenuCommand } from './menus/menu-command.js';

/** Everything that people can ask for: lists written down, not a folder searched. */
export interface RegistryEntries {
  readonly commands: readonly (Command | PrivateCommand)[];
  readonly buttons: readonly ButtonAction[];
  readonly modals: readonly ModalAction[];
  readonly menus: readonly MenuCommand[];
}

/** Commands, buttons and forms by name. */
export class Registry {
  readonly #commands: ReadonlyMap<string, Command | PrivateCommand>;
  readonly #buttons: ReadonlyMap<string, ButtonAction>;
  readonly #modals: ReadonlyMap<string, ModalAction>;
  readonly #menus: ReadonlyMap<string, MenuCommand>;

  constructor({ commands, buttons, modals, menus }: RegistryEntries) {
    this.#commands = byName(commands);
    this.#buttons = byName(buttons);
    this.#modals = byName(modals);
    this.#menus = byName(menus);
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

  /** A command of a message's menu. */
  menu(name: string): MenuCommand | undefined {
    return this.#menus.get(name);
  }
}

function byName<Entry extends { readonly name: string }>(
  entries: readonly Entry[],
): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [entry.name, entry]));
}
