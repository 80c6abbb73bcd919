import type { APIApplicationCommandOptionChoice } from 'discord.js';
import type { IntegrationOwners } from '../rules/installations.js';
import type { Modal } from '../rules/modal-form.js';
import type { ChangeFeed, WaitOptions } from './change-feed.js';
import type { Channel } from './channel.js';
import type { Message } from './message.js';
import type { User } from './user.js';

/** Discord throws an interaction away when nothing has been heard of it for this long. */
export const ACKNOWLEDGE_WITHIN_MS = 3_000;
/** How long the token of an interaction can be used. */
export const TOKEN_LIFETIME_MS = 15 * 60_000;

export type InteractionKind = 'command' | 'component' | 'autocomplete' | 'modal';

/** The first response to an interaction. */
export interface Acknowledgement {
  /** `InteractionResponseType`. */
  readonly type: number;
  /** Milliseconds after the interaction was made. */
  readonly afterMs: number;
}

export interface InteractionInit {
  readonly id: string;
  readonly token: string;
  readonly kind: InteractionKind;
  readonly createdAt: number;
  readonly channel: Channel;
  readonly user: User;
  readonly owners: IntegrationOwners;
  /** `data` of the INTERACTION_CREATE event. */
  readonly data: unknown;
  /** The message that carries the pressed component, or the one whose component opened the modal. */
  readonly source?: Message;
  /** The message that a command of its menu was used on. */
  readonly target?: Message;
  /** The interaction that opened the modal which this one submits. */
  readonly openedBy?: Interaction;
}

/** Something a person has done with the bot, and all that the bot has answered. */
export class Interaction {
  readonly id: string;
  readonly token: string;
  readonly kind: InteractionKind;
  readonly createdAt: number;
  readonly channel: Channel;
  readonly user: User;
  /** Who has brought the bot here. */
  readonly owners: IntegrationOwners;
  readonly data: unknown;
  readonly source: Message | undefined;
  readonly target: Message | undefined;
  readonly openedBy: Interaction | undefined;
  /** The message that `@original` stands for. */
  original: Message | undefined;
  readonly followUps: Message[] = [];
  choices: readonly APIApplicationCommandOptionChoice[] | undefined;
  modal: Modal | undefined;
  /** Whether the person has sent the modal off, which closes it. */
  modalSubmitted = false;
  acknowledgement: Acknowledgement | undefined;
  readonly #changes: ChangeFeed;

  constructor(init: InteractionInit, changes: ChangeFeed) {
    this.id = init.id;
    this.token = init.token;
    this.kind = init.kind;
    this.createdAt = init.createdAt;
    this.channel = init.channel;
    this.user = init.user;
    this.owners = init.owners;
    this.data = init.data;
    this.source = init.source;
    this.target = init.target;
    this.openedBy = init.openedBy;
    this.#changes = changes;
  }

  get acknowledgedAfterMs(): number | undefined {
    return this.acknowledgement?.afterMs;
  }

  /** Waits for the first response of any type. */
  acknowledged(options?: WaitOptions): Promise<Acknowledgement> {
    return this.#changes.waitFor(
      `the bot to acknowledge the ${this.kind}`,
      () => this.acknowledgement,
      options,
    );
  }

  /** Waits for the modal that answers the interaction. */
  openedModal(options?: WaitOptions): Promise<Modal> {
    return this.#changes.waitFor(`the modal that answers the ${this.kind}`, () => this.modal, options);
  }

  /** Waits for the message that answers the interaction; a deferred one counts when it is filled in. */
  response(options?: WaitOptions): Promise<Message> {
    const filledIn = (): Message | undefined =>
      this.original?.loading === false ? this.original : undefined;
    return this.#changes.waitFor(`the answer to the ${this.kind}`, filledIn, options);
  }

  /** Waits for the follow-up number `index`. */
  followUp(index = 0, options?: WaitOptions): Promise<Message> {
    const what = `follow-up ${index} to the ${this.kind}`;
    return this.#changes.waitFor(what, () => this.followUps[index], options);
  }
}
