import { QueueError } from './errors.js';
import { JobTable } from './job-table.js';
import type { JobTableOptions } from './job-table.js';
import { JOURNAL_VERSION, parseEntry } from './journal-entry.js';
import type { JournalEntry } from './journal-entry.js';

/** What a journal says, and the lines that say nothing we understand. */
export interface JournalReading<Data> {
  /** Live jobs, all waiting: one that was active when the program died has one more failed attempt. */
  readonly table: JobTable<Data>;
  readonly damaged: readonly Buffer[];
}

/** @throws QueueError `storage_failed` when a newer version of the program wrote the journal */
export function readJournal<Data>(
  lines: readonly Buffer[],
  parseData: (raw: unknown) => Data,
  options: JobTableOptions<Data>,
): JournalReading<Data> {
  const table = new JobTable<Data>(options);
  const damaged = lines.filter((line) => !readLine(table, line, parseData));
  for (const { id, state, failedAttempts } of table.inOrderOfArrival()) {
    if (state === 'active') table.change(id, { state: 'waiting', failedAttempts: failedAttempts + 1 });
  }
  return { table, damaged };
}

/** False when the line cannot be understood. */
function readLine<Data>(table: JobTable<Data>, line: Buffer, parseData: (raw: unknown) => Data): boolean {
  try {
    const entry = parseEntry(new TextDecoder('utf-8', { fatal: true }).decode(line));
    apply(table, entry, parseData);
    return true;
  } catch (error) {
    if (error instanceof QueueError) throw error;
    return false;
  }
}

function apply<Data>(table: JobTable<Data>, entry: JournalEntry, parseData: (raw: unknown) => Data): void {
  switch (entry.type) {
    case 'journal':
      if (entry.version > JOURNAL_VERSION) throw tooNew(entry.version);
      return;
    case 'job':
      table.add({ ...entry.record, data: parseData(entry.record.data) });
      return;
    case 'change': {
      const { state, attempts, failedAttempts, isCancelling } = entry;
      table.change(entry.id, { state, attempts, failedAttempts, isCancelling });
      return;
    }
    case 'end':
      table.remove(entry.id);
  }
}

function tooNew(version: number): QueueError {
  const message = `The queue's journal has version ${version}, but this program reads up to ${JOURNAL_VERSION}: update it.`;
  return new QueueError('storage_failed', message);
}
