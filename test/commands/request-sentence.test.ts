import { describe, expect, it } from 'vitest';

import { phrasesFor } from '../../src/commands/language/languages.js';
import { requestSentence } from '../../src/commands/request-sentence.js';
import { EngineError } from '../../src/engine/errors.js';
import type { RequestFault } from '../../src/engine/request-fault.js';

const german = phrasesFor('de');

function fault(fault: RequestFault): EngineError {
  return new EngineError('invalid_request', 'The engine says so.', { fault });
}

describe('a request that cannot be', () => {
  it('is refused in the language of who asked, by the name that the option has there', () => {
    const tooMany = fault({ parameter: 'numInferenceSteps', problem: 'too_large', limit: 1000 });
    expect(requestSentence(tooMany, german)).toBe('„schritte“ darf höchstens 1.000 sein.');
    const nothing = fault({ parameter: 'end.prompt', problem: 'empty' });
    expect(requestSentence(nothing, german)).toContain('in „prompt“ steht nichts');
  });

  it('is refused in English, with a word of excuse, where it is about nothing that commands offer', () => {
    const unknown = fault({ parameter: 'loras', problem: 'not_a_number' });
    for (const error of [unknown, new EngineError('invalid_request', 'The engine says so.')]) {
      expect(requestSentence(error, german)).toMatch(/^Das geht so nicht.*: The engine says so\.$/);
      expect(requestSentence(error, phrasesFor('en-GB'))).toBe('The engine says so.');
    }
  });
});
