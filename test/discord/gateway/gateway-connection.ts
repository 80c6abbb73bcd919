import { GatewayCloseCodes, GatewayOpcodes } from 'discord.js';
import type { RawData, WebSocket } from 'ws';
import type { z } from 'zod';
import { frameForm, identifyForm, presenceForm, resumeForm } from './gateway-forms.js';
import type { GatewaySession } from './gateway-session.js';

/** A client may send this many messages in a minute. */
const MESSAGES_PER_MINUTE = 120;

export type Identify = z.infer<typeof identifyForm>;
export type Resume = z.infer<typeof resumeForm>;

/** What a connection asks of the gateway. */
export interface ConnectionHost {
  readonly now: () => number;
  readonly acknowledgesHeartbeats: () => boolean;
  /** @returns the new session, or the close code of a refusal */
  readonly identify: (identify: Identify, socket: WebSocket) => GatewaySession | GatewayCloseCodes;
  /** @returns the session that goes on, a close code, or undefined if it cannot be resumed */
  readonly resume: (resume: Resume, socket: WebSocket) => GatewaySession | GatewayCloseCodes | undefined;
  readonly presenceChanged: () => void;
  /** Called for every close that a client is to blame for. */
  readonly misbehaved: (code: GatewayCloseCodes, reason: string) => void;
}

/** One WebSocket connection of a client, from hello to close. */
export class GatewayConnection {
  readonly #socket: WebSocket;
  readonly #host: ConnectionHost;
  readonly #acts: Readonly<Record<number, (data: unknown) => void>> = {
    [GatewayOpcodes.Heartbeat]: () => this.#acknowledgeHeartbeat(),
    [GatewayOpcodes.Identify]: (data) => this.#identify(data),
    [GatewayOpcodes.Resume]: (data) => this.#resume(data),
    [GatewayOpcodes.PresenceUpdate]: (data) => this.#updatePresence(data),
  };
  #session: GatewaySession | undefined;
  #messageTimes: number[] = [];

  constructor(socket: WebSocket, heartbeatIntervalMs: number, host: ConnectionHost) {
    this.#socket = socket;
    this.#host = host;
    socket.on('message', (data) => this.#receive(data));
    socket.on('close', () => this.#session?.detach(socket));
    this.#send(GatewayOpcodes.Hello, { heartbeat_interval: heartbeatIntervalMs });
  }

  #receive(data: RawData): void {
    if (this.#exceedsRate()) return this.#close(GatewayCloseCodes.RateLimited, 'You are being rate limited.');
    const frame = frameForm.safeParse(parseJson(data)).data;
    if (frame === undefined) {
      return this.#close(GatewayCloseCodes.DecodeError, 'Error while decoding payload.');
    }
    const act = this.#acts[frame.op];
    if (act === undefined) {
      const reason = `The local Discord does not know opcode ${frame.op}.`;
      return this.#close(GatewayCloseCodes.UnknownOpcode, reason);
    }
    act(frame.d);
  }

  #acknowledgeHeartbeat(): void {
    if (this.#host.acknowledgesHeartbeats()) this.#send(GatewayOpcodes.HeartbeatAck, null);
  }

  #identify(data: unknown): void {
    if (this.#session !== undefined) {
      return this.#close(GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated.');
    }
    const identify = identifyForm.safeParse(data).data;
    if (identify === undefined) return this.#close(GatewayCloseCodes.DecodeError, 'Malformed identify.');
    this.#adopt(this.#host.identify(identify, this.#socket));
  }

  #resume(data: unknown): void {
    const resume = resumeForm.safeParse(data).data;
    if (resume === undefined) return this.#close(GatewayCloseCodes.DecodeError, 'Malformed resume.');
    const outcome = this.#host.resume(resume, this.#socket);
    if (outcome === undefined) this.#send(GatewayOpcodes.InvalidSession, false);
    else this.#adopt(outcome);
  }

  #adopt(outcome: GatewaySession | GatewayCloseCodes): void {
    if (typeof outcome === 'number') this.#socket.close(outcome);
    else this.#session = outcome;
  }

  #updatePresence(data: unknown): void {
    if (this.#session === undefined) {
      return this.#close(GatewayCloseCodes.NotAuthenticated, 'Not authenticated.');
    }
    const presence = presenceForm.safeParse(data).data;
    if (presence === undefined) return this.#close(GatewayCloseCodes.DecodeError, 'Malformed presence.');
    this.#session.presence = presence;
    this.#host.presenceChanged();
  }

  #exceedsRate(): boolean {
    const now = this.#host.now();
    this.#messageTimes = [...this.#messageTimes.filter((time) => time > now - 60_000), now];
    return this.#messageTimes.length > MESSAGES_PER_MINUTE;
  }

  #close(code: GatewayCloseCodes, reason: string): void {
    this.#host.misbehaved(code, reason);
    this.#socket.close(code, reason);
  }

  #send(op: GatewayOpcodes, d: unknown): void {
    this.#socket.send(JSON.stringify({ op, d, s: null, t: null }));
  }
}

function parseJson(data: RawData): unknown {
  try {
    return JSON.parse((data as Buffer).toString('utf8'));
  } catch {
    return undefined;
  }
}
