import { Worker } from 'node:worker_threads';

import { CancelledError } from '../../engine/errors.js';
import { fromFailure } from '../../engine/process/protocol.js';
import type { Conversion, ConvertedFile } from './conversion.js';
import type { ConversionMessage } from './conversion-thread.js';

/**
 * Converts in a thread of its own, which is ended at once when `signal` aborts.
 * @throws EngineError; CancelledError after `signal` aborts
 */
export async function convertInThread(conversion: Conversion, signal: AbortSignal): Promise<ConvertedFile> {
  const thread = new Worker(new URL('./conversion-thread.js', import.meta.url), { workerData: conversion });
  let abort = (): void => undefined;
  try {
    return await new Promise<ConvertedFile>((resolve, reject) => {
      abort = () => reject(new CancelledError('Cancelled.', { cause: signal.reason }));
      signal.addEventListener('abort', abort);
      if (signal.aborted) abort();
      thread.once('error', reject);
      thread.once('exit', () => reject(new Error('The conversion ended without a result.')));
      thread.once('message', (message: ConversionMessage) => {
        if (message.type === 'converted') resolve(message.file);
        else reject(fromFailure(message.failure));
      });
    });
  } finally {
    signal.removeEventListener('abort', abort);
    await thread.terminate();
  }
}
