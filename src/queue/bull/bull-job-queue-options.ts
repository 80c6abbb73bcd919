import type { FairnessOptions } from '../fair/claim.js';
import type { JobId } from '../job.js';
import type { Processor } from '../processor.js';
import type { BullJobWorkerOptions } from './bull-job-worker.js';
import type { ReviveError } from './job-failure.js';

export interface BullJobQueueOptions<Data> extends Omit<BullJobWorkerOptions<Data>, 'processor'> {
  /** Runs jobs in this process, too. @defaultValue none: they run in BullJobWorkers elsewhere */
  readonly processor?: Processor<Data>;
  /** Jobs that may wait. @defaultValue 1000 */
  readonly maxWaiting?: number;
  /** How jobs share the slots of all workers. @defaultValue first come, first served */
  readonly fairness?: FairnessOptions<Data>;
  /** Makes errors of the program's own kinds again, which come from workers as plain ones. @defaultValue none */
  readonly reviveError?: ReviveError;
  /** Milliseconds since the epoch. @defaultValue Date.now */
  readonly now?: () => number;
  /** Never the same twice. @defaultValue 21 digits and lower-case letters that sort by time */
  readonly newId?: () => JobId;
}
