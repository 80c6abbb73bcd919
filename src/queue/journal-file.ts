import { open, readFile, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

const OWNER_ONLY = 0o600;
const LINE_BREAK = 0x0a;

/** What a journal file held when it was opened. */
export interface JournalContents {
  /** Complete lines, without line breaks, as bytes: a damaged line need not be text. */
  readonly lines: readonly Buffer[];
  /** Bytes after the last line break: a line that was being written when the program died. */
  readonly tornBytes: number;
}

/**
 * Lines in a file, each on the disk (fsync) before its promise resolves. A write that fails leaves the file as it
 * was. Not for concurrent calls: await one before the next.
 */
export class JournalFile {
  readonly #path: string;
  /** Always in append mode: writes go to the end whatever was cut off before. */
  #handle: FileHandle;
  #size: number;
  /** The end of the file could not be cleaned after a failed write: begin the next one on a line of its own. */
  #hasTornEnd = false;

  private constructor(path: string, handle: FileHandle, size: number) {
    this.#path = path;
    this.#handle = handle;
    this.#size = size;
  }

  /** Opens or makes the file and cuts off a torn last line. */
  static async open(path: string): Promise<{ file: JournalFile; contents: JournalContents }> {
    const handle = await open(path, 'a+', OWNER_ONLY);
    try {
      const contents = splitLines(await readFile(handle));
      const size = (await handle.stat()).size - contents.tornBytes;
      const file = new JournalFile(path, handle, size);
      if (contents.tornBytes > 0) await file.#cutOff();
      return { file, contents };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Bytes. */
  get size(): number {
    return this.#size;
  }

  /** @throws the error of the file system; nothing was added then */
  async append(lines: readonly string[]): Promise<void> {
    const bytes = toBytes(this.#hasTornEnd ? ['', ...lines] : lines);
    try {
      await this.#handle.appendFile(bytes);
      await this.#handle.datasync();
    } catch (error) {
      await this.#cutOff();
      throw error;
    }
    this.#hasTornEnd = false;
    this.#size += bytes.length;
  }

  /**
   * Replaces all lines at once: after a crash the file is either the old or the new one.
   * @throws the error of the file system; the old lines stand then
   */
  async rewrite(lines: readonly string[]): Promise<void> {
    const temporaryPath = `${this.#path}.new`;
    const bytes = toBytes(lines);
    await rm(temporaryPath, { force: true });
    const handle = await open(temporaryPath, 'ax', OWNER_ONLY);
    try {
      await handle.appendFile(bytes);
      await handle.sync();
      await rename(temporaryPath, this.#path);
    } catch (error) {
      await handle.close();
      await rm(temporaryPath, { force: true });
      throw error;
    }
    // The handle follows the file through the rename, so from here on nothing can go wrong but the tidying up.
    const old = this.#handle;
    this.#handle = handle;
    this.#size = bytes.length;
    this.#hasTornEnd = false;
    await old.close();
    await syncFolder(dirname(this.#path));
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #cutOff(): Promise<void> {
    try {
      await this.#handle.truncate(this.#size);
    } catch {
      this.#hasTornEnd = true;
    }
  }
}

function splitLines(bytes: Buffer): JournalContents {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf(LINE_BREAK); end !== -1; end = bytes.indexOf(LINE_BREAK, start)) {
    if (end > start) lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return { lines, tornBytes: bytes.length - start };
}

function toBytes(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\n`).join(''));
}

/** Makes a rename durable. Windows has no such call and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
