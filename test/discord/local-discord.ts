import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AdjustableClock } from './clock.js';
import { GatewayServer } from './gateway/gateway-server.js';
import type { PrivilegedIntent } from './gateway/intents.js';
import { createGuild, LocalGuild } from './people/local-guild.js';
import type { GuildOptions } from './people/local-guild.js';
import { LocalUser } from './people/local-user.js';
import { isCdnRequest, serveFile } from './rest/cdn.js';
import { FaultPlan } from './rest/faults.js';
import type { FaultTarget } from './rest/faults.js';
import { RestServer } from './rest/rest-server.js';
import type { LoggedRequest } from './rest/rest-server.js';
import { allRoutes } from './rest/routes/all-routes.js';
import { overdueInteractions } from './rules/overdue-interactions.js';
import type { PermissionName } from './rules/permissions.js';
import type { WaitOptions } from './state/change-feed.js';
import type { RegisteredCommand } from './state/command-registry.js';
import type { Interaction } from './state/interaction.js';
import type { Violation } from './state/violations.js';
import { World } from './state/world.js';

/** How a local Discord begins. */
export interface LocalDiscordOptions {
  /** @defaultValue a new clock that runs in real time until it is advanced */
  readonly clock?: AdjustableClock;
  /** @defaultValue "riffcord" */
  readonly botName?: string;
  /** Privileged intents that the application has been granted. @defaultValue none */
  readonly privilegedIntents?: readonly PrivilegedIntent[];
  /** How often a client must send a heartbeat. @defaultValue 41250 ms, as Discord */
  readonly heartbeatIntervalMs?: number;
}

/** What a request is answered with instead of the truth. */
export interface Failure extends FaultTarget {
  /** HTTP status. @defaultValue 500 */
  readonly status?: number;
  /** Discord's own error code. @defaultValue 0 */
  readonly code?: number;
  readonly message?: string;
}

interface Parts {
  readonly world: World;
  readonly clock: AdjustableClock;
  readonly token: string;
  readonly server: Server;
  readonly rest: RestServer;
  readonly gateway: GatewayServer;
  readonly faults: FaultPlan;
}

/**
 * A Discord on loopback: REST, gateway and file downloads on one port, by Discord's own rules. A bot that breaks one
 * gets the error that Discord would send, and the breach is listed in `violations`.
 */
export class LocalDiscord {
  /** Advance it to age interactions, tokens and addresses. */
  readonly clock: AdjustableClock;
  /** Sessions of the bot, and the faults of a connection. */
  readonly gateway: GatewayServer;
  /** The token with which the bot logs in. */
  readonly token: string;
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
    this.clock = parts.clock;
    this.gateway = parts.gateway;
    this.token = parts.token;
  }

  /** Starts on a free port of 127.0.0.1. */
  static async start(options: LocalDiscordOptions = {}): Promise<LocalDiscord> {
    const clock = options.clock ?? new AdjustableClock();
    const server = createServer();
    const host = await listen(server);
    const { botName = 'riffcord', privilegedIntents = [] } = options;
    const mayReadContent = privilegedIntents.includes('MessageContent');
    const world = new World({ clock, origin: `http://${host}`, botName, mayReadContent });
    const token = makeToken(world.applicationId);
    const faults = new FaultPlan();
    const gateway = new GatewayServer({
      world,
      token,
      url: `ws://${host}`,
      privilegedIntents,
      heartbeatIntervalMs: options.heartbeatIntervalMs ?? 41_250,
    });
    const routes = allRoutes(`ws://${host}`, () => gateway.sessionStartLimit);
    const rest = new RestServer({ world, token, routes, faults });
    gateway.attach(server);
    server.on('request', (request, response) => {
      if (isCdnRequest(request)) serveFile(world, request, response);
      else void rest.handle(request, response);
    });
    return new LocalDiscord({ world, clock, token, server, rest, gateway, faults });
  }

  /** Base address of the REST API, for `new Client({ rest: { api } })`. */
  get apiUrl(): string {
    return `${this.#parts.world.origin}/api`;
  }

  /** Where files are, as scheme, host and port. */
  get cdnUrl(): string {
    return this.#parts.world.origin;
  }

  get applicationId(): string {
    return this.#parts.world.applicationId;
  }

  /** Every request so far, oldest first. */
  get requests(): readonly LoggedRequest[] {
    return this.#parts.rest.requests;
  }

  /** Every rule that the bot has broken. A test of a good bot ends with this list empty. */
  get violations(): readonly Violation[] {
    const { world } = this.#parts;
    return [...world.violations, ...overdueInteractions(world)];
  }

  /** Everything that people have done with the bot, oldest first. */
  get interactions(): readonly Interaction[] {
    return [...this.#parts.world.interactions.values()];
  }

  /** The commands of a guild, or those that are everywhere. */
  registeredCommands(guild?: LocalGuild): RegisteredCommand[] {
    return this.#parts.world.commands.list(guild?.id);
  }

  /** Makes a guild with the bot and everybody else in it. */
  createGuild(options: GuildOptions = {}): LocalGuild {
    return createGuild(this.#parts.world, options);
  }

  /** Makes a person, who joins every guild; `permissions` are theirs beside those of everybody. */
  createUser(options: {
    readonly name: string;
    readonly permissions?: readonly PermissionName[];
    readonly locale?: string;
  }): LocalUser {
    const { world } = this.#parts;
    const { name, locale = 'en-US' } = options;
    const user = { id: world.snowflakes.next(), name, bot: false, locale };
    world.users.set(user.id, user);
    for (const guild of world.guilds.values()) new LocalGuild(world, guild).join(user, options.permissions);
    return new LocalUser(world, user);
  }

  /** Waits until the bot is connected. */
  async botOnline(wait?: WaitOptions): Promise<void> {
    await this.waitUntil('the bot to come online', () => this.gateway.online, wait);
  }

  /** Waits until something is true; it is looked at whenever anything has changed. */
  async waitUntil(what: string, isTrue: () => boolean, wait?: WaitOptions): Promise<void> {
    await this.#parts.world.changes.waitFor(what, () => isTrue() || undefined, wait);
  }

  /** Lets the next requests fail. */
  failNext(failure: Failure = {}): void {
    const { status = 500, code = 0, message = `${status}: Fault on demand`, ...target } = failure;
    this.#parts.faults.add(target, { kind: 'fail', status, code, message });
  }

  /** Answers the next requests with 429 and this wait. */
  rateLimitNext(target: FaultTarget & { readonly retryAfterMs: number }): void {
    this.#parts.faults.add(target, { kind: 'rate-limit', retryAfterMs: target.retryAfterMs });
  }

  /** Holds the next requests up for `ms` of real time. */
  delayNext(target: FaultTarget & { readonly ms: number }): void {
    this.#parts.faults.add(target, { kind: 'delay', ms: target.ms });
  }

  /** Breaks the connection of the next requests, before they have had an effect or after. */
  disconnectNext(target: FaultTarget & { readonly when: 'before' | 'after' }): void {
    this.#parts.faults.add(target, { kind: 'disconnect', when: target.when });
  }

  /** Ends every connection. */
  async stop(): Promise<void> {
    const { gateway, server } = this.#parts;
    gateway.close();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

function makeToken(applicationId: string): string {
  return `${Buffer.from(applicationId).toString('base64url')}.Local1.${'x'.repeat(38)}`;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return `127.0.0.1:${port}`;
}
