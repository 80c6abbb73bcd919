import { QueueError } from '../errors.js';

/** A command that got no answer in time: whether it was carried out is not known. */
export class RedisTimeout extends Error {
  override readonly name = 'RedisTimeout';
}

const NO_ANSWER = 'the queue’s server does not answer. Please try again in a minute.';

/** What the beginning of a server's error, or the code of a system's, means to people. */
const REASONS: readonly (readonly [beginning: RegExp, reason: string])[] = [
  [
    /^OOM/,
    'the memory of the queue’s server is full. Make some room, or raise its maxmemory, and try again.',
  ],
  [
    /^READONLY/,
    'the queue’s server may only be read from (it is a replica). Use the address of the one that is written to.',
  ],
  [/^MISCONF/, 'the queue’s server cannot write to its disk. Make some room there and try again.'],
  [/^(NOAUTH|WRONGPASS)/, 'the queue’s server refuses the password. Correct it in the server’s address.'],
  [
    /^NOPERM/,
    'the queue’s server does not allow this user to do so. Give the user all commands on the queue’s keys.',
  ],
  [/^LOADING/, 'the queue’s server is still starting. Please try again in a minute.'],
  [
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)/,
    'nothing listens at its address. Start the server, or correct the address.',
  ],
  [/^(ENOTFOUND|EAI_AGAIN)/, 'the name of its machine is not known. Correct the address.'],
  [/^(ECONNRESET|EPIPE|ETIMEDOUT|Connection is closed)/, NO_ANSWER],
];

/** The error as a QueueError that says what could not be done, why, and what to do. */
export function redisFailure(what: string, cause: unknown): QueueError {
  if (cause instanceof QueueError) return cause;
  return new QueueError('storage_failed', `${what}: ${reasonOf(cause)}`, { cause });
}

/** Rejects with RedisTimeout when there is no answer in time. What comes later is nobody's business any more. */
export async function withinTime<T>(answer: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    const error = new RedisTimeout(`No answer within ${milliseconds} ms.`);
    timer = setTimeout(() => reject(error), milliseconds);
  });
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function reasonOf(cause: unknown): string {
  if (cause instanceof RedisTimeout) return NO_ANSWER;
  const { code = '', message = '' } = (cause ?? {}) as { code?: unknown; message?: string };
  const found = REASONS.find(([beginning]) => beginning.test(String(code)) || beginning.test(message));
  return found?.[1] ?? `the queue’s server says “${message}”. Please try again later.`;
}
