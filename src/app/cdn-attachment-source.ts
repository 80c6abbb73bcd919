import { CLIP_FILE_MAX_BYTES } from '../commands/attachment-source.js';
import type { AttachmentSource } from '../commands/attachment-source.js';
import type { FileReference } from '../commands/clip-finder.js';
import { CommandError } from '../commands/errors.js';
import type { CommandErrorCode } from '../commands/errors.js';
import { WaitingLine } from '../engine/workshop/waiting-line.js';

export interface CdnAttachmentSourceOptions {
  /** Where files may be fetched from, as scheme, host and port. @defaultValue Discord's two */
  readonly origins?: readonly string[];
  /** @defaultValue CLIP_FILE_MAX_BYTES */
  readonly maxBytes?: number;
  /** Milliseconds that one file may take altogether. @defaultValue 30000 */
  readonly timeoutMs?: number;
  /** Files that are fetched at the same time, so that memory has a bound too; others wait. @defaultValue 2 */
  readonly concurrency?: number;
}

/** Discord's hosts for files: no other address is ever asked for. */
export const CDN_ORIGINS: readonly string[] = ['https://cdn.discordapp.com', 'https://media.discordapp.net'];

/** Paths under which files of messages and of commands lie. */
const PATHS = /^\/(ephemeral-)?attachments\//;
/** What Discord answers for an address that is wrong, has expired, or whose file was deleted. */
const GONE = [403, 404, 410];

/** Fetches files from Discord's CDN. It follows no redirect and stops at the first byte too many. */
export class CdnAttachmentSource implements AttachmentSource {
  readonly #options: Required<CdnAttachmentSourceOptions>;
  readonly #line: WaitingLine;

  constructor(options: CdnAttachmentSourceOptions = {}) {
    const limits = { maxBytes: CLIP_FILE_MAX_BYTES, timeoutMs: 30_000, concurrency: 2 };
    this.#options = { origins: CDN_ORIGINS, ...limits, ...options };
    this.#line = new WaitingLine(this.#options.concurrency);
  }

  async fetch({ url, size = 0 }: Pick<FileReference, 'url' | 'size'>): Promise<Uint8Array> {
    const address = this.#checked(url);
    if (size > this.#options.maxBytes) throw new CommandError('file_too_large');
    await this.#line.enter('batch', undefined);
    try {
      return await this.#download(address);
    } catch (cause) {
      if (cause instanceof CommandError) throw cause;
      throw new CommandError('file_unreachable', { cause });
    } finally {
      this.#line.leave();
    }
  }

  #checked(url: string): URL {
    const address = URL.canParse(url) ? new URL(url) : undefined;
    const isAllowed =
      address !== undefined &&
      this.#options.origins.includes(address.origin) &&
      address.username === '' &&
      address.password === '' &&
      PATHS.test(address.pathname);
    if (!isAllowed) throw new CommandError('address_forbidden');
    return address;
  }

  async #download(address: URL): Promise<Uint8Array> {
    const response = await fetch(address, {
      redirect: 'error',
      credentials: 'omit',
      // A compressed answer could be small on the wire and large here.
      headers: { 'accept-encoding': 'identity' },
      signal: AbortSignal.timeout(this.#options.timeoutMs),
    });
    if (GONE.includes(response.status)) return refuse(response, 'file_gone');
    if (!response.ok) return refuse(response, 'file_unreachable');
    const promised = Number(response.headers.get('content-length') ?? 0);
    if (promised > this.#options.maxBytes) return refuse(response, 'file_too_large');
    return this.#collect(response, promised);
  }

  /** @param promised - Bytes for which room is made at once, so that a large file is never held twice. */
  async #collect(response: Response, promised: number): Promise<Uint8Array> {
    let bytes = new Uint8Array(promised);
    let length = 0;
    // Leaving the loop early ends the connection.
    for await (const part of response.body ?? []) {
      const received = part as Uint8Array;
      if (length + received.length > this.#options.maxBytes) throw new CommandError('file_too_large');
      if (length + received.length > bytes.length) bytes = grown(bytes, length + received.length);
      bytes.set(received, length);
      length += received.length;
    }
    return length === bytes.length ? bytes : bytes.slice(0, length);
  }
}

/** With room for at least so many bytes, and for more to come. */
function grown(bytes: Uint8Array, least: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(least, 2 * bytes.length));
  larger.set(bytes);
  return larger;
}

async function refuse(response: Response, code: CommandErrorCode): Promise<never> {
  await response.body?.cancel();
  throw new CommandError(code);
}
