import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { QueueError } from './errors.js';
import type { Job, JobId } from './job.js';
import type { JobTable, JobTableOptions } from './job-table.js';
import { jobOf } from './job-record.js';
import type { EndState, JobChange, JobRecord } from './job-record.js';
import { formatEntry, JOURNAL_VERSION } from './journal-entry.js';
import { JournalFile } from './journal-file.js';
import { FolderLock } from './folder-lock.js';
import { readJournal } from './journal-reader.js';

const JOURNAL_FILE = 'journal.jsonl';
const SET_ASIDE_FILE = 'set-aside.jsonl';
const DEFAULT_COMPACT_AT_BYTES = 1024 * 1024;

export interface JobJournalOptions<Data> {
  /** How jobs share the slots. @defaultValue first come, first served */
  readonly fairness?: JobTableOptions<Data>;
  /** Folder of the journal, made when missing. */
  readonly folder: string;
  /** Checks a job's data as read back. @throws when it is not a job's data: the job is then set aside */
  readonly parseData: (raw: unknown) => Data;
  /** Hears what went wrong without being fatal. */
  readonly onWarning: (message: string, cause?: unknown) => void;
  /** Bytes of journal beyond which ended jobs are dropped from it. @defaultValue 1 MiB */
  readonly compactAtBytes?: number;
}

/**
 * The live jobs of a folder, in memory and on disk. Every change is made in the table first and then noted in the
 * journal, except a new job, which is in the table only once it is on the disk.
 */
export class JobJournal<Data> {
  readonly table: JobTable<Data>;
  readonly #options: JobJournalOptions<Data>;
  readonly #lock: FolderLock;
  readonly #file: JournalFile;
  /** Changes that the disk did not take; written before anything else once it does. */
  #unwritten: string[] = [];
  #compactAt: number;
  /** The end of the line of writers: one writes at a time, in the order of the calls. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    options: JobJournalOptions<Data>,
    lock: FolderLock,
    file: JournalFile,
    table: JobTable<Data>,
  ) {
    this.#options = options;
    this.#lock = lock;
    this.#file = file;
    this.table = table;
    this.#compactAt = options.compactAtBytes ?? DEFAULT_COMPACT_AT_BYTES;
  }

  /**
   * Locks the folder and reads the jobs back, those that were active as waiting with one more failed attempt.
   * @throws QueueError `locked` or `storage_failed`
   */
  static async open<Data>(options: JobJournalOptions<Data>): Promise<JobJournal<Data>> {
    const lock = await lockFolder(options.folder);
    let file: JournalFile | undefined;
    try {
      const opened = await JournalFile.open(join(options.folder, JOURNAL_FILE));
      file = opened.file;
      const { table, damaged } = readJournal(
        opened.contents.lines,
        options.parseData,
        options.fairness ?? {},
      );
      const journal = new JobJournal(options, lock, file, table);
      await journal.#tidy(opened.contents.tornBytes, damaged);
      return journal;
    } catch (error) {
      await file?.close();
      await lock.release();
      throw storageFailed(`The queue's journal in ${options.folder} cannot be opened`, error);
    }
  }

