import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const COMMIT = '8f2fd1b9b6f0a1c2d3e4f5061728394a5b6c7d8e';
export const MODEL = 'riffusion/riffusion-model-v1';
/** What the address of a large file is signed with. */
export const SIGNATURE = 'X-Amz-Signature=very-secret-signature';

export interface SeenRequest {
  readonly server: 'hub' | 'cdn';
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

interface FakeFile {
  readonly content: Buffer;
  /** Large files have SHA-256 and lie elsewhere. */
  readonly isLarge: boolean;
}

/** Takes an answer over; true when it has answered. */
export type Interference = (request: SeenRequest, response: ServerResponse) => boolean;

/**
 * A server that behaves like the Hugging Face hub: a list with sizes and hashes, small files given at once by way of a
 * redirect on the same host, large ones through a signed redirect to another host, which understands ranges.
 */
export class FakeHub {
  /** Every request, in order. */
  readonly requests: SeenRequest[] = [];
  /** Members of the API's answer that differ from the usual ones. */
  answer: Readonly<Record<string, unknown>> = {};
  /** When set, nothing is given without it. */
  token: string | undefined;
  /** Has the first word on every request. */
  interfere: Interference = () => false;
  /** Entity tag of the large file's answers, by its hash. */
  etagOf: (sha256: string) => string = (sha256) => `"${sha256}"`;
  readonly #files = new Map<string, FakeFile>();
  readonly #hub: Server = createServer((request, response) => this.#receive('hub', request, response));
  readonly #cdn: Server = createServer((request, response) => this.#receive('cdn', request, response));

  static async start(): Promise<FakeHub> {
    const hub = new FakeHub();
    for (const server of [hub.#hub, hub.#cdn]) {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    }
    return hub;
  }

  get url(): string {
    return urlOf(this.#hub);
  }

  get cdnUrl(): string {
    return urlOf(this.#cdn);
  }

  async stop(): Promise<void> {
    for (const server of [this.#hub, this.#cdn]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  addFile(path: string, content: string | Uint8Array, isLarge = false): void {
    this.#files.set(path, { content: Buffer.from(content), isLarge });
  }

  /** Paths below `/resolve/` that were asked for, without repetition. */
  get resolved(): string[] {
    const paths = this.requests.flatMap(({ path }) => /\/resolve\/[0-9a-f]+\/(.*)$/.exec(path)?.[1] ?? []);
    return [...new Set(paths)].sort();
  }

  #receive(server: 'hub' | 'cdn', request: IncomingMessage, response: ServerResponse): void {
    const seen = { server, path: request.url ?? '', headers: request.headers };
    this.requests.push(seen);
    if (this.interfere(seen, response)) return;
    if (server === 'cdn') return this.#giveLarge(seen, response);
    if (this.token !== undefined && seen.headers.authorization !== `Bearer ${this.token}`) {
      return refuse(response, 401, 'GatedRepo');
    }
    if (seen.path === `/api/models/${MODEL}/revision/main?blobs=true`) return this.#describe(response);
    if (seen.path === `/api/models/${MODEL}/revision/${COMMIT}?blobs=true`) return this.#describe(response);
    const path = seen.path.replace(`/api/resolve-cache/`, `/`).split(`/${MODEL}/resolve/${COMMIT}/`)[1];
    const file = path === undefined ? undefined : this.#files.get(decodeURIComponent(path));
    if (!file) return refuse(response, 404, seen.path.startsWith('/api/') ? 'RepoNotFound' : 'EntryNotFound');
    if (file.isLarge) return redirect(response, 302, `${this.cdnUrl}/${sha256Of(file.content)}?${SIGNATURE}`);
    if (!seen.path.startsWith('/api/')) return redirect(response, 307, `/api/resolve-cache${seen.path}`);
    response.writeHead(200, { etag: `"${blobIdOf(file.content)}"`, 'content-length': file.content.length });
    response.end(file.content);
  }

  #describe(response: ServerResponse): void {
    const siblings = [...this.#files].map(([rfilename, { content, isLarge }]) => ({
      rfilename,
      size: content.length,
      blobId: blobIdOf(content),
      ...(isLarge && { lfs: { sha256: sha256Of(content), size: content.length, pointerSize: 134 } }),
    }));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        id: MODEL,
        modelId: MODEL,
        sha: COMMIT,
        private: false,
        gated: false,
        tags: ['diffusers', 'license:creativeml-openrail-m', 'region:us'],
        cardData: { license: 'creativeml-openrail-m' },
        siblings,
        ...this.answer,
      }),
    );
  }

  #giveLarge({ path, headers }: SeenRequest, response: ServerResponse): void {
    const sha256 = path.slice(1).split('?')[0] ?? '';
    const file = [...this.#files.values()].find(({ content }) => sha256Of(content) === sha256);
    if (!file || !path.endsWith(SIGNATURE)) return refuse(response, 403, 'AccessDenied');
    giveRange(file.content, this.etagOf(sha256), headers, response);
  }
}

/** As RFC 9110 says: a range when one is asked for and the condition holds, else all of it. */
export function giveRange(
  content: Buffer,
  etag: string,
  headers: IncomingHttpHeaders,
  response: ServerResponse,
): void {
  const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? Number.NaN);
  const condition = headers['if-range'];
  if (Number.isNaN(start) || (condition !== undefined && condition !== etag)) {
    response.writeHead(200, { etag, 'content-length': content.length, 'accept-ranges': 'bytes' });
    response.end(content);
    return;
  }
  const range = `bytes ${start}-${content.length - 1}/${content.length}`;
  response.writeHead(206, { etag, 'content-length': content.length - start, 'content-range': range });
  response.end(content.subarray(start));
}

/** What a broken connection has brought before it broke. */
export interface Cut {
  readonly content: Buffer;
  /** Bytes of it that are sent, and arrive. */
  readonly count: number;
  /** File that they arrive in, without the `.part` at its end. */
  readonly path: string;
  /** @defaultValue that of the content */
  readonly etag?: string;
}

/** Sends the beginning of what was promised, then breaks the connection. */
export function cutAfter({ content, count, path, etag }: Cut, response: ServerResponse): void {
  response.writeHead(200, { etag: etag ?? `"${sha256Of(content)}"`, 'content-length': content.length });
  response.write(content.subarray(0, count));
  void breakAfter(count, path, response);
}

/** Breaks a connection once so many bytes of the file have arrived. */
export async function breakAfter(count: number, path: string, response: ServerResponse): Promise<void> {
  while (((await stat(`${path}.part`).catch(() => undefined))?.size ?? 0) < count) await sleep(5);
  response.destroy();
}

/** Runs with a hub and an empty folder. */
export async function withHub(use: (hub: FakeHub, folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'riffcord-hub-'));
  const hub = await FakeHub.start();
  try {
    await use(hub, folder);
  } finally {
    await hub.stop();
    await rm(folder, { recursive: true });
  }
}

export function sha256Of(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** As `git hash-object` has it. */
export function blobIdOf(content: Uint8Array): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'x-error-code': code, 'content-type': 'application/json' });
  response.end('{"error":"no"}');
}

function redirect(response: ServerResponse, status: number, location: string): void {
  response.writeHead(status, { location });
  response.end();
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
