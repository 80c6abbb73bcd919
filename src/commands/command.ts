import type { AutocompleteInteraction, ButtonInteraction, ChatInputCommandInteraction } from 'discord.js';

/** The reply that the dispatcher has promised to Discord and that is still to be filled in. */
export interface DeferredReply {
  /** Its message; null when Discord did not say. */
  readonly messageId: string | null;
}

/** What is offered while an option is typed. */
export interface OptionChoice {
  /** At most 100 characters. */
  readonly name: string;
  readonly value: string | number;
}

/** A slash command. It runs after its interaction was acknowledged; what it throws becomes the reply. */
export interface Command {
  /** As in its payload. */
  readonly name: string;
  execute(interaction: ChatInputCommandInteraction, reply: DeferredReply): Promise<void>;
  /** Choices for the option that is being typed; at most 25. Must be quick: Discord waits for three seconds. */
  autocomplete?(interaction: AutocompleteInteraction): readonly OptionChoice[];
}

/** What a button does. It runs after the click was acknowledged; what it throws is told to who clicked alone. */
export interface ButtonAction {
  /** First part of the custom ids that it answers to. */
  readonly name: string;
  /** @param argument - The rest of the custom id. */
  execute(interaction: ButtonInteraction, argument: string): Promise<void>;
}