  /** Resolves once the job is on the disk and in the table. @throws QueueError `storage_failed`: it is in neither */
  async add(record: JobRecord<Data>): Promise<void> {
    const line = formatEntry({ type: 'job', record });
    await this.#inTurn(async () => {
      try {
        await this.#file.append([...this.#unwritten, line]);
      } catch (error) {
        throw storageFailed('The request could not be saved, so it was not accepted', error);
      }
      this.#unwritten = [];
      this.table.add(record);
      await this.#compactIfLarge();
    });
  }

  /** Changes a job at once; resolves when the change is noted. Never rejects: what the disk refuses waits. */
  async change(id: JobId, change: Partial<JobChange>): Promise<void> {
    const record = this.table.change(id, change);
    if (record === undefined) return;
    const { state, attempts, failedAttempts, isCancelling } = record;
    await this.#note(formatEntry({ type: 'change', id, state, attempts, failedAttempts, isCancelling }));
  }

  /** Removes a job at once and returns it as it ended; never rejects. */
  async end(id: JobId, state: EndState): Promise<Job<Data> | undefined> {
    const record = this.table.remove(id);
    if (record === undefined) return undefined;
    await this.#note(formatEntry({ type: 'end', id, state }));
    return jobOf(record, state);
  }

  /** Leaves nothing of ended jobs on the disk. Never rejects. */
  async forgetEnded(): Promise<void> {
    await this.#inTurn(() => this.#compact());
  }

  /** Writes what is left to write and gives the folder free. Never rejects. */
  async close(): Promise<void> {
    await this.#inTurn(async () => {
      try {
        if (this.#unwritten.length > 0) await this.#file.append(this.#unwritten);
      } catch (error) {
        this.#options.onWarning(
          'The last changes of the queue could not be written: jobs may run again.',
          error,
        );
      }
      try {
        await this.#file.close();
        await this.#lock.release();
      } catch (error) {
        this.#options.onWarning('The queue could not be closed cleanly.', error);
      }
    });
  }

  async #tidy(tornBytes: number, damaged: readonly Buffer[]): Promise<void> {
    if (tornBytes > 0) {
      this.#options.onWarning(`Dropped ${tornBytes} bytes of an entry that was never completed.`);
    }
    if (await this.#setAside(damaged)) await this.#compact();
  }

  async #note(line: string): Promise<void> {
    await this.#inTurn(async () => {
      this.#unwritten.push(line);
      try {
        await this.#file.append(this.#unwritten);
        this.#unwritten = [];
      } catch (error) {
        this.#options.onWarning('A change of the queue could not be written; it will be tried again.', error);
        return;
      }
      await this.#compactIfLarge();
    });
  }

  async #compactIfLarge(): Promise<void> {
    if (this.#file.size > this.#compactAt) await this.#compact();
  }

  /** Leaves only live jobs in the journal. A failure costs nothing but the space. */
  async #compact(): Promise<void> {
    const entries = this.table.inOrderOfArrival().map((record) => formatEntry({ type: 'job', record }));
    try {
      await this.#file.rewrite([formatEntry({ type: 'journal', version: JOURNAL_VERSION }), ...entries]);
    } catch (error) {
      this.#options.onWarning('The journal of the queue could not be shortened; it goes on as it is.', error);
    }
    const least = this.#options.compactAtBytes ?? DEFAULT_COMPACT_AT_BYTES;
    this.#compactAt = Math.max(least, 2 * this.#file.size);
  }

  /** Copies damaged lines to a file of their own; false when that failed and they must stay where they are. */
  async #setAside(damaged: readonly Buffer[]): Promise<boolean> {
    if (damaged.length === 0) return true;
    const path = join(this.#options.folder, SET_ASIDE_FILE);
    try {
      const lineBreak = Buffer.from('\n');
      await appendFile(path, Buffer.concat(damaged.flatMap((line) => [line, lineBreak])), { mode: 0o600 });
    } catch (error) {
      this.#options.onWarning(`${damaged.length} unreadable entries could not be set aside.`, error);
      return false;
    }
    this.#options.onWarning(`${damaged.length} unreadable entries of the journal were set aside in ${path}.`);
    return true;
  }

  #inTurn<T>(write: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(write);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

async function lockFolder(folder: string): Promise<FolderLock> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return await FolderLock.acquire(folder);
  } catch (error) {
    throw storageFailed(`The queue's folder ${folder} cannot be used`, error);
  }
}

function storageFailed(what: string, cause: unknown): QueueError {
  if (cause instanceof QueueError) return cause;
  return new QueueError('storage_failed', `${what}: ${reasonOf(cause)}`, { cause });
}

function reasonOf(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? '';
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) return 'the disk is full. Make some room and try again.';
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) {
    return 'it may not be written to. Check who owns it and try again.';
  }
  return `writing failed${code === '' ? '' : ` (${code})`}. Please try again later.`;
}
