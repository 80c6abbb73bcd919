import type {
  APIModalInteractionResponseCallbackData,
  MessageContextMenuCommandInteraction,
} from 'discord.js';

import type { DeferredReply } from '../command.js';
import type { MessageView } from '../message-view.js';

/** How a command of a message's menu is answered. */
export type MenuAnswer =
  /** By a message of its own, as a slash command is; what is thrown becomes that message. */
  | { readonly type: 'reply'; readonly run: (reply: DeferredReply) => Promise<void> }
  /** By something that only who asked sees. */
  | { readonly type: 'privately'; readonly view: () => Promise<MessageView> }
  /** By a form. */
  | { readonly type: 'modal'; readonly modal: APIModalInteractionResponseCallbackData };

/** A command of the menu that each message has. Discord shows the bot the message, whoever has written it. */
export interface MenuCommand {
  /** As in its payload. */
  readonly name: string;
  /** Must be quick: nothing is acknowledged until it is known how. What it throws is told to who asked alone. */
  answer(interaction: MessageContextMenuCommandInteraction): MenuAnswer | Promise<MenuAnswer>;
}
