import { GatewayOpcodes } from 'discord.js';
import type { WebSocket } from 'ws';
import type { GatewayEvent } from '../state/gateway-event.js';
import type { Presence } from './gateway-forms.js';

interface Dispatch {
  readonly op: GatewayOpcodes.Dispatch;
  readonly t: string;
  readonly s: number;
  readonly d: unknown;
}

/** A session of the bot: it outlives its connection, so that it can be resumed without losing an event. */
export class GatewaySession {
  readonly id: string;
  readonly intents: number;
  /** Whether a client may still come back to it. */
  resumable = true;
  presence: Presence | undefined;
  readonly #history: Dispatch[] = [];
  #socket: WebSocket | undefined;

  constructor(id: string, intents: number, socket: WebSocket) {
    this.id = id;
    this.intents = intents;
    this.#socket = socket;
  }

  /** The connection that the session has now. */
  get socket(): WebSocket | undefined {
    return this.#socket;
  }

  /** How many events have been sent. */
  get sequence(): number {
    return this.#history.length;
  }

  /** Sends an event if the session's intents include it; without a connection, it is kept for a resume. */
  deliver(event: GatewayEvent): void {
    if (event.intents !== 0 && (event.intents & this.intents) === 0) return;
    this.dispatch(event.name, event.payload(this.intents));
  }

  dispatch(name: string, payload: unknown): void {
    const dispatch: Dispatch = {
      op: GatewayOpcodes.Dispatch,
      t: name,
      s: this.#history.length + 1,
      d: payload,
    };
    this.#history.push(dispatch);
    this.#socket?.send(JSON.stringify(dispatch));
  }

  /** Forgets a connection that has closed, unless another has taken its place. */
  detach(socket: WebSocket): void {
    if (this.#socket === socket) this.#socket = undefined;
  }

  /** Goes on with a new connection: sends again what came after `sequence`. */
  resume(socket: WebSocket, sequence: number): void {
    this.#socket = socket;
    for (const dispatch of this.#history.slice(sequence)) socket.send(JSON.stringify(dispatch));
    this.dispatch('RESUMED', {});
  }
}
