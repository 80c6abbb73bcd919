/** What the program tells its operator: one JSON object a line on standard output. */
import { pino } from 'pino';

/** Facts beside a message: ids, counts, milliseconds; `err` for an error. Never prompts or tokens. */
export type LogFields = Readonly<Record<string, unknown>>;

export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Where lines go. @defaultValue standard output */
export interface LogDestination {
  write(line: string): void;
}

type Level = keyof Logger;

/** The logger of the whole program. Secrets are struck out even when a caller passes one by mistake. */
export class PinoLogger implements Logger {
  readonly #pino: pino.Logger;

  constructor(level: Level | 'silent', destination?: LogDestination) {
    const options: pino.LoggerOptions = {
      level,
      redact: { paths: secretPaths(), censor: '[secret]' },
      serializers: { err: describeError },
    };
    this.#pino = destination ? pino(options, destination) : pino(options);
  }

  debug(message: string, fields: LogFields = {}): void {
    this.#pino.debug(fields, message);
  }

  info(message: string, fields: LogFields = {}): void {
    this.#pino.info(fields, message);
  }

  warn(message: string, fields: LogFields = {}): void {
    this.#pino.warn(fields, message);
  }

  error(message: string, fields: LogFields = {}): void {
    this.#pino.error(fields, message);
  }
}

function secretPaths(): string[] {
  const names = ['token', 'interactionToken', 'DISCORD_TOKEN', 'authorization', 'prompt', 'negativePrompt'];
  return names.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
}

/**
 * Only named fields of an error: Discord's errors also carry the address, which holds an interaction's token,
 * and the body, which holds the prompt.
 */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code, status } = error as { code?: unknown; status?: unknown };
  return {
    type: error.name,
    message: error.message,
    ...(code !== undefined && { code }),
    ...(status !== undefined && { status }),
    stack: error.stack,
    ...(error.cause !== undefined && depth < 3 && { cause: describeError(error.cause, depth + 1) }),
  };
}
