import type { LocalDiscord } from '../local-discord.js';

/** An answer of the REST API. */
export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Discord's own error code; 0 where there is none. */
  readonly code: number;
  readonly body: Record<string, unknown>;
}

/** A file for the part `files[n]`. */
export interface RestFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type?: string;
}

/** Sends requests as a careless bot would: without any check or wait of a library. */
export class RestClient {
  readonly #discord: LocalDiscord;
  readonly #token: string;

  constructor(discord: LocalDiscord, token = discord.token) {
    this.#discord = discord;
    this.#token = token;
  }

  async send(
    method: string,
    path: string,
    json?: unknown,
    files: readonly RestFile[] = [],
  ): Promise<RestAnswer> {
    const { type, body } = encode(json, files);
    const response = await fetch(`${this.#discord.apiUrl}/v10${path}`, {
      method,
      headers: {
        authorization: `Bot ${this.#token}`,
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const parsed = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    const code = typeof parsed['code'] === 'number' ? parsed['code'] : 0;
    return { status: response.status, headers: response.headers, code, body: parsed };
  }
}

function encode(json: unknown, files: readonly RestFile[]): { type?: string; body?: string | FormData } {
  if (files.length === 0) {
    return json === undefined ? {} : { type: 'application/json', body: JSON.stringify(json) };
  }
  const form = new FormData();
  form.set('payload_json', JSON.stringify(json ?? {}));
  for (const [index, { bytes, name, type }] of files.entries()) {
    form.set(`files[${index}]`, new Blob([bytes], { type: type ?? 'application/octet-stream' }), name);
  }
  return { body: form };
}
