import type { JobId } from './job.js';
import type { EndState, JobChange, JobRecord } from './job-record.js';

/** Version of the journal's form. A newer one is refused, not guessed at. */
export const JOURNAL_VERSION = 1;

/**
 * One line of the journal. Entries say how a job stands, not what happened to it, so reading one twice does no
 * harm; those of unknown jobs mean nothing.
 */
export type JournalEntry =
  | { readonly type: 'journal'; readonly version: number }
  | { readonly type: 'job'; readonly record: JobRecord<unknown> }
  | ({ readonly type: 'change'; readonly id: JobId } & JobChange)
  | { readonly type: 'end'; readonly id: JobId; readonly state: EndState };

/** One line, without its line break. */
export function formatEntry(entry: JournalEntry): string {
  return JSON.stringify(entry);
}

/** @throws Error that says what is wrong with the line */
export function parseEntry(line: string): JournalEntry {
  const entry = fieldsOf(JSON.parse(line));
  switch (entry['type']) {
    case 'journal':
      return { type: 'journal', version: numberIn(entry, 'version') };
    case 'job':
      return { type: 'job', record: recordIn(fieldsOf(entry['record'])) };
    case 'change':
      return { type: 'change', id: idIn(entry), ...changeIn(entry) };
    case 'end':
      return {
        type: 'end',
        id: idIn(entry),
        state: oneOf(entry, 'state', ['completed', 'failed', 'cancelled']),
      };
    default:
      throw new Error(`The type ${JSON.stringify(entry['type'])} is not known.`);
  }
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(raw: unknown): Fields {
  if (typeof raw !== 'object' || raw === null) throw new Error('An object is missing.');
  return raw as Fields;
}

function recordIn(entry: Fields): JobRecord<unknown> {
  return {
    id: idIn(entry),
    data: entry['data'],
    priority: numberIn(entry, 'priority'),
    addedAt: numberIn(entry, 'addedAt'),
    ...changeIn(entry),
  };
}

function changeIn(entry: Fields): JobChange {
  return {
    state: oneOf(entry, 'state', ['waiting', 'active']),
    attempts: numberIn(entry, 'attempts'),
    failedAttempts: numberIn(entry, 'failedAttempts'),
    isCancelling: oneOf(entry, 'isCancelling', [true, false]),
  };
}

function idIn(entry: Fields): JobId {
  const id = entry['id'];
  if (typeof id !== 'string' || id === '') throw new Error('The id is missing.');
  return id;
}

function numberIn(entry: Fields, name: string): number {
  const value = entry[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error(`${name} is not a number.`);
  return value;
}

function oneOf<T>(entry: Fields, name: string, values: readonly T[]): T {
  const found = values.find((value) => value === entry[name]);
  if (found === undefined) throw new Error(`${name} is none of ${values.join(', ')}.`);
  return found;
}
