/** One sentence for every error that people may cause or cure: what happened, and a way out. */
import { EngineError } from '../engine/errors.js';
import { QueueError } from '../queue/errors.js';
import { CommandError } from './errors.js';
import type { Phrases } from './language/phrases.js';
import { requestSentence } from './request-sentence.js';
import { RuleError, sentenceOfBreach } from './settings/rule-breach.js';

/** The sentence for an error that people may cause or cure; undefined for any other. */
export function sentenceFor(error: unknown, phrases: Phrases): string | undefined {
  const { failures } = phrases;
  if (error instanceof RuleError) return sentenceOfBreach(error.breach, phrases);
  if (error instanceof CommandError) return failures.command[error.code];
  if (error instanceof QueueError) return failures.queue[error.code];
  if (!(error instanceof EngineError)) return undefined;
  return error.code === 'invalid_request' ? requestSentence(error, phrases) : failures.engine[error.code];
}
