import type { EngineError } from '../engine/errors.js';
import type { Phrases } from './language/phrases.js';

/**
 * What is wrong with what somebody asked for, in their language. The engine's own sentence is English: it stands there
 * alone where it is about something that the commands do not offer.
 */
export function requestSentence({ fault, message }: EngineError, { failures }: Phrases): string {
  const { request, parameters } = failures;
  const name = fault && new Map(Object.entries(parameters)).get(lastPart(fault.parameter));
  if (fault === undefined || name === undefined) return request.inEnglish(message);
  switch (fault.problem) {
    case 'empty':
      return request.empty(name);
    case 'not_a_number':
      return request.notANumber(name);
    case 'too_long':
      return request.tooLong(name, fault.limit);
    case 'too_small':
      return request.tooSmall(name, fault.limit);
    case 'too_large':
      return request.tooLarge(name, fault.limit);
  }
}

/** The end of a morph has the same parameters as its beginning. */
function lastPart(parameter: string): string {
  return parameter.split('.').at(-1) ?? parameter;
}
