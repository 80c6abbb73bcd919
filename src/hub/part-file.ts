/** A file on its way: `<path>.part` grows until it is whole, then takes its name. A later run goes on where it ends. */
import type { Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';

import { hashFor } from './content-hash.js';
import type { ExpectedContent } from './content-hash.js';
import { HubError } from './hub-error.js';

/** Beside the part: what it is a part of. */
const noteSchema = z.object({ hash: z.string(), etag: z.string().optional() });

const READ_BYTES = 2 ** 20;
const FULL_DISK_CODES: readonly string[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

export class PartFile {
  readonly #path: string;
  readonly #expected: ExpectedContent;
  readonly #file: FileHandle;
  #hash: Hash;
  #length = 0;
  #etag: string | undefined;

  private constructor(path: string, expected: ExpectedContent, file: FileHandle, etag: string | undefined) {
    this.#path = path;
    this.#expected = expected;
    this.#file = file;
    this.#etag = etag;
    this.#hash = hashFor(expected);
  }

  /**
   * Takes up what an earlier run left of the same content.
   * @param path of the finished file; its folder exists
   * @throws HubError `disk_full`, `io_failed`
   */
  static async open(path: string, expected: ExpectedContent): Promise<PartFile> {
    return guarded(path, async () => {
      const note = await readNote(path);
      const file = await open(`${path}.part`, constants.O_RDWR | constants.O_CREAT, 0o644);
      const isSame = note?.hash === expected.hash;
      const part = new PartFile(path, expected, file, isSame ? note.etag : undefined);
      if (isSame) await part.#takeUp();
      else await part.restart();
      return part;
    });
  }

  /** Bytes that are there. */
  get length(): number {
    return this.#length;
  }

  /** Of the answer that the bytes came with. */
  get etag(): string | undefined {
    return this.#etag;
  }

  /** Begins again with nothing. @throws HubError `disk_full`, `io_failed` */
  async restart(): Promise<void> {
    await guarded(this.#path, () => this.#file.truncate(0));
    this.#hash = hashFor(this.#expected);
    this.#length = 0;
    await this.noteEtag(undefined);
  }

  /** @throws HubError `disk_full`, `io_failed` */
  async noteEtag(etag: string | undefined): Promise<void> {
    this.#etag = etag;
    const note = JSON.stringify({ hash: this.#expected.hash, etag });
    await guarded(this.#path, () => writeFile(noteOf(this.#path), note));
  }

  /** @throws HubError `download_corrupt` when there is more than was announced; `disk_full`, `io_failed` */
  async append(chunk: Uint8Array): Promise<void> {
    if (this.#length + chunk.length > this.#expected.bytes) {
      throw this.#corrupt(`more than the ${this.#expected.bytes} bytes that were announced arrived`);
    }
    await guarded(this.#path, async () => {
      for (let done = 0; done < chunk.length;) {
        const { bytesWritten } = await this.#file.write(
          chunk,
          done,
          chunk.length - done,
          this.#length + done,
        );
        done += bytesWritten;
      }
    });
    this.#hash.update(chunk);
    this.#length += chunk.length;
  }

  /**
   * Gives the whole file its name. A wrong one begins again with nothing.
   * @throws HubError `download_corrupt`, transient; `disk_full`, `io_failed`
   */
  async finish(): Promise<void> {
    if (this.#hash.digest('hex') !== this.#expected.hash) {
      await this.restart();
      throw this.#corrupt('its checksum is not the one that was announced', { isTransient: true });
    }
    await guarded(this.#path, async () => {
      await this.#file.sync();
      await this.#file.close();
      await rename(`${this.#path}.part`, this.#path);
      await rm(noteOf(this.#path), { force: true });
    });
  }

  /** Leaves what there is for a later run. */
  async close(): Promise<void> {
    await this.#file.close().catch(() => undefined);
  }

  /** A hash cannot be stored half-way, so the bytes of the earlier run pass through it once more. */
  async #takeUp(): Promise<void> {
    const { size } = await this.#file.stat();
    if (size > this.#expected.bytes) return this.restart();
    const buffer = Buffer.alloc(READ_BYTES);
    while (this.#length < size) {
      const { bytesRead } = await this.#file.read(buffer, 0, READ_BYTES, this.#length);
      if (bytesRead === 0) break;
      this.#hash.update(buffer.subarray(0, bytesRead));
      this.#length += bytesRead;
    }
  }

  #corrupt(reason: string, options: { isTransient?: boolean } = {}): HubError {
    const message = `${this.#path} could not be downloaded properly: ${reason}. Run the command again, or tell the hub.`;
    return new HubError('download_corrupt', message, options);
  }
}

function noteOf(path: string): string {
  return `${path}.part.json`;
}

async function readNote(path: string): Promise<z.infer<typeof noteSchema> | undefined> {
  try {
    return noteSchema.parse(JSON.parse(await readFile(noteOf(path), 'utf8')));
  } catch {
    return undefined;
  }
}

async function guarded<Result>(path: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    if (cause instanceof HubError) throw cause;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    if (FULL_DISK_CODES.includes(code)) {
      const message = `There is no space left to write ${path}: free some, then run the command again.`;
      throw new HubError('disk_full', message, { cause });
    }
    const message = `${path} could not be written (${code}): check who owns the folder, then run the command again.`;
    throw new HubError('io_failed', message, { cause });
  }
}
