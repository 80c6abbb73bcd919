/** HTTP to the hub: one request at a time, redirects followed by hand, the token kept to the hub's own address. */
import { errorOfStatus } from './error-of-status.js';
import { HubError } from './hub-error.js';
import { IdleSignal } from './idle-signal.js';
import { maySeeToken } from './may-see-token.js';

export interface HubConnectionOptions {
  /** Address of the hub, for example https://huggingface.co. */
  readonly baseUrl: string;
  /** Access token for gated and private models. @defaultValue none */
  readonly token?: string | undefined;
  /** How the program calls itself to the hub. */
  readonly userAgent: string;
  /** Milliseconds without a byte after which a connection counts as broken. @defaultValue 30,000 */
  readonly idleTimeoutMs?: number | undefined;
}

export interface HubRequest {
  /** What is asked for, in words for messages: `model a/b`, `unet/config.json of a/b`. */
  readonly subject: string;
  /** The page of the model, where people may accept its terms. */
  readonly page: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** An answer whose status is one of success. */
export interface HubAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** @throws HubError `hub_unreachable`, transient, when the connection breaks; the signal's reason */
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the connection; to be called when the body is not read to its end. */
  close(): Promise<void>;
}

const MAX_REDIRECTS = 5;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
const DEFAULT_IDLE_TIMEOUT_MS = 30_000;

export class HubConnection {
  readonly #base: URL;
  readonly #options: HubConnectionOptions;

  constructor(options: HubConnectionOptions) {
    this.#base = new URL(options.baseUrl.endsWith('/') ? options.baseUrl : `${options.baseUrl}/`);
    this.#options = options;
  }

  /** For messages: the hub without path and credentials. */
  get host(): string {
    return this.#base.host;
  }

  /** @param path relative to the hub's address, encoded */
  address(path: string): string {
    return new URL(path, this.#base).href;
  }

  /** @throws HubError; the signal's reason */
  async get(path: string, request: HubRequest): Promise<HubAnswer> {
    const idle = new IdleSignal(this.#options.idleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS, request.signal);
    try {
      const response = await this.#follow(new URL(path, this.#base), request, idle.signal);
      return answerOf(response, idle, (cause) => this.#broken(cause, request));
    } catch (cause) {
      idle.dispose();
      throw this.#broken(cause, request);
    }
  }

  async #follow(url: URL, request: HubRequest, signal: AbortSignal): Promise<Response> {
    let at = url;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      const response = await fetch(at, { headers: this.#headers(at, request), redirect: 'manual', signal });
      const location = REDIRECTS.includes(response.status) ? response.headers.get('location') : null;
      if (location === null) return await this.#successOf(response, at, request);
      await response.body?.cancel();
      at = this.#next(location, at, request);
    }
    throw this.#odd(request, 'it redirects without end');
  }

  #headers(url: URL, { headers }: HubRequest): Record<string, string> {
    const { token, userAgent } = this.#options;
    return {
      ...headers,
      'user-agent': userAgent,
      'accept-encoding': 'identity',
      ...(token !== undefined && maySeeToken(url, this.#base) && { authorization: `Bearer ${token}` }),
    };
  }

  async #successOf(response: Response, url: URL, request: HubRequest): Promise<Response> {
    if (response.ok) return response;
    await response.body?.cancel();
    throw errorOfStatus(response, {
      host: this.host,
      subject: request.subject,
      page: request.page,
      hasToken: this.#options.token !== undefined,
      isHub: url.origin === this.#base.origin,
    });
  }

  #next(location: string, from: URL, request: HubRequest): URL {
    const isUrl = URL.canParse(location, from.href);
    const url = isUrl ? new URL(location, from) : undefined;
    if (url?.protocol === 'https:' || (url?.protocol === 'http:' && from.protocol === 'http:')) return url;
    throw this.#odd(request, 'it redirects to an address that is not safe to follow');
  }

  #odd({ subject }: HubRequest, reason: string): HubError {
    const message = `${this.host} answers oddly for ${subject}: ${reason}. Check RIFFCORD_HUB_URL, or try again later.`;
    return new HubError('hub_answer_invalid', message);
  }

  /** What failed, as an error of ours. */
  #broken(cause: unknown, { signal, subject }: HubRequest): unknown {
    if (signal?.aborted) return signal.reason;
    if (cause instanceof HubError) return cause;
    const message =
      `The connection to ${this.host} failed (${reasonOf(cause)}) for ${subject}. ` +
      'Check the network and run the command again: what has arrived is kept.';
    return new HubError('hub_unreachable', message, { cause, isTransient: true });
  }
}

function answerOf(response: Response, idle: IdleSignal, broken: (cause: unknown) => unknown): HubAnswer {
  const { status, headers, body } = response;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
        idle.touch();
        yield chunk;
        idle.touch();
      }
    } catch (cause) {
      throw broken(cause);
    } finally {
      idle.dispose();
    }
  }
  const close = async (): Promise<void> => {
    idle.dispose();
    if (body?.locked === false) await body.cancel().catch(() => undefined);
  };
  return { status, headers, body: chunks(), close };
}

/** The system's own word for it, such as ECONNREFUSED, which names neither paths nor secrets. */
function reasonOf(cause: unknown): string {
  for (let error = cause; error instanceof Error; error = error.cause) {
    if (error.name === 'TimeoutError') return 'no answer in time';
    if ('code' in error && typeof error.code === 'string') return error.code;
  }
  return 'it was cut';
}
