import type { WaitOptions } from '../state/change-feed.js';
import type { Channel } from '../state/channel.js';
import type { Message } from '../state/message.js';
import type { World } from '../state/world.js';

/** A channel, as a test looks at it. */
export class LocalChannel {
  readonly channel: Channel;
  readonly #world: World;

  constructor(world: World, channel: Channel) {
    this.#world = world;
    this.channel = channel;
  }

  get id(): string {
    return this.channel.id;
  }

  /** What is in the channel now, oldest first; ephemeral messages included. */
  get messages(): Message[] {
    return this.#world.messagesIn(this.id);
  }

  /** Waits for a message, old or new, that fits. */
  waitForMessage(fits: (message: Message) => boolean = () => true, options?: WaitOptions): Promise<Message> {
    const find = (): Message | undefined => this.messages.find((message) => fits(message));
    return this.#world.changes.waitFor('a message', find, options);
  }
}
