import type { ButtonAction, Command } from './command.js';

/** Commands and buttons by name: a list written down, not a folder searched. */
export class Registry {
  readonly #commands: ReadonlyMap<string, Command>;
  readonly #buttons: ReadonlyMap<string, ButtonAction>;

  constructor(commands: readonly Command[], buttons: readonly ButtonAction[]) {
    this.#commands = new Map(commands.map((command) => [command.name, command]));
    this.#buttons = new Map(buttons.map((button) => [button.name, button]));
  }

  command(name: string): Command | undefined {
    return this.#commands.get(name);
  }

  button(action: string): ButtonAction | undefined {
    return this.#buttons.get(action);
  }
}
