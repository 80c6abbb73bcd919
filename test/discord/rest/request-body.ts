import busboy from 'busboy';
import type { IncomingMessage } from 'node:http';
import { refusals } from '../rules/api-error.js';
import { REQUEST_SIZE_LIMIT } from '../rules/file-rules.js';
import type { UploadedFile } from '../rules/file-rules.js';
import { refuseField } from '../rules/form.js';

/** The body of a request. */
export interface RequestBody {
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
}

/**
 * Reads a body of JSON, or of multipart/form-data with `payload_json` and `files[n]`.
 *
 * @throws ApiError 40005 above 25 MiB, 50109 and 50035 for what cannot be read
 */
export async function readRequestBody(request: IncomingMessage): Promise<RequestBody> {
  const bytes = await readAll(request);
  if (bytes.length > REQUEST_SIZE_LIMIT) throw refusals.requestTooLarge();
  const contentType = request.headers['content-type'] ?? '';
  if (contentType.startsWith('multipart/form-data')) return readMultipart(bytes, contentType);
  return { json: bytes.length === 0 ? undefined : parseJson(bytes.toString('utf8')), files: [] };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusals.invalidJson();
  }
}

async function readMultipart(bytes: Buffer, contentType: string): Promise<RequestBody> {
  const { fields, files } = await splitMultipart(bytes, contentType);
  const payload = fields.get('payload_json');
  for (const name of fields.keys()) {
    if (name !== 'payload_json') refuseField([name], 'BASE_TYPE_INVALID', 'Fields go into payload_json.');
  }
  return { json: payload === undefined ? {} : parseJson(payload), files };
}

interface MultipartParts {
  readonly fields: Map<string, string>;
  readonly files: UploadedFile[];
}

function splitMultipart(bytes: Buffer, contentType: string): Promise<MultipartParts> {
  const fields = new Map<string, string>();
  const files: UploadedFile[] = [];
  return new Promise((resolve, reject) => {
    const parser = busboy({
      headers: { 'content-type': contentType },
      limits: { fieldSize: REQUEST_SIZE_LIMIT },
      defParamCharset: 'utf8',
    });
    parser.on('field', (name, value) => fields.set(name, value));
    parser.on('file', (name, stream, info) => {
      const index = Number(/^files\[(\d+)\]$/.exec(name)?.[1] ?? files.length);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        files.push({
          index,
          filename: info.filename ?? 'unknown',
          contentType: info.mimeType,
          bytes: Buffer.concat(chunks),
        });
      });
    });
    parser.on('close', () => resolve({ fields, files }));
    parser.on('error', reject);
    parser.end(bytes);
  });
}
