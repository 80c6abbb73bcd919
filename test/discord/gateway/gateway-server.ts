import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { GatewayCloseCodes, GatewayIntentBits, GatewayOpcodes } from 'discord.js';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { guildCreatePayload } from '../payloads/guild-payloads.js';
import type { SessionStartLimit } from '../rest/routes/gateway-routes.js';
import { userPayload } from '../state/user.js';
import type { World } from '../state/world.js';
import { GatewayConnection } from './gateway-connection.js';
import type { Identify, Resume } from './gateway-connection.js';
import { presenceForm } from './gateway-forms.js';
import type { Presence } from './gateway-forms.js';
import { GatewaySession } from './gateway-session.js';
import { intentsRefusal } from './intents.js';
import type { PrivilegedIntent } from './intents.js';

const SESSIONS_PER_DAY = 1000;
const DAY_MS = 24 * 60 * 60_000;

/** What the gateway works with. */
export interface GatewayServerOptions {
  readonly world: World;
  readonly token: string;
  /** Where clients come back to, such as `ws://127.0.0.1:4000`. */
  readonly url: string;
  /** Privileged intents that the application has been granted. */
  readonly privilegedIntents: readonly PrivilegedIntent[];
  readonly heartbeatIntervalMs: number;
}

/** The gateway: sessions, events, and what can go wrong with a connection. */
export class GatewayServer {
  readonly #options: GatewayServerOptions;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #sessions: GatewaySession[] = [];
  #resumes = 0;
  #acknowledgesHeartbeats = true;

  constructor(options: GatewayServerOptions) {
    this.#options = options;
    options.world.subscribe((event) => {
      for (const session of this.#sessions.filter(({ resumable }) => resumable)) session.deliver(event);
    });
  }

  /** Whether the bot has a session with a living connection. */
  get online(): boolean {
    return this.#live().length > 0;
  }

  /** How often the bot has started a session of its own. */
  get identifies(): number {
    return this.#sessions.length;
  }

  /** How often the bot has come back to a session. */
  get resumes(): number {
    return this.#resumes;
  }

  /** What the bot shows of itself now. */
  get presence(): Presence | undefined {
    return this.#live().at(-1)?.presence;
  }

  get sessionStartLimit(): SessionStartLimit {
    const remaining = Math.max(0, SESSIONS_PER_DAY - this.identifies);
    return { total: SESSIONS_PER_DAY, remaining, reset_after: DAY_MS, max_concurrency: 1 };
  }

  /** Takes the WebSocket connections of an HTTP server. */
  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => {
      this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#accept(webSocket));
    });
  }

  /** Breaks every connection, with a close code or as a cable does. */
  dropConnections(code?: number): void {
    for (const { socket } of this.#live()) {
      if (code === undefined) socket?.terminate();
      else socket?.close(code);
    }
  }

  /** Asks clients to connect again and resume (opcode 7). */
  requestReconnect(): void {
    this.#sendToAll(GatewayOpcodes.Reconnect, null);
  }

  /** Tells clients that their session is invalid (opcode 9); unless it is resumable it is gone. */
  invalidateSessions(options: { resumable: boolean }): void {
    this.#sendToAll(GatewayOpcodes.InvalidSession, options.resumable);
    if (!options.resumable) this.forgetSessions();
  }

  /** Makes it impossible to resume what there is; a client that tries must identify anew. */
  forgetSessions(): void {
    for (const session of this.#sessions) session.resumable = false;
  }

  /** Stops answering heartbeats, or starts again: a connection that only looks alive. */
  acknowledgeHeartbeats(on: boolean): void {
    this.#acknowledgesHeartbeats = on;
  }

  close(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
  }

  #accept(socket: WebSocket): void {
    const { world, heartbeatIntervalMs } = this.#options;
    socket.on('close', () => world.changes.notify());
    new GatewayConnection(socket, heartbeatIntervalMs, {
      now: () => world.clock.now(),
      acknowledgesHeartbeats: () => this.#acknowledgesHeartbeats,
      identify: (identify, from) => this.#identify(identify, from),
      resume: (resume, from) => this.#resume(resume, from),
      presenceChanged: () => world.changes.notify(),
      misbehaved: (code, message) => world.recordViolation({ code, message, request: 'gateway' }),
    });
  }

  #identify(identify: Identify, socket: WebSocket): GatewaySession | GatewayCloseCodes {
    const { world, token, privilegedIntents } = this.#options;
    if (identify.token !== token) return GatewayCloseCodes.AuthenticationFailed;
    const refusal = intentsRefusal(identify.intents, privilegedIntents);
    if (refusal === GatewayCloseCodes.InvalidIntents) {
      world.recordViolation({ code: refusal, message: 'Invalid intents.', request: 'gateway' });
    }
    if (refusal !== undefined) return refusal;
    const session = new GatewaySession(randomBytes(16).toString('hex'), identify.intents as number, socket);
    session.presence = presenceForm.safeParse(identify.presence).data;
    this.#sessions.push(session);
    this.#greet(session);
    return session;
  }

  #greet(session: GatewaySession): void {
    const { world, url } = this.#options;
    session.dispatch('READY', {
      v: 10,
      user: { ...userPayload(world.bot), verified: true, mfa_enabled: false, email: null, flags: 0 },
      guilds: world.guildsOfBot().map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: url,
      shard: [0, 1],
      application: { id: world.applicationId, flags: 0 },
    });
    if ((session.intents & GatewayIntentBits.Guilds) !== 0) {
      for (const guild of world.guildsOfBot()) {
        session.dispatch('GUILD_CREATE', guildCreatePayload(world, guild));
      }
    }
    world.changes.notify();
  }

  #resume(resume: Resume, socket: WebSocket): GatewaySession | GatewayCloseCodes | undefined {
    if (resume.token !== this.#options.token) return GatewayCloseCodes.AuthenticationFailed;
    const session = this.#sessions.find(({ id }) => id === resume.session_id);
    if (session?.resumable !== true) return undefined;
    const sequence = resume.seq ?? 0;
    if (sequence > session.sequence) return GatewayCloseCodes.InvalidSeq;
    this.#resumes += 1;
    session.resume(socket, sequence);
    this.#options.world.changes.notify();
    return session;
  }

  #live(): GatewaySession[] {
    return this.#sessions.filter(({ socket }) => socket !== undefined);
  }

  #sendToAll(op: GatewayOpcodes, d: unknown): void {
    for (const { socket } of this.#live()) socket?.send(JSON.stringify({ op, d, s: null, t: null }));
  }
}
