/**
 * The engine in a child process. ONNX Runtime blocks its thread and cannot be interrupted, so the child is asked to
 * stop between steps; one that crashes or stops answering is killed, and the next call starts a fresh one.
 */
import { setTimeout } from 'node:timers/promises';

import { throwIfCancelled } from '../cancellation.js';
import { CancelledError, EngineError } from '../errors.js';
import { fromFailure } from '../failure.js';
import type { GenerationRequest } from '../generation-request.js';
import type { GenerateOptions, GeneratedClip, ModelDescription, MusicEngine } from '../music-engine.js';
import type { ExecutionPlan } from '../runtime/execution-plan.js';
import { engineClosed, Turnstile } from '../turnstile.js';
import { EngineChild } from './engine-child.js';
import type { EngineSettings, FromChild, RequestId, ToChild } from './protocol.js';
import { ProviderTrial } from './provider-trial.js';
import { RestartDelay } from './restart-delay.js';
import { Watchdog } from './watchdog.js';

export interface EngineProcessOptions {
  /** Settings of the engine in the child. */
  readonly settings: EngineSettings;
  /** Compiled entry file of the child. @defaultValue main.js beside this file */
  readonly entry?: URL;
  /** Nice value of the child, -20..19: above 0, sound and messages come first. @defaultValue 10 */
  readonly priority?: number;
  /**
   * Milliseconds without a word from a busy child, after which it is killed. Loading a model counts.
   * @defaultValue 120000
   */
  readonly hangTimeoutMs?: number;
  /** Milliseconds before a child that died is replaced; doubles with each death in a row. @defaultValue 250 */
  readonly restartDelayMs?: number;
  /** Hears what networks run on, before they are loaded and whenever that changes. @defaultValue nobody */
  readonly onExecutionPlan?: (plan: ExecutionPlan) => void;
  /** Hears what the child has to say to a log, its native libraries included. @defaultValue nobody */
  readonly onLog?: (line: string) => void;
}

const DEFAULTS = Object.freeze({
  entry: new URL('./main.js', import.meta.url),
  priority: 10,
  hangTimeoutMs: 120_000,
  restartDelayMs: 250,
  onExecutionPlan: () => {},
  onLog: () => {},
}) satisfies Required<Omit<EngineProcessOptions, 'settings'>>;

/** A request that the child has not answered yet. */
interface PendingRequest {
  readonly receive: (message: FromChild) => void;
  readonly fail: (error: unknown) => void;
  readonly signal: AbortSignal | undefined;
}

/** One kind of request: how it is put, and how the answer is read. */
interface Question<Answer> {
  readonly put: (id: RequestId) => ToChild;
  /** The answer, once a message holds it. */
  readonly read: (message: FromChild) => Answer | undefined;
  readonly signal?: AbortSignal | undefined;
}

export class EngineProcess implements MusicEngine {
  readonly #options: Required<EngineProcessOptions>;
  readonly #turnstile = new Turnstile();
  readonly #restartDelay: RestartDelay;
  readonly #watchdog: Watchdog;
  readonly #trial = new ProviderTrial();
  readonly #pending = new Map<RequestId, PendingRequest>();
  #child: EngineChild | undefined;
  #isHung = false;
  #lastId: RequestId = 0;

  constructor(options: EngineProcessOptions) {
    this.#options = { ...DEFAULTS, ...options };
    this.#restartDelay = new RestartDelay(this.#options.restartDelayMs);
    this.#watchdog = new Watchdog(this.#options.hangTimeoutMs, () => this.#killHung());
  }

  /** Of the child; undefined while there is none. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  generate(request: GenerationRequest, options: GenerateOptions = {}): Promise<GeneratedClip> {
    const { signal, onProgress, previewIntervalMs } = options;
    const question: Question<GeneratedClip> = {
      put: (id) => ({ type: 'generate', id, request, previewIntervalMs }),
      read: (message) => {
        if (message.type === 'progress') onProgress?.(message.progress);
        return message.type === 'generated' ? message.clip : undefined;
      },
      signal,
    };
    return this.#turnstile.pass(() => this.#askOnAnyProvider(question), signal);
  }

  async models(): Promise<readonly ModelDescription[]> {
    this.#turnstile.throwIfClosed();
    return this.#ask({
      put: (id) => ({ type: 'models', id }),
      read: (message) => (message.type === 'models' ? message.models : undefined),
    });
  }

  async dispose(): Promise<void> {
    const closed = this.#turnstile.close();
    await this.#child?.kill();
    await closed;
  }

  /** Asks again when the process died of an execution provider, since it is not used again. */
  async #askOnAnyProvider<Answer>(question: Question<Answer>): Promise<Answer> {
    const { length } = this.#trial.crashed;
    try {
      return await this.#ask(question);
    } catch (error) {
      const hasCrashed = error instanceof EngineError && error.isTransient;
      if (!hasCrashed || this.#trial.crashed.length === length) throw error;
      return this.#askOnAnyProvider(question);
    }
  }

