/** Entry file of the thread that converts: the work blocks it, so that the main thread hears Ctrl-C. */
import { parentPort, workerData } from 'node:worker_threads';

import { toFailure } from '../../engine/process/protocol.js';
import type { Failure } from '../../engine/process/protocol.js';
import { convert } from './conversion.js';
import type { Conversion, ConvertedFile } from './conversion.js';

/** The thread's one message. */
export type ConversionMessage =
  | { readonly type: 'converted'; readonly file: ConvertedFile }
  | { readonly type: 'failed'; readonly failure: Failure };

parentPort?.postMessage(await outcomeOf(workerData as Conversion));

async function outcomeOf(conversion: Conversion): Promise<ConversionMessage> {
  try {
    return { type: 'converted', file: await convert(conversion) };
  } catch (error) {
    return { type: 'failed', failure: toFailure(error) };
  }
}
