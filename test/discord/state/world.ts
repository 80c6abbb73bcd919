import type { Clock } from '../clock.js';
import type { Attachment } from './attachment.js';
import { ChangeFeed } from './change-feed.js';
import type { Channel } from './channel.js';
import { CommandRegistry } from './command-registry.js';
import type { GatewayEvent } from './gateway-event.js';
import type { Guild } from './guild.js';
import type { Interaction } from './interaction.js';
import type { Message } from './message.js';
import { SnowflakeGenerator } from './snowflakes.js';
import type { User } from './user.js';
import type { Violation } from './violations.js';

/** What a world begins with. */
export interface WorldInit {
  readonly clock: Clock;
  /** Address of the HTTP server, such as `http://127.0.0.1:4000`. */
  readonly origin: string;
  readonly botName: string;
  /** The bot has been granted MESSAGE_CONTENT. */
  readonly mayReadContent: boolean;
}

/** Everything that is on the local Discord. */
export class World {
  readonly clock: Clock;
  readonly origin: string;
  readonly mayReadContent: boolean;
  readonly snowflakes: SnowflakeGenerator;
  readonly bot: User;
  readonly commands: CommandRegistry;
  readonly changes = new ChangeFeed();
  readonly users = new Map<string, User>();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>();
  readonly messages = new Map<string, Message>();
  readonly attachments = new Map<string, Attachment>();
  /** By token. */
  readonly interactions = new Map<string, Interaction>();
  /** People who have installed the application for themselves. */
  readonly userInstalls = new Set<string>();
  readonly violations: Violation[] = [];
  readonly #subscribers = new Set<(event: GatewayEvent) => void>();

  constructor(init: WorldInit) {
    this.clock = init.clock;
    this.origin = init.origin;
    this.mayReadContent = init.mayReadContent;
    this.snowflakes = new SnowflakeGenerator(init.clock);
    this.bot = { id: this.snowflakes.next(), name: init.botName, bot: true };
    this.users.set(this.bot.id, this.bot);
    this.commands = new CommandRegistry(this.clock, this.snowflakes, this.applicationId);
  }

  /** An application and its bot share one id. */
  get applicationId(): string {
    return this.bot.id;
  }

  /** Those that the bot is a member of: the only ones that the gateway tells it about. */
  guildsOfBot(): Guild[] {
    return [...this.guilds.values()].filter(({ members }) => members.has(this.bot.id));
  }

  /** Sends an event to every gateway session that may receive it. */
  publish(event: GatewayEvent): void {
    for (const subscriber of this.#subscribers) subscriber(event);
    this.changes.notify();
  }

  subscribe(subscriber: (event: GatewayEvent) => void): void {
    this.#subscribers.add(subscriber);
  }

  /** The messages of a channel that have not been deleted, oldest first. */
  messagesIn(channelId: string): Message[] {
    return [...this.messages.values()].filter(
      (message) => message.channel.id === channelId && !message.deleted,
    );
  }

  /** Remembers a rule that the bot has broken. */
  recordViolation(violation: Omit<Violation, 'at'>): void {
    this.violations.push({ at: this.clock.now(), ...violation });
    this.changes.notify();
  }
}
