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

/** What a button does. It runs after the click was acknowledged. */
export type ButtonAction = UpdatingButton | ReplyingButton;

/** A button that acts on the message that it is under; what it throws is told to who clicked alone. */
export interface UpdatingButton {
  /** First part of the custom ids that it answers to. */
  readonly name: string;
  readonly answers: 'update';
  /** @param argument - The rest of the custom id. */
  execute(interaction: ButtonInteraction, argument: string): Promise<void>;
}

/** A button that is answered by a message of its own, as a command is; what it throws becomes that answer. */
export interface ReplyingButton {
  readonly name: string;
  readonly answers: 'reply';
  execute(interaction: ButtonInteraction, argument: string, reply: DeferredReply): Promise<void>;
}
