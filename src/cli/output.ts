import type { Writable } from 'node:stream';

import { describeFailure } from './failure.js';
import type { ExitCode } from './exit-codes.js';

export interface OutputOptions {
  /** Results. */
  readonly stdout: Writable;
  /** Everything else. */
  readonly stderr: Writable;
  /** One JSON object on stdout instead of text, errors included. */
  readonly json: boolean;
}

/** What the program says: text for people, or exactly one JSON object for programs. */
export class Output {
  readonly #options: OutputOptions;

  constructor(options: OutputOptions) {
    this.#options = options;
  }

  /**
   * The result of a command, told once.
   * @param result - What `--json` prints.
   * @param lines - What people read.
   */
  result(result: object, lines: readonly string[]): void {
    const text = this.#options.json ? JSON.stringify(result) : lines.map(printable).join('\n');
    this.#options.stdout.write(`${text}\n`);
  }

  /** Something worth knowing that is not the result. */
  notice(sentence: string): void {
    this.#options.stderr.write(`${printable(sentence)}\n`);
  }

  /** Tells an error as a sentence, never a stack, and returns how the program must end. */
  failure(error: unknown): ExitCode {
    const failure = describeFailure(error);
    if (failure === undefined) return 0;
    const { code, message, exitCode } = failure;
    if (this.#options.json) this.#options.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
    else this.#options.stderr.write(`${printable(message)}\n`);
    return exitCode;
  }
}

/** Names and values in two columns. */
export function table(rows: readonly (readonly [name: string, value: string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}

/** One line without control characters: texts come from files of strangers, and terminals obey what they are sent. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
}
