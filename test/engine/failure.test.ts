import { describe, expect, it } from 'vitest';

import { CancelledError, EngineError } from '../../src/engine/errors.js';
import { fromFailure, toFailure } from '../../src/engine/failure.js';

describe('failures', () => {
  it('an engine’s error keeps its code and its sentence; stacks are for the log', () => {
    const error = new EngineError('model_corrupt', 'It is damaged.', { cause: new Error('the reason') });
    const received = fromFailure(toFailure(error));
    expect(received).toBeInstanceOf(EngineError);
    expect(received).toMatchObject({ code: 'model_corrupt', message: 'It is damaged.' });
    expect(received.cause).toMatch(/It is damaged\.[^]*Caused by: Error: the reason/);
  });

  it('a cancellation stays one', () => {
    expect(fromFailure(toFailure(new CancelledError()))).toBeInstanceOf(CancelledError);
  });

  it('any other error becomes a crash, without its words for the user', () => {
    const received = fromFailure(toFailure(new TypeError('x is not a function')));
    expect(received).toMatchObject({ code: 'engine_crashed' });
    expect(received.message).not.toContain('function');
    expect(received.cause).toContain('TypeError: x is not a function');
  });
});
