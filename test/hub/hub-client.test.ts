import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { HubClient, isHubId } from '../../src/hub/hub-client.js';
import type { HubFile, HubModel } from '../../src/hub/hub-model.js';
import { breakAfter, COMMIT, cutAfter, giveRange, MODEL, sha256Of, SIGNATURE, withHub } from './fake-hub.js';
import type { Cut, FakeHub } from './fake-hub.js';

const WEIGHTS = 'unet/diffusion_pytorch_model.safetensors';
const CONFIG = 'unet/config.json';
const weights = randomBytes(3_000_000);
const TOKEN = 'hf_very_secret_token';

describe('HubClient.describe', () => {
  it('gives commit, licence and files, with SHA-256 of the large and git’s hash of the small ones', () =>
    withModel(async ({ hub, client }) => {
      hub.answer = { gated: 'auto' };
      const model = await client.describe(MODEL, 'main');
      expect(model).toMatchObject({
        id: MODEL,
        revision: COMMIT,
        licence: 'creativeml-openrail-m',
        licenceUrl: `${hub.url}/${MODEL}`,
        isGated: true,
      });
      const hash = sha256Of(weights);
      expect(fileOf(model, WEIGHTS).content).toEqual({ bytes: weights.length, algorithm: 'sha256', hash });
      // As `printf '{"sample_size":64}' | git hash-object --stdin` prints it.
      const blob = '641940e0ede1d705c86fa4ff8fcffe5cc6b41988';
      const expected = { bytes: 18, algorithm: 'git-blob-sha1', hash: blob };
      expect(fileOf(model, CONFIG).content).toEqual(expected);
    }));

  it('names a licence of the author’s own, and its page', () =>
    withModel(async ({ hub, client }) => {
      const license_link = 'https://example.org/licence';
      hub.answer = { tags: ['license:other'], cardData: { license_name: 'beat-licence', license_link } };
      const model = await client.describe(MODEL, 'main');
      expect(model).toMatchObject({ licence: 'beat-licence', licenceUrl: license_link });
    }));

  it('leaves out names that would lead somewhere else', () =>
    withModel(async ({ hub, client }) => {
      const names = [
        '../../etc/passwd',
        '/etc/passwd',
        'unet/../../x',
        'a\\b',
        'a//b',
        './a',
        'a\0b',
        CONFIG,
      ];
      hub.answer = { siblings: names.map((rfilename) => ({ rfilename, size: 1, blobId: COMMIT })) };
      const model = await client.describe(MODEL, 'main');
      expect(model.files.map(({ path }) => path)).toEqual([CONFIG]);
    }));

  it.each([
    ['no commit', { sha: 'main' }],
    ['no files', { siblings: undefined }],
    ['files without end', { siblings: Array.from({ length: 20_001 }, (_, i) => ({ rfilename: `${i}` })) }],
    ['a size below nothing', { siblings: [{ rfilename: 'a', size: -1 }] }],
    ['an answer larger than any', { padding: 'x'.repeat(9_000_000) }],
  ])('does not believe %s', (_, answer) =>
    withModel(async ({ hub, client }) => {
      hub.answer = answer;
      await expect(client.describe(MODEL, 'main')).rejects.toMatchObject({
        code: 'hub_answer_invalid',
        message: expect.stringMatching(
          /is not what a model hub would say\. Check RIFFCORD_HUB_URL\.$/,
        ) as string,
      });
    }),
  );

  it('does not believe an answer that is no JSON', () =>
    withModel(async ({ hub, client }) => {
      hub.interfere = (_, response) => end(response, 200, {}, '<html>Welcome to the hotel network</html>');
      await expect(client.describe(MODEL, 'main')).rejects.toMatchObject({ code: 'hub_answer_invalid' });
    }));

  it('says that there is no such model', () =>
    withModel(async ({ client }) => {
      await expect(client.describe('nobody/nothing', 'main')).rejects.toMatchObject({
        code: 'hub_not_found',
        message: expect.stringMatching(
          /has no model nobody\/nothing at main: check the name and the revision at http/,
        ) as string,
      });
    }));

  it.each([
    [
      401,
      'RepoNotFound',
      undefined,
      /does not show .*a gated or private one needs an access token in HF_TOKEN\.$/,
    ],
    [401, 'RepoNotFound', TOKEN, /the token in HF_TOKEN may be wrong or expired\.$/],
    [
      401,
      'GatedRepo',
      undefined,
      /accept them at http.*, then put an access token of that account in HF_TOKEN\.$/,
    ],
    [403, 'GatedRepo', TOKEN, /check that the token in HF_TOKEN belongs to that account/],
  ])('says what is missing when the hub answers %i %s (token: %s)', (status, code, token, sentence) =>
    withModel(async ({ hub }) => {
      hub.interfere = (_, response) => end(response, status, { 'x-error-code': code });
      const client = clientOf(hub, { token });
      const error = await client.describe(MODEL, 'main').catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        code: 'hub_refused',
        message: expect.stringMatching(sentence) as string,
      });
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(TOKEN);
      expect(hub.requests).toHaveLength(1);
    }),
  );

  it('tries again when the hub is busy, as soon as it allows', () =>
    withModel(async ({ hub, client }) => {
      const statuses = [429, 503, 502];
      hub.interfere = (_, response) => {
        const status = statuses.shift();
        return status !== undefined && end(response, status, { 'retry-after': '0' });
      };
      expect((await client.describe(MODEL, 'main')).revision).toBe(COMMIT);
      expect(hub.requests).toHaveLength(4);
    }));

  it('waits as long as Retry-After says, in seconds or until a date', () =>
    withModel(async ({ hub, client }) => {
      const waits: number[] = [];
      const inAMoment = new Date(Date.now() + 1500).toUTCString();
      const answers = ['1', inAMoment];
      hub.interfere = (_, response) => {
        const retryAfter = answers.shift();
        return retryAfter !== undefined && end(response, 429, { 'retry-after': retryAfter });
      };
      await client.describe(MODEL, 'main', { onRetry: (_, delayMs) => waits.push(delayMs) });
      expect(waits[0]).toBe(1000);
      expect(waits[1]).toBeGreaterThanOrEqual(0);
      expect(waits[1]).toBeLessThanOrEqual(1500);
    }));

  it('tells people of a wait that is longer than they would sit through', () =>
    withModel(async ({ hub, client }) => {
      hub.interfere = (_, response) => end(response, 429, { 'retry-after': '3600' });
      await expect(client.describe(MODEL, 'main')).rejects.toMatchObject({
        code: 'hub_busy',
        message: expect.stringMatching(/asks to wait 60 minutes/) as string,
      });
      expect(hub.requests).toHaveLength(1);
    }));

  it('gives up in the end', () =>
    withModel(async ({ hub, client }) => {
      hub.interfere = (_, response) => end(response, 500, {});
      await expect(client.describe(MODEL, 'main')).rejects.toMatchObject({ code: 'hub_busy' });
      expect(hub.requests).toHaveLength(4);
    }));

  it('says that nobody is there', () =>
    withModel(async ({ hub, client }) => {
      await hub.stop();
      const error = await client.describe(MODEL, 'main').catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        code: 'hub_unreachable',
        message: expect.stringMatching(
          /^The connection to 127\.0\.0\.1:\d+ failed \(ECONNREFUSED\) for /,
        ) as string,
      });
    }));

  it('does not wait for ever for an answer', () =>
    withModel(async ({ hub }) => {
      hub.interfere = () => true;
      const client = clientOf(hub, { idleTimeoutMs: 30 });
      await expect(client.describe(MODEL, 'main')).rejects.toMatchObject({
        message: expect.stringContaining('(no answer in time)') as string,
      });
    }));
});

