/** Answers the supervisor's messages with an engine: what runs inside the engine process. */
import { CancelledError } from '../errors.js';
import { toFailure } from '../failure.js';
import type { GenerateOptions, MusicEngine } from '../music-engine.js';
import { parseToChild } from './protocol.js';
import type { EngineSettings, FromChild, RequestId, ToChild } from './protocol.js';

export interface EngineServerOptions {
  readonly send: (message: FromChild) => void;
  /** Called once, for the `start` message. */
  readonly createEngine: (settings: EngineSettings) => MusicEngine;
}

type GenerateMessage = Extract<ToChild, { type: 'generate' }>;

export class EngineServer {
  readonly #send: (message: FromChild) => void;
  readonly #createEngine: (settings: EngineSettings) => MusicEngine;
  readonly #cancellers = new Map<RequestId, AbortController>();
  #engine: MusicEngine | undefined;

  constructor(options: EngineServerOptions) {
    this.#send = options.send;
    this.#createEngine = options.createEngine;
  }

  /** @throws Error when the message is none of the protocol's, or comes before `start` */
  receive(rawMessage: unknown): void {
    const message = parseToChild(rawMessage);
    switch (message.type) {
      case 'start':
        this.#engine = this.#createEngine(message.settings);
        return;
      case 'generate':
        void this.#generate(this.#started(), message);
        return;
      case 'models':
        void this.#models(this.#started(), message.id);
        return;
      case 'cancel':
        this.#cancellers.get(message.id)?.abort(new CancelledError());
        return;
    }
  }

  async #generate(engine: MusicEngine, message: GenerateMessage): Promise<void> {
    const { id, request, previewIntervalMs } = message;
    const canceller = new AbortController();
    this.#cancellers.set(id, canceller);
    const options: GenerateOptions = {
      signal: canceller.signal,
      onProgress: (progress) => this.#send({ type: 'progress', id, progress }),
      ...(previewIntervalMs !== undefined && { previewIntervalMs }),
    };
    try {
      this.#send({ type: 'generated', id, clip: await engine.generate(request, options) });
    } catch (error) {
      this.#send({ type: 'failed', id, failure: toFailure(error) });
    } finally {
      this.#cancellers.delete(id);
    }
  }

  async #models(engine: MusicEngine, id: RequestId): Promise<void> {
    try {
      this.#send({ type: 'models', id, models: await engine.models() });
    } catch (error) {
      this.#send({ type: 'failed', id, failure: toFailure(error) });
    }
  }

  #started(): MusicEngine {
    if (!this.#engine) throw new Error('The first message must be `start`.');
    return this.#engine;
  }
}