  async #ask<Answer>(question: Question<Answer>): Promise<Answer> {
    const child = await this.#startedChild(question.signal);
    const id = ++this.#lastId;
    const cancel = (): void => child.send({ type: 'cancel', id });
    question.signal?.addEventListener('abort', cancel);
    try {
      return await new Promise<Answer>((resolve, reject) => {
        this.#pending.set(id, {
          receive: (message) => {
            if (message.type === 'failed') reject(fromFailure(message.failure));
            const answer = question.read(message);
            if (answer !== undefined) resolve(answer);
          },
          fail: reject,
          signal: question.signal,
        });
        child.send(question.put(id));
        this.#watchdog.feed();
      });
    } finally {
      question.signal?.removeEventListener('abort', cancel);
      this.#pending.delete(id);
      if (this.#pending.size === 0) this.#watchdog.stop();
    }
  }

  /** @throws EngineError `engine_closed`, or CancelledError, when either comes while it waits to start again */
  async #startedChild(signal: AbortSignal | undefined): Promise<EngineChild> {
    const delayMs = this.#restartDelay.remainingMs;
    if (!this.#child && delayMs > 0) {
      const { closed } = this.#turnstile;
      const wakeUp = signal ? AbortSignal.any([signal, closed]) : closed;
      // What ended the sleep is told below.
      await setTimeout(delayMs, undefined, { signal: wakeUp }).catch(() => {});
    }
    this.#turnstile.throwIfClosed();
    throwIfCancelled(signal);
    this.#child ??= this.#fork();
    return this.#child;
  }

  #fork(): EngineChild {
    this.#isHung = false;
    const { entry, settings, priority, onLog } = this.#options;
    return new EngineChild({
      entry,
      settings: { ...settings, crashedProviders: this.#trial.crashed },
      priority,
      onLog,
      onMessage: (message) => this.#receive(message),
      onExit: (reason) => this.#afterExit(reason),
    });
  }

  #receive(message: FromChild): void {
    if (message.type === 'log') {
      this.#options.onLog(message.line);
      return;
    }
    if (message.type === 'execution') {
      this.#trial.began(message.plan.executionProvider);
      this.#options.onExecutionPlan(message.plan);
      return;
    }
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    this.#watchdog.feed();
    if (message.type === 'generated' || message.type === 'models') this.#restartDelay.succeeded();
    if (message.type === 'generated') this.#trial.passed();
    try {
      pending.receive(message);
    } catch (error) {
      // The caller's own listener threw: its request fails, as it would without a process between.
      pending.fail(error);
    }
  }

  #killHung(): void {
    this.#isHung = true;
    void this.#child?.kill();
  }

  #afterExit(reason: string): void {
    this.#child = undefined;
    this.#watchdog.stop();
    this.#restartDelay.failed();
    if (!this.#turnstile.closed.aborted) this.#noteCrash(reason);
    for (const pending of this.#pending.values()) pending.fail(this.#errorAfterExit(pending, reason));
  }

  #noteCrash(reason: string): void {
    this.#options.onLog(`the engine process ended: ${reason}`);
    const provider = this.#trial.ended();
    if (!provider) return;
    this.#options.onLog(
      `${provider} is passed over from now on: the process died before it had made anything on it`,
    );
  }

  #errorAfterExit({ signal }: PendingRequest, reason: string): EngineError | CancelledError {
    if (this.#turnstile.closed.aborted) return engineClosed();
    if (signal?.aborted) return new CancelledError('Cancelled.', { cause: signal.reason });
    if (this.#isHung) {
      const message = 'The engine stopped answering and was restarted. Please try again.';
      return new EngineError('engine_hung', message, { cause: reason });
    }
    const message = 'The engine process died in the middle of this request. Please try again.';
    return new EngineError('engine_crashed', message, { cause: reason });
  }
}