describe('HubClient.download', () => {
  it('brings small and large files, whole and alone', () =>
    withModel(async ({ client, model, folder }) => {
      await client.download(model, fileOf(model, CONFIG), join(folder, 'config.json'));
      const counts: number[] = [];
      const onBytes = (count: number): unknown => counts.push(count);
      await client.download(model, fileOf(model, WEIGHTS), join(folder, 'weights'), { onBytes });
      expect(await readFile(join(folder, 'config.json'), 'utf8')).toBe('{"sample_size":64}');
      expect(await hashAt(join(folder, 'weights'))).toBe(sha256Of(weights));
      expect(await readdir(folder)).toEqual(['config.json', 'weights']);
      expect(counts[0]).toBe(0);
      expect(counts.at(-1)).toBe(weights.length);
    }));

  it('shows the token to the hub, and to nobody that it redirects to', () =>
    withModel(async ({ hub, model, folder }) => {
      hub.token = TOKEN;
      const client = clientOf(hub, { token: TOKEN });
      await client.download(model, fileOf(model, CONFIG), join(folder, 'config.json'));
      await client.download(model, fileOf(model, WEIGHTS), join(folder, 'weights'));
      const shownTo = (server: string) =>
        hub.requests.filter((seen) => seen.server === server).map((seen) => seen.headers.authorization);
      expect(new Set(shownTo('cdn'))).toEqual(new Set([undefined]));
      expect(shownTo('hub').slice(-3)).toEqual([`Bearer ${TOKEN}`, `Bearer ${TOKEN}`, `Bearer ${TOKEN}`]);
    }));

  it('goes on where a broken connection ended, on condition that the file is the same', () =>
    withModel(async ({ hub, client, model, folder }) => {
      cutOnce(hub, 1_000_000, join(folder, 'weights'));
      await client.download(model, fileOf(model, WEIGHTS), join(folder, 'weights'));
      expect(await hashAt(join(folder, 'weights'))).toBe(sha256Of(weights));
      const [first, second] = hub.requests.filter(({ server }) => server === 'cdn');
      expect(first?.headers.range).toBeUndefined();
      expect(second?.headers).toMatchObject({
        range: 'bytes=1000000-',
        'if-range': `"${sha256Of(weights)}"`,
      });
    }));

  it('goes on in another run where an earlier one was ended', () =>
    withModel(async ({ hub, model, folder }) => {
      cutOnce(hub, 1_000_000, join(folder, 'weights'));
      const impatient = clientOf(hub, { retryDelaysMs: [] });
      const path = join(folder, 'weights');
      await expect(impatient.download(model, fileOf(model, WEIGHTS), path)).rejects.toMatchObject({
        code: 'hub_unreachable',
        message: expect.stringMatching(/what has arrived is kept\.$/) as string,
      });
      expect((await stat(`${path}.part`)).size).toBe(1_000_000);
      const counts: number[] = [];
      await impatient.download(model, fileOf(model, WEIGHTS), path, {
        onBytes: (count) => counts.push(count),
      });
      expect(counts[0]).toBe(1_000_000);
      expect(await hashAt(path)).toBe(sha256Of(weights));
    }));

  it('goes on after it was stopped by its caller', () =>
    withModel(async ({ hub, client, model, folder }) => {
      const path = join(folder, 'weights');
      const abort = new AbortController();
      const reason = new Error('Ctrl-C');
      hub.interfere = ({ server }, response) => {
        if (server !== 'cdn') return false;
        response.writeHead(200, { etag: '"1"', 'content-length': weights.length });
        response.write(weights.subarray(0, 500_000));
        return true;
      };
      const onBytes = (count: number): void => {
        if (count === 500_000) abort.abort(reason);
      };
      const options = { signal: abort.signal, onBytes };
      await expect(client.download(model, fileOf(model, WEIGHTS), path, options)).rejects.toBe(reason);
      hub.interfere = () => false;
      hub.etagOf = () => '"1"';
      await client.download(model, fileOf(model, WEIGHTS), path);
      expect(hub.requests.at(-1)?.headers.range).toBe('bytes=500000-');
      expect(await hashAt(path)).toBe(sha256Of(weights));
    }));

  it('asks for nothing that is there already, and for all of it when what is there is wrong', () =>
    withModel(async ({ hub, client, model, folder }) => {
      const path = join(folder, 'weights');
      await client.download(model, fileOf(model, WEIGHTS), path);
      const before = hub.requests.length;
      await client.download(model, fileOf(model, WEIGHTS), path);
      expect(hub.requests).toHaveLength(before);
      await truncate(path, 10);
      await client.download(model, fileOf(model, WEIGHTS), path);
      expect(await hashAt(path)).toBe(sha256Of(weights));
    }));

  it('begins again when the file changed in the middle: the hub tells by its etag', () =>
    withModel(async ({ hub, client, model, folder }) => {
      hub.interfere = ({ server }, response) => {
        if (server !== 'cdn') return false;
        hub.interfere = () => false;
        cutAfter({ ...cut(folder), content: Buffer.alloc(weights.length), etag: '"old"' }, response);
        return true;
      };
      await client.download(model, fileOf(model, WEIGHTS), join(folder, 'weights'));
      expect(await hashAt(join(folder, 'weights'))).toBe(sha256Of(weights));
      expect(hub.requests.at(-1)?.headers['if-range']).toBe('"old"');
    }));

  it('begins again when a server that knows no conditions has another file', () =>
    withModel(async ({ hub, client, model, folder }) => {
      let answers = 0;
      hub.interfere = ({ server, headers }, response) => {
        if (server !== 'cdn') return false;
        answers += 1;
        if (answers === 1) {
          cutAfter({ ...cut(folder), content: Buffer.alloc(weights.length), etag: '"old"' }, response);
        } else giveRange(weights, '"new"', { ...headers, 'if-range': undefined }, response);
        return true;
      };
      await client.download(model, fileOf(model, WEIGHTS), join(folder, 'weights'));
      expect(await hashAt(join(folder, 'weights'))).toBe(sha256Of(weights));
      expect(answers).toBe(3);
    }));

  it('takes the whole file from a server that knows no ranges', () =>
    withModel(async ({ hub, client, model, folder }) => {
      let answers = 0;
      hub.interfere = ({ server }, response) => {
        if (server !== 'cdn') return false;
        answers += 1;
        if (answers === 1) cutAfter({ ...cut(folder), etag: '"1"' }, response);
        else end(response, 200, { 'content-length': weights.length }, weights);
        return true;
      };
      await client.download(model, fileOf(model, WEIGHTS), join(folder, 'weights'));
      expect(await hashAt(join(folder, 'weights'))).toBe(sha256Of(weights));
    }));

  it('refuses a range that is not the one it asked for', () =>
    withModel(async ({ hub, client, model, folder }) => {
      let answers = 0;
      hub.interfere = ({ server }, response) => {
        if (server !== 'cdn' || (answers += 1) === 3) return false;
        if (answers === 1) cutAfter({ ...cut(folder), etag: '"1"' }, response);
        else end(response, 206, { 'content-range': `bytes 5-9/${weights.length}` }, 'wrong');
        return true;
      };
      await client.download(model, fileOf(model, WEIGHTS), join(folder, 'weights'));
      expect(await hashAt(join(folder, 'weights'))).toBe(sha256Of(weights));
    }));

  it('survives connections that break again and again, as long as they bring something', () =>
    withModel(async ({ hub, folder }) => {
      const large = randomBytes(9 * 2 ** 20);
      hub.addFile('large.safetensors', large, true);
      hub.interfere = ({ server, headers }, response) => {
        if (server !== 'cdn') return false;
        const start = Number(/\d+/.exec(headers.range ?? '0')?.[0]);
        const part = large.subarray(start, start + 2 ** 20 + 1);
        const range = `bytes ${start}-${large.length - 1}/${large.length}`;
        response.writeHead(206, { 'content-length': large.length - start, 'content-range': range });
        response.write(part);
        void breakAfter(start + part.length, join(folder, 'large'), response);
        return true;
      };
      const client = clientOf(hub, { retryDelaysMs: [1] });
      const model = await client.describe(MODEL, 'main');
      await client.download(model, fileOf(model, 'large.safetensors'), join(folder, 'large'));
      expect(sha256Of(await readFile(join(folder, 'large')))).toBe(sha256Of(large));
    }));

  it('never keeps a file whose hash is wrong, and tries once more from its beginning', () =>
    withModel(async ({ hub, client, model, folder }) => {
      let answers = 0;
      hub.interfere = ({ server, headers }, response) => {
        if (server !== 'cdn') return false;
        answers += 1;
        expect(headers.range).toBeUndefined();
        end(response, 200, { 'content-length': weights.length }, Buffer.alloc(weights.length));
        return true;
      };
      await expect(
        client.download(model, fileOf(model, WEIGHTS), join(folder, 'weights')),
      ).rejects.toMatchObject({
        code: 'download_corrupt',
        message: expect.stringMatching(/its checksum is not the one that was announced/) as string,
      });
      expect(answers).toBeGreaterThan(1);
      expect(await readdir(folder)).not.toContain('weights');
      expect((await stat(join(folder, 'weights.part'))).size).toBe(0);
    }));

  it('writes no more than was announced', () =>
    withModel(async ({ hub, client, model, folder }) => {
      hub.interfere = ({ server }, response) => {
        if (server !== 'cdn') return false;
        response.writeHead(200);
        response.end(Buffer.concat([weights, weights]));
        return true;
      };
      await expect(
        client.download(model, fileOf(model, WEIGHTS), join(folder, 'weights')),
      ).rejects.toMatchObject({ code: 'download_corrupt' });
      expect(await readdir(folder)).not.toContain('weights');
    }));

  it('does not begin with a file of another length than the list states', () =>
    withModel(async ({ hub, client, model, folder }) => {
      hub.interfere = ({ server }, response) =>
        server === 'cdn' && end(response, 200, { 'content-length': 5 }, 'short');
      await expect(
        client.download(model, fileOf(model, WEIGHTS), join(folder, 'weights')),
      ).rejects.toMatchObject({
        code: 'download_corrupt',
        message: expect.stringContaining('comes with 5 bytes instead of 3000000') as string,
      });
    }));

  it('waits for a slow trickle, and not for silence', () =>
    withModel(async ({ hub, model, folder }) => {
      const client = clientOf(hub, { idleTimeoutMs: 250, retryDelaysMs: [] });
      hub.addFile('small', 'slow and steady', true);
      const small = fileOf(await client.describe(MODEL, 'main'), 'small');
      hub.interfere = ({ server }, response) => {
        if (server !== 'cdn') return false;
        trickle(response, 'slow and steady', 40);
        return true;
      };
      await client.download(model, small, join(folder, 'small'));
      expect(await readFile(join(folder, 'small'), 'utf8')).toBe('slow and steady');
      hub.interfere = ({ server }, response) => {
        if (server !== 'cdn') return false;
        response.writeHead(200, { 'content-length': weights.length });
        response.write(weights.subarray(0, 1000));
        return true;
      };
      await expect(
        client.download(model, fileOf(model, WEIGHTS), join(folder, 'weights')),
      ).rejects.toMatchObject({ code: 'hub_unreachable' });
    }));

  it('asks the hub for a new signature when the old one is no longer good', () =>
    withModel(async ({ hub, client, model, folder }) => {
      let answers = 0;
      hub.interfere = ({ server }, response) =>
        server === 'cdn' && (answers += 1) === 1 && end(response, 403, {}, 'Request has expired');
      await client.download(model, fileOf(model, WEIGHTS), join(folder, 'weights'));
      expect(await hashAt(join(folder, 'weights'))).toBe(sha256Of(weights));
    }));

  it('tells nobody the signed address', () =>
    withModel(async ({ hub, client, model, folder }) => {
      hub.interfere = ({ server }, response) => server === 'cdn' && end(response, 403, {});
      const error = await client
        .download(model, fileOf(model, WEIGHTS), join(folder, 'weights'))
        .catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'hub_busy' });
      expect(String((error as Error).message)).not.toContain(SIGNATURE);
    }));

  it.each([
    'file:///etc/passwd',
    'ftp://127.0.0.1/x',
    'data:text/plain,x',
    'javascript:alert(1)',
    'http://[',
  ])('does not follow a redirect to %s', (location) =>
    withModel(async ({ hub, client, model, folder }) => {
      hub.interfere = (_, response) => end(response, 302, { location });
      await expect(
        client.download(model, fileOf(model, WEIGHTS), join(folder, 'weights')),
      ).rejects.toMatchObject({ code: 'hub_answer_invalid' });
    }),
  );

  it('does not run in circles', () =>
    withModel(async ({ hub, client, model, folder }) => {
      hub.interfere = ({ path }, response) => end(response, 302, { location: path });
      await expect(
        client.download(model, fileOf(model, WEIGHTS), join(folder, 'weights')),
      ).rejects.toMatchObject({ message: expect.stringContaining('redirects without end') as string });
    }));

  it('takes no file without a hash to check it by', () =>
    withModel(async ({ client, model, folder }) => {
      const file = { path: CONFIG, bytes: 18, content: undefined };
      await expect(client.download(model, file, join(folder, 'config'))).rejects.toMatchObject({
        code: 'hub_answer_invalid',
        message: expect.stringMatching(/states no checksum for unet\/config\.json/) as string,
      });
    }));

  it('takes a part for what its note says, and for nothing without a note', () =>
    withModel(async ({ hub, client, model, folder }) => {
      const path = join(folder, 'weights');
      await writeFile(`${path}.part`, Buffer.alloc(1000));
      await client.download(model, fileOf(model, WEIGHTS), path);
      expect(hub.requests.at(-1)?.headers.range).toBeUndefined();
      expect(await hashAt(path)).toBe(sha256Of(weights));
    }));

  it('says that the disk is in the way', () =>
    withModel(async ({ client, model, folder }) => {
      const path = join(folder, 'no', 'such', 'folder');
      await expect(client.download(model, fileOf(model, WEIGHTS), path)).rejects.toMatchObject({
        code: 'io_failed',
        message: expect.stringContaining('could not be written (ENOENT)') as string,
      });
    }));
});

