/** One sentence for every error that people may cause or cure: what happened, and a way out. */
import { EngineError } from '../engine/errors.js';
import { QueueError } from '../queue/errors.js';
import { CommandError } from './errors.js';
import type { Phrases } from './language/phrases.js';

/** The sentence for an error that people may cause or cure; undefined for any other. */
export function sentenceFor(error: unknown, { failures }: Phrases): string | undefined {
  if (error instanceof CommandError) return failures.command[error.code];
  if (error instanceof QueueError) return failures.queue[error.code];
  if (!(error instanceof EngineError)) return undefined;
  // The only message that is about what the person typed: it names the option and its limits.
  return error.code === 'invalid_request' ? error.message : failures.engine[error.code];
}
