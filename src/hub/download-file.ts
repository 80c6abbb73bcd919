/** One file from the hub to the disk, through broken connections and over several runs. */
import { stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';

import { hashFor } from './content-hash.js';
import type { ExpectedContent } from './content-hash.js';
import type { HubAnswer, HubConnection, HubRequest } from './hub-connection.js';
import { HubError } from './hub-error.js';
import { PartFile } from './part-file.js';
import { retry } from './retry.js';
import type { RetryOptions } from './retry.js';

export interface DownloadOptions extends Pick<RetryOptions, 'delaysMs' | 'onRetry'> {
  /** Hears how many bytes of the file are there; it may become less when the download begins again. */
  readonly onBytes?: ((count: number) => void) | undefined;
}

/**
 * @param url relative to the hub
 * @param path of the file to write, in a folder that exists; not touched when its content is right already
 * @throws HubError; the signal's reason, after which the next run goes on where this one ended
 */
export async function downloadFile(
  connection: HubConnection,
  url: string,
  path: string,
  expected: ExpectedContent,
  request: HubRequest,
  options: DownloadOptions,
): Promise<void> {
  if (await holds(path, expected, request.signal)) {
    options.onBytes?.(expected.bytes);
    return;
  }
  const part = await PartFile.open(path, expected);
  try {
    const attempt = async (): Promise<void> => {
      await receive(connection, url, part, expected, request, options);
      await part.finish();
    };
    await retry(attempt, { ...options, signal: request.signal, progress: () => part.length });
  } catch (error) {
    if (error instanceof HubError && error.code === 'download_corrupt') await part.restart();
    throw error;
  } finally {
    await part.close();
  }
}

/** True when an earlier run has finished the file. */
async function holds(
  path: string,
  expected: ExpectedContent,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isFile() || stats.size !== expected.bytes) return false;
  const hash = hashFor(expected);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    signal?.throwIfAborted();
    hash.update(chunk);
  }
  return hash.digest('hex') === expected.hash;
}

/** Asks for what is still missing and takes it in. */
async function receive(
  connection: HubConnection,
  url: string,
  part: PartFile,
  expected: ExpectedContent,
  request: HubRequest,
  { onBytes }: DownloadOptions,
): Promise<void> {
  onBytes?.(part.length);
  if (part.length === expected.bytes) return;
  const answer = await connection.get(url, { ...request, headers: rangeHeaders(part) });
  try {
    await settleStart(answer, part, expected, request);
    for await (const chunk of answer.body) {
      await part.append(chunk);
      onBytes?.(part.length);
    }
  } finally {
    await answer.close();
  }
  if (part.length < expected.bytes) {
    const message = `${request.subject} ended after ${part.length} of ${expected.bytes} bytes. Run the command again: what has arrived is kept.`;
    throw new HubError('hub_unreachable', message, { isTransient: true });
  }
}

/** From where the part ends, on condition that the file is still the same; else the whole file. */
function rangeHeaders({ length, etag }: PartFile): Record<string, string> {
  if (length === 0) return {};
  // A weak tag does not promise the same bytes; the checksum at the end would tell, at the price of a whole download.
  const isStrong = etag !== undefined && !etag.startsWith('W/');
  return { range: `bytes=${length}-`, ...(isStrong && { 'if-range': etag }) };
}

/** Brings the part to where the answer begins. @throws HubError, transient, when the two do not go together */
async function settleStart(
  answer: HubAnswer,
  part: PartFile,
  expected: ExpectedContent,
  { subject }: HubRequest,
): Promise<void> {
  const etag = answer.headers.get('etag') ?? undefined;
  if (answer.status !== 206) {
    if (part.length > 0) await part.restart();
    checkLength(answer, expected, subject);
    return part.noteEtag(etag);
  }
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(answer.headers.get('content-range') ?? '');
  const isNext = range !== null && Number(range[1]) === part.length;
  const isSameSize = range?.[2] === '*' || Number(range?.[2]) === expected.bytes;
  const isSameFile = part.etag === undefined || etag === undefined || part.etag === etag;
  if (isNext && isSameSize && isSameFile) return;
  await part.restart();
  const message = `${subject} is not the file that it was when its download began. Run the command again.`;
  throw new HubError('hub_answer_invalid', message, { isTransient: true });
}

function checkLength({ headers }: HubAnswer, { bytes }: ExpectedContent, subject: string): void {
  const announced = headers.get('content-length');
  if (announced === null || headers.has('content-encoding') || Number(announced) === bytes) return;
  const message = `${subject} comes with ${announced} bytes instead of ${bytes}. Run the command again later.`;
  throw new HubError('download_corrupt', message, { isTransient: true });
}
