import type {
  APIModalInteractionResponseCallbackData,
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  ModalSubmitInteraction,
} from 'discord.js';

import type { MessageView } from './message-view.js';

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
  readonly answers?: 'reply';
  execute(interaction: ChatInputCommandInteraction, reply: DeferredReply): Promise<void>;
  /** Choices for the option that is being typed; at most 25. Must be quick: Discord waits for three seconds. */
  autocomplete?(interaction: AutocompleteInteraction): readonly OptionChoice[];
}

/** A slash command that only who gave it gets an answer to. */
export interface PrivateCommand {
  readonly name: string;
  readonly answers: 'privately';
  execute(interaction: ChatInputCommandInteraction): Promise<MessageView> | MessageView;
  /** As of any command. */
  autocomplete?(interaction: AutocompleteInteraction): readonly OptionChoice[];
}

/** What a button does. All but the last kind run after the click was acknowledged. */
export type ButtonAction = UpdatingButton | ReplyingButton | PrivateButton | ModalButton;

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

/** A button that only who pressed it gets an answer to. */
export interface PrivateButton {
  readonly name: string;
  readonly answers: 'privately';
  execute(interaction: ButtonInteraction, argument: string): Promise<MessageView>;
}

/** A button that opens a form. */
export interface ModalButton {
  readonly name: string;
  readonly answers: 'modal';
  /** Must be quick: the form is the acknowledgement. */
  modal(interaction: ButtonInteraction, argument: string): APIModalInteractionResponseCallbackData;
}

/** What becomes of a form that was filled in. It is answered as a command is. */
export interface ModalAction {
  /** First part of the custom ids of the forms. */
  readonly name: string;
  submit(interaction: ModalSubmitInteraction, argument: string, reply: DeferredReply): Promise<void>;
}
