import { MessageFlags } from 'discord.js';
import type { APIEmbed } from 'discord.js';
import type { IntegrationOwners } from '../rules/installations.js';
import { flatten } from '../rules/component-form.js';
import type { TopLevelComponent } from '../rules/component-form.js';
import type { Attachment } from './attachment.js';
import type { Channel } from './channel.js';
import type { User } from './user.js';

/** Who was notified by a message. */
export interface Pings {
  readonly everyone: boolean;
  readonly userIds: readonly string[];
  readonly roleIds: readonly string[];
}

export const NO_PINGS: Pings = { everyone: false, userIds: [], roleIds: [] };

/** The parts of a message that an edit may change. */
export interface MessageBody {
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly TopLevelComponent[];
  readonly attachments: readonly Attachment[];
  readonly flags: number;
}

/** One state of a message and when it began. */
export interface MessageEdit extends MessageBody {
  /** Milliseconds since the epoch, by the local Discord's clock. */
  readonly at: number;
}

/** Where an interaction response came from. */
export interface MessageOrigin {
  readonly interactionId: string;
  readonly interactionType: number;
  readonly owners: IntegrationOwners;
  readonly user: User;
  /** The message that a command of its menu was used on. */
  readonly target?: Message;
  /** Where the modal was opened that the interaction has submitted. */
  readonly triggeredBy?: MessageOrigin;
}

export interface MessageInit extends MessageBody {
  readonly id: string;
  readonly channel: Channel;
  readonly author: User;
  readonly createdAt: number;
  readonly pings: Pings;
  readonly nonce?: string | number | undefined;
  readonly repliesTo?: Message | undefined;
  /** Present on responses and follow-ups to interactions, which are no regular messages. */
  readonly origin?: MessageOrigin | undefined;
}

/** A button as a person sees it. */
export interface VisibleButton {
  readonly label: string;
  readonly customId: string | undefined;
  readonly disabled: boolean;
}

/** A message, with all it has been. */
export class Message {
  readonly id: string;
  readonly channel: Channel;
  readonly author: User;
  readonly createdAt: number;
  readonly nonce: string | number | undefined;
  readonly repliesTo: Message | undefined;
  readonly origin: MessageOrigin | undefined;
  #pings: Pings;
  #body: MessageBody;
  #edits: MessageEdit[] = [];
  #deletedAt: number | undefined;

  constructor(init: MessageInit) {
    this.id = init.id;
    this.channel = init.channel;
    this.author = init.author;
    this.createdAt = init.createdAt;
    this.nonce = init.nonce;
    this.repliesTo = init.repliesTo;
    this.origin = init.origin;
    this.#pings = init.pings;
    this.#body = init;
  }

  get content(): string {
    return this.#body.content;
  }

  get embeds(): readonly APIEmbed[] {
    return this.#body.embeds;
  }

  get components(): readonly TopLevelComponent[] {
    return this.#body.components;
  }

  /** Every file of the message, those shown inside an embed included. */
  get attachments(): readonly Attachment[] {
    return this.#body.attachments;
  }

  /** Bits of `MessageFlags`. */
  get flags(): number {
    return this.#body.flags;
  }

  get pings(): Pings {
    return this.#pings;
  }

  /** Every edit, oldest first, with the state that it led to. */
  get edits(): readonly MessageEdit[] {
    return this.#edits;
  }

  get deleted(): boolean {
    return this.#deletedAt !== undefined;
  }

  /** Seen by one person only. */
  get ephemeral(): boolean {
    return (this.flags & MessageFlags.Ephemeral) !== 0;
  }

  /** A deferred response that still says "thinking…". */
  get loading(): boolean {
    return (this.flags & MessageFlags.Loading) !== 0;
  }

  get buttons(): VisibleButton[] {
    return findButtons(this.components);
  }

  /** Completes a deferred response: its first content, not an edit. */
  complete(body: MessageBody, pings: Pings): void {
    this.#body = body;
    this.#pings = pings;
  }

  /** Changes the message and remembers that it did. */
  edit(body: MessageBody, at: number): void {
    this.#body = body;
    this.#edits.push({ ...pickBody(body), at });
  }

  delete(at: number): void {
    this.#deletedAt ??= at;
  }
}

function pickBody(body: MessageBody): MessageBody {
  const { content, embeds, components, attachments, flags } = body;
  return { content, embeds, components, attachments, flags };
}

function findButtons(components: readonly TopLevelComponent[]): VisibleButton[] {
  return components.flatMap(flatten).flatMap((component) => {
    if (component.type !== 2) return [];
    const { label, custom_id: customId, disabled } = component;
    return [{ label: label ?? '', customId, disabled: disabled ?? false }];
  });
}