describe('an id of the hub', () => {
  it.each(['riffusion/riffusion-model-v1', 'a/b', 'Some.One/some_thing.2'])('may be %s', (id) => {
    expect(isHubId(id)).toBe(true);
  });

  it.each(['riffusion', 'a/b/c', '../b', 'a/..', './model', '/abs/path', 'a b/c', 'a/b?x', 'a\\b', ''])(
    'may not be %j',
    (id) => {
      expect(isHubId(id)).toBe(false);
    },
  );
});

interface Scene {
  readonly hub: FakeHub;
  readonly client: HubClient;
  readonly model: HubModel;
  readonly folder: string;
}

/** A hub with a model of one large and one small file, its description fetched already. */
function withModel(use: (scene: Scene) => Promise<void>): Promise<void> {
  return withHub(async (hub, folder) => {
    hub.addFile(CONFIG, '{"sample_size":64}');
    hub.addFile(WEIGHTS, weights, true);
    const client = clientOf(hub);
    const model = await client.describe(MODEL, 'main');
    hub.requests.length = 0;
    await use({ hub, client, model, folder });
  });
}

function clientOf(
  hub: FakeHub,
  options: Partial<ConstructorParameters<typeof HubClient>[0]> = {},
): HubClient {
  return new HubClient({
    baseUrl: hub.url,
    userAgent: 'riffcord/test',
    retryDelaysMs: [1, 1, 1],
    ...options,
  });
}

function fileOf({ files }: HubModel, path: string): HubFile {
  const file = files.find((candidate) => candidate.path === path);
  if (!file) throw new Error(`Expected the hub to list ${path}.`);
  return file;
}

async function hashAt(path: string): Promise<string> {
  return sha256Of(await readFile(path));
}

function cutOnce(hub: FakeHub, count: number, path: string): void {
  hub.interfere = ({ server }, response) => {
    if (server !== 'cdn') return false;
    hub.interfere = () => false;
    cutAfter({ content: weights, count, path }, response);
    return true;
  };
}

/** After a third of the weights. */
function cut(folder: string): Cut {
  return { content: weights, count: 1_000_000, path: join(folder, 'weights') };
}

function end(
  response: ServerResponse,
  status: number,
  headers: Record<string, string | number>,
  body: string | Uint8Array = '',
): true {
  response.writeHead(status, headers);
  response.end(body);
  return true;
}

function trickle(response: ServerResponse, text: string, delayMs: number): void {
  response.writeHead(200, { 'content-length': text.length });
  const send = (at: number): void => {
    if (at === text.length) response.end();
    else response.write(text.charAt(at), () => setTimeout(() => send(at + 1), delayMs));
  };
  send(0);
}
