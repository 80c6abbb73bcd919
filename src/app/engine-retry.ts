import { EngineError } from '../engine/errors.js';
import { RetryableError } from '../queue/errors.js';

/**
 * Does work of the engine's in the way that the queue wants to hear of its end.
 * @throws RetryableError for faults of the engine itself, and whatever else `work` throws
 */
export async function retryingFaults<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isWorthAnotherTry(error)) throw error;
    throw new RetryableError('The engine stopped in the middle of a clip.', { cause: error });
  }
}

function isWorthAnotherTry(error: unknown): boolean {
  return error instanceof EngineError && (error.isTransient || error.code === 'engine_closed');
}
