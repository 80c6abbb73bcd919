import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { CdnAttachmentSource } from '../../src/app/cdn-attachment-source.js';

const MAX_BYTES = 100_000;

let server: Server;
let origin: string;
let answer: RequestListener;
let asked: string[];

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('CdnAttachmentSource', () => {
  it('gives a file byte for byte', async () => {
    const bytes = Buffer.from(Array.from({ length: MAX_BYTES }, (_, i) => i % 256));
    answer = (_request, response) => response.end(bytes);
    expect(Buffer.from(await fetchFrom('/attachments/1/2/a.png?ex=1&is=2&hm=3'))).toEqual(bytes);
    expect(asked).toEqual(['/attachments/1/2/a.png?ex=1&is=2&hm=3']);
  });

  it.each([
    'http://cdn.discordapp.com/attachments/1/2/a.png',
    'https://cdn.discordapp.com:8443/attachments/1/2/a.png',
    'https://cdn.discordapp.com.example.com/attachments/1/2/a.png',
    'https://cdn.discordapp.com@127.0.0.1/attachments/1/2/a.png',
    'https://me:secret@cdn.discordapp.com/attachments/1/2/a.png',
    'https://cdn.discordapp.com/avatars/1/2.png',
    'https://cdn.discordapp.com/attachments/../avatars/1.png',
    'https://127.0.0.1/attachments/1/2/a.png',
    'https://[::1]/attachments/1/2/a.png',
    'https://169.254.169.254/attachments/latest/meta-data',
    'file:///attachments/etc/passwd',
    'data:image/png;base64,AAAA',
    '/attachments/1/2/a.png',
    '',
  ])('never asks for %s', async (url) => {
    await expect(new CdnAttachmentSource().fetch({ url })).rejects.toMatchObject({
      code: 'address_forbidden',
    });
  });

  it('asks nothing but the place that was set for it', async () => {
    const strange = `${origin}/attachments/1/2/a.png`;
    await expect(new CdnAttachmentSource().fetch({ url: strange })).rejects.toMatchObject({
      code: 'address_forbidden',
    });
    expect(asked).toEqual([]);
  });

  it('follows no redirect, not even to the same place', async () => {
    answer = (request, response) => {
      if (request.url?.includes('there')) response.end('secret');
      else response.writeHead(302, { location: `${origin}/attachments/1/2/there.png` }).end();
    };
    await expect(fetchFrom('/attachments/1/2/here.png')).rejects.toMatchObject({ code: 'file_unreachable' });
    expect(asked).toHaveLength(1);
  });

  it('refuses a file that is declared too large before it asks for it', async () => {
    await expect(fetchFrom('/attachments/1/2/a.png', MAX_BYTES + 1)).rejects.toMatchObject({
      code: 'file_too_large',
    });
    expect(asked).toEqual([]);
  });

  it('refuses a file that says it is too large', async () => {
    answer = (_request, response) => response.writeHead(200, { 'content-length': MAX_BYTES + 1 }).write('x');
    await expect(fetchFrom('/attachments/1/2/a.png')).rejects.toMatchObject({ code: 'file_too_large' });
  });

  it('stops reading a file that has no end', async () => {
    let sent = 0;
    answer = (_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384))) sent += 16_384;
      };
      response.on('drain', more);
      more();
    };
    await expect(fetchFrom('/attachments/1/2/a.png', 10)).rejects.toMatchObject({ code: 'file_too_large' });
    expect(sent).toBeLessThan(100 * MAX_BYTES);
  });

  it('gives up on a file that does not come', async () => {
    answer = (_request, response) => response.writeHead(200).write('x');
    await expect(fetchFrom('/attachments/1/2/a.png')).rejects.toMatchObject({ code: 'file_unreachable' });
  });

  it('fetches no more than two files at a time, and every one in the end', async () => {
    let open = 0;
    let most = 0;
    answer = (_request, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open -= 1;
        response.end('x');
      }, 20);
    };
    const source = new CdnAttachmentSource({ origins: [origin] });
    const files = Array.from({ length: 6 }, (_, i) =>
      source.fetch({ url: `${origin}/attachments/1/2/${i}` }),
    );
    expect(await Promise.all(files)).toHaveLength(6);
    expect(most).toBe(2);
  });

  it.each([
    [403, 'file_gone'],
    [404, 'file_gone'],
    [500, 'file_unreachable'],
    [204, undefined],
  ])('says of the status %i: %s', async (status, code) => {
    answer = (_request, response) => response.writeHead(status).end();
    const fetching = fetchFrom('/attachments/1/2/a.png');
    if (code === undefined) expect(await fetching).toHaveLength(0);
    else await expect(fetching).rejects.toMatchObject({ code });
  });
});

function fetchFrom(path: string, size?: number): Promise<Uint8Array> {
  const source = new CdnAttachmentSource({ origins: [origin], maxBytes: MAX_BYTES, timeoutMs: 500 });
  return source.fetch({ url: origin + path, size });
}
