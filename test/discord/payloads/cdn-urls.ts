import { createHmac } from 'node:crypto';
import type { Attachment } from '../state/attachment.js';
import type { World } from '../state/world.js';

/** How long the address of a file can be used. */
const LIFETIME_MS = 24 * 60 * 60_000;
const SIGNING_KEY = 'local-discord';

/** The signed address of a file; it expires after a day, as Discord's do. */
export function cdnUrl(world: World, attachment: Attachment): string {
  const issued = Math.floor(world.clock.now() / 1000);
  const expires = issued + LIFETIME_MS / 1000;
  const path = cdnPath(attachment);
  const query = { ex: expires.toString(16), is: issued.toString(16), hm: '' };
  query.hm = sign(path, query.ex, query.is);
  return `${world.origin}${path}?${new URLSearchParams(query).toString()}&`;
}

/** Whether an address has been signed by `cdnUrl` and is still good. */
export function isGoodSignature(world: World, path: string, query: URLSearchParams): boolean {
  const ex = query.get('ex') ?? '';
  const is = query.get('is') ?? '';
  if (query.get('hm') !== sign(path, ex, is)) return false;
  return Number.parseInt(ex, 16) * 1000 > world.clock.now();
}

function cdnPath({ channelId, id, filename }: Attachment): string {
  return `/attachments/${channelId}/${id}/${encodeURIComponent(filename)}`;
}

function sign(path: string, ex: string, is: string): string {
  return createHmac('sha256', SIGNING_KEY).update(`${path}\n${ex}\n${is}`).digest('hex');
}
