/** One engine process, from fork to exit: messages in and out, checked. It is never restarted; a new one is made. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { setPriority } from 'node:os';
import { createInterface } from 'node:readline';

import { parseFromChild } from './protocol.js';
import type { EngineSettings, FromChild, ToChild } from './protocol.js';

export interface EngineChildOptions {
  /** Compiled entry file. */
  readonly entry: URL;
  readonly settings: EngineSettings;
  /** Nice value, -20..19: higher gives way to others. */
  readonly priority: number;
  readonly onMessage: (message: FromChild) => void;
  /** Called exactly once, however the process ended. `reason` is for the log. */
  readonly onExit: (reason: string) => void;
  /** Lines that the process or its native libraries wrote to stderr. */
  readonly onLog: (line: string) => void;
}

export class EngineChild {
  readonly #process: ChildProcess;
  readonly #options: EngineChildOptions;
  readonly #exited: Promise<void>;
  #hasExited = false;

  constructor(options: EngineChildOptions) {
    this.#options = options;
    this.#process = fork(options.entry, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // The parent may run under a debugger, a loader or a test runner, whose flags are not for this process.
      execArgv: [],
    });
    this.#exited = new Promise((resolve) => {
      const end = (reason: string): void => {
        if (this.#hasExited) return;
        this.#hasExited = true;
        resolve();
        options.onExit(reason);
      };
      this.#process.once('exit', (code, signal) => end(signal ?? `exit code ${code}`));
      this.#process.on('error', (error) => this.#fail(error, end));
    });
    this.#process.on('message', (message) => this.#receive(message));
    this.#forwardStderr();
    this.#lowerPriority();
    this.send({ type: 'start', settings: options.settings });
  }

  /** Undefined when the process could not be started. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** A message to a process that has just died is lost; its exit is reported anyway. */
  send(message: ToChild): void {
    if (this.#process.connected) this.#process.send(message, () => {});
  }

  /** Ends the process at once, even one that is stopped or in native code; resolves when it is gone. */
  kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    return this.#exited;
  }

  #receive(rawMessage: unknown): void {
    let message: FromChild;
    try {
      message = parseFromChild(rawMessage);
    } catch (error) {
      this.#options.onLog(`message not understood: ${String(error)}`);
      void this.kill();
      return;
    }
    this.#options.onMessage(message);
  }

  /** `error` also comes when a message could not be sent: only without a process is it the end. */
  #fail(error: Error, end: (reason: string) => void): void {
    this.#options.onLog(error.message);
    if (this.#process.pid === undefined) end(error.message);
  }

  #forwardStderr(): void {
    const { stderr } = this.#process;
    if (stderr) createInterface({ input: stderr }).on('line', this.#options.onLog);
  }

  /** At once, while the process has one thread: those it makes later inherit the priority. */
  #lowerPriority(): void {
    if (this.#process.pid === undefined) return;
    try {
      setPriority(this.#process.pid, this.#options.priority);
    } catch (error) {
      this.#options.onLog(`priority not set: ${String(error)}`);
    }
  }
}
