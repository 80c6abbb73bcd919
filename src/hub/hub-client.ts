/**
 * A client of the Hugging Face hub's HTTP API, as far as it takes to download models:
 * https://huggingface.co/docs/hub/api. Mirrors that answer alike serve as well.
 */
import { downloadFile } from './download-file.js';
import type { DownloadOptions } from './download-file.js';
import { HubConnection } from './hub-connection.js';
import type { HubConnectionOptions, HubRequest } from './hub-connection.js';
import { HubError } from './hub-error.js';
import { parseHubModel } from './hub-model.js';
import type { HubFile, HubModel } from './hub-model.js';
import { retry } from './retry.js';

export interface HubClientOptions extends HubConnectionOptions {
  /** Milliseconds before each further attempt after a failure. @defaultValue 1, 2, 4, 8 and 16 seconds */
  readonly retryDelaysMs?: readonly number[];
}

export interface HubRequestOptions extends Pick<DownloadOptions, 'onRetry' | 'onBytes'> {
  readonly signal?: AbortSignal | undefined;
}

const DEFAULT_RETRY_DELAYS_MS = [1000, 2000, 4000, 8000, 16_000];
/** Bytes of an answer of the API: room for some ten thousands of files. */
const MAX_ANSWER_BYTES = 8 * 2 ** 20;

export class HubClient {
  readonly #connection: HubConnection;
  readonly #delaysMs: readonly number[];

  constructor(options: HubClientOptions) {
    this.#connection = new HubConnection(options);
    this.#delaysMs = options.retryDelaysMs ?? DEFAULT_RETRY_DELAYS_MS;
  }

  /** For messages. */
  get host(): string {
    return this.#connection.host;
  }

  /**
   * Looks a model up.
   * @param id owner and name, as `riffusion/riffusion-model-v1`
   * @param revision branch, tag or commit
   * @throws HubError; the signal's reason
   */
  async describe(id: string, revision: string, options: HubRequestOptions = {}): Promise<HubModel> {
    const request = this.#requestFor(`model ${id} at ${revision}`, id, options);
    const url = `api/models/${encodeId(id)}/revision/${encodeURIComponent(revision)}?blobs=true`;
    const text = await retry(() => this.#text(url, request), { ...options, delaysMs: this.#delaysMs });
    try {
      return parseHubModel(text, id, request.page);
    } catch (cause) {
      throw this.#oddAnswer(request, cause);
    }
  }

  /**
   * Brings a file to `path`, checked against the hash that the hub states.
   * @param path in a folder that exists. `path` with `.part` and `.part.json` at its end are used on the way.
   * @throws HubError; the signal's reason, after which the next call goes on where this one ended
   */
  async download(
    model: HubModel,
    file: HubFile,
    path: string,
    options: HubRequestOptions = {},
  ): Promise<void> {
    const request = this.#requestFor(`${file.path} of ${model.id}`, model.id, options);
    if (!file.content) {
      const message = `${this.host} states no checksum for ${request.subject}, so it cannot be trusted: choose another model.`;
      throw new HubError('hub_answer_invalid', message);
    }
    const encoded = file.path.split('/').map(encodeURIComponent).join('/');
    const url = `${encodeId(model.id)}/resolve/${model.revision}/${encoded}`;
    const downloadOptions = { ...options, delaysMs: this.#delaysMs };
    await downloadFile(this.#connection, url, path, file.content, request, downloadOptions);
  }

  #requestFor(subject: string, id: string, { signal }: HubRequestOptions): HubRequest {
    return { subject, page: this.#connection.address(encodeId(id)), signal };
  }

  async #text(url: string, request: HubRequest): Promise<string> {
    const answer = await this.#connection.get(url, request);
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    try {
      for await (const chunk of answer.body) {
        bytes += chunk.length;
        if (bytes > MAX_ANSWER_BYTES) throw this.#oddAnswer(request);
        chunks.push(chunk);
      }
    } finally {
      await answer.close();
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  #oddAnswer({ subject }: HubRequest, cause?: unknown): HubError {
    const message = `What ${this.host} says of ${subject} is not what a model hub would say. Check RIFFCORD_HUB_URL.`;
    return new HubError('hub_answer_invalid', message, { cause });
  }
}

/** True for owner and name as the hub allows them. */
export function isHubId(text: string): boolean {
  return /^[A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9_][\w.-]{0,95}$/.test(text) && !text.includes('..');
}

function encodeId(id: string): string {
  return id.split('/').map(encodeURIComponent).join('/');
}
