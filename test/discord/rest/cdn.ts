import type { IncomingMessage, ServerResponse } from 'node:http';
import { isGoodSignature } from '../payloads/cdn-urls.js';
import type { World } from '../state/world.js';

/** Whether a request is for a file. */
export function isCdnRequest(request: IncomingMessage): boolean {
  return request.method === 'GET' && request.url?.startsWith('/attachments/') === true;
}

/** Sends a file to whoever has a good address. */
export function serveFile(world: World, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', world.origin);
  const attachment = world.attachments.get(url.pathname.split('/')[3] ?? '');
  if (attachment === undefined || !isGoodSignature(world, url.pathname, url.searchParams)) {
    response.writeHead(404, { 'content-type': 'text/plain' });
    response.end('This content is no longer available.');
    return;
  }
  if (attachment.served !== undefined) {
    response.writeHead(attachment.served.status, attachment.served.headers);
    response.end(attachment.served.body);
    return;
  }
  response.writeHead(200, {
    'content-type': attachment.contentType ?? 'application/octet-stream',
    'content-length': attachment.bytes.length,
  });
  response.end(attachment.bytes);
}
