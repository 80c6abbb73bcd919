import { HubError } from './hub-error.js';

/** What was asked, and of whom. */
export interface AskedOf {
  readonly host: string;
  readonly subject: string;
  readonly page: string;
  readonly hasToken: boolean;
  /** False for the host that the hub has redirected to. */
  readonly isHub: boolean;
}

/** Statuses after which the same request may succeed. */
const BUSY: readonly number[] = [408, 425, 429, 500, 502, 503, 504];
/** Milliseconds: whoever asks for a longer wait is told to the user instead. */
const MAX_WAIT_MS = 120_000;

/** The meaning of a status that is none of success. */
export function errorOfStatus({ status, headers }: Response, asked: AskedOf): HubError {
  const hubCode = headers.get('x-error-code');
  if (BUSY.includes(status)) return busy(status, headers.get('retry-after'), asked);
  // The addresses that the hub redirects to are signed for a while only; it signs new ones when asked again.
  if (!asked.isHub) return busy(status, null, asked);
  if (hubCode === 'GatedRepo' || status === 403) return refused(asked);
  if (status === 401) return hidden(asked);
  if (status === 404) {
    const message = `${asked.host} has no ${asked.subject}: check the name and the revision at ${asked.page}.`;
    return new HubError('hub_not_found', message);
  }
  const message = `${asked.host} answers ${status} for ${asked.subject}. Check RIFFCORD_HUB_URL, or try again later.`;
  return new HubError('hub_answer_invalid', message);
}

function busy(status: number, retryAfter: string | null, { host, subject }: AskedOf): HubError {
  const retryAfterMs = waitOf(retryAfter);
  if (retryAfterMs !== undefined && retryAfterMs > MAX_WAIT_MS) {
    const minutes = Math.ceil(retryAfterMs / 60_000);
    const message = `${host} asks to wait ${minutes} minutes before ${subject} is asked for again: run the command then.`;
    return new HubError('hub_busy', message);
  }
  const message = `${host} could not answer for ${subject} (status ${status}). Run the command again later: what has arrived is kept.`;
  return new HubError('hub_busy', message, { isTransient: true, retryAfterMs });
}

function refused({ host, subject, page, hasToken }: AskedOf): HubError {
  const token = hasToken
    ? 'and check that the token in HF_TOKEN belongs to that account and may read gated models'
    : 'then put an access token of that account in HF_TOKEN';
  const message = `${host} gives ${subject} only to those who accepted its terms: sign in and accept them at ${page}, ${token}.`;
  return new HubError('hub_refused', message);
}

/** The hub does not tell strangers whether a model is private or does not exist. */
function hidden({ host, subject, page, hasToken }: AskedOf): HubError {
  const token = hasToken
    ? 'the token in HF_TOKEN may be wrong or expired'
    : 'a gated or private one needs an access token in HF_TOKEN';
  const message = `${host} does not show ${subject}: check the name at ${page}; ${token}.`;
  return new HubError('hub_refused', message);
}

/** Milliseconds of a Retry-After header, be it seconds or a date; undefined when it says nothing sensible. */
function waitOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  const ms = /^\d+$/.test(retryAfter) ? 1000 * Number(retryAfter) : Date.parse(retryAfter) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
