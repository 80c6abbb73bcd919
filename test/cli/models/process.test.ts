import { spawn } from 'node:child_process';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { cutAfter, MODEL, sha256Of, withHub } from '../../hub/fake-hub.js';
import type { FakeHub } from '../../hub/fake-hub.js';
import { onlyObject, PROGRAM, runCli } from '../run-cli.js';
import { filesIn, layOutCheckpoint, upload } from './scene.js';

const UNET = 'unet/diffusion_pytorch_model.safetensors';
const TOKEN = 'hf_very_secret_token';

describe('riffcord models add, as a process', () => {
  it('keeps what has arrived when it is interrupted, and goes on from there', () =>
    withServedCheckpoint(async ({ hub, folder, env }) => {
      const unet = await readFile(join(folder, 'checkpoint', UNET));
      hub.interfere = ({ server, path }, response) => {
        if (server !== 'cdn' || !path.includes(sha256Of(unet))) return false;
        response.writeHead(200, { etag: `"${sha256Of(unet)}"`, 'content-length': unet.length });
        response.write(unet.subarray(0, 200_000));
        return true;
      };
      const part = join(folder, 'models', '.adding-riffusion-model-v1', `${UNET}.part`);
      const args = ['models', 'add', MODEL, '--accept-licence', '--json'];
      const interrupted = await runCli(args, {
        cwd: folder,
        env,
        meanwhile: async (child) => {
          while ((await sizeOf(part)) < 200_000) await sleep(20);
          child.kill('SIGINT');
        },
      });
      expect(interrupted.code).toBe(130);
      expect(onlyObject(interrupted.stdout)).toMatchObject({
        error: { code: 'interrupted', message: expect.stringMatching(/what has arrived is kept\./) as string },
      });
      expect(await sizeOf(part)).toBe(200_000);

      hub.interfere = () => false;
      const resumed = await runCli(args, { cwd: folder, env });
      expect(resumed.code).toBe(0);
      expect(onlyObject(resumed.stdout)).toMatchObject({ name: 'riffusion-model-v1' });
      expect(hub.requests.some(({ headers }) => headers.range === 'bytes=200000-')).toBe(true);
      const verified = await runCli(['models', 'verify', 'riffusion-model-v1'], { cwd: folder, env });
      expect(verified.code).toBe(0);
    }));

  it('shows the token of the environment to the hub alone, and to no person', () =>
    withServedCheckpoint(async ({ hub, folder, env }) => {
      hub.token = TOKEN;
      const refused = await runCli(['models', 'add', MODEL, '--accept-licence'], { cwd: folder, env });
      expect(refused.code).toBe(6);
      expect(refused.stderr).toMatch(/accept them at .*, then put an access token of that account in HF_TOKEN\.$/m);
      const config = await readFile(join(folder, 'checkpoint', 'unet/config.json'));
      let isCut = false;
      hub.interfere = ({ path: asked }, response) => {
        if (isCut || !asked.endsWith('/unet/config.json')) return false;
        isCut = true;
        const path = join(folder, 'models', '.adding-riffusion-model-v1', 'unet/config.json');
        cutAfter({ content: config, count: 10, path }, response);
        return true;
      };
      const added = await runCli(['models', 'add', MODEL, '--accept-licence', '--json'], {
        cwd: folder,
        env: { ...env, HF_TOKEN: TOKEN },
      });
      expect(added.code).toBe(0);
      expect(refused.stdout + refused.stderr + added.stdout + added.stderr).not.toContain(TOKEN);
      const seenByOthers = hub.requests.filter(({ server }) => server === 'cdn');
      expect(seenByOthers.length).toBeGreaterThan(0);
      expect(seenByOthers.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
      const written = await Promise.all(
        (await filesIn(join(folder, 'models'))).map((path) => readFile(join(folder, 'models', path), 'latin1')),
      );
      expect(written.join('')).not.toContain(TOKEN);
    }));

  it.each([
    ['y\n', 0, /Added +riffusion-model-v1 /],
    ['n\n', 2, /Nothing was downloaded, since the licence was not accepted\./],
    ['\u0004', 2, /Nothing was downloaded/],
    ['\u0003', 130, /Interrupted: what has arrived is kept\./],
  ])('asks on a terminal whether the licence is accepted: %j', (answer, code, sentence) =>
    withServedCheckpoint(async ({ hub, folder, env }) => {
      const result = await onTerminal(['models', 'add', MODEL], answer, { cwd: folder, env });
      expect(result.output).toMatch(/is under the licence creativeml-openrail-m: http\S+\s+Do you accept it\? \[y\/N\] /);
      expect(result.output).toMatch(sentence);
      expect(result.code).toBe(code);
      expect(hub.resolved.length > 0).toBe(code === 0);
    }),
  );
});

interface Served {
  readonly hub: FakeHub;
  /** Holds `checkpoint` and the empty `models`. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

function withServedCheckpoint(use: (served: Served) => Promise<void>): Promise<void> {
  return withHub(async (hub, folder) => {
    await upload(hub, await layOutCheckpoint(join(folder, 'checkpoint')));
    const models = join(folder, 'models');
    await mkdir(models);
    await use({ hub, folder, env: { RIFFCORD_HUB_URL: hub.url, RIFFCORD_MODELS: models } });
  });
}

/** Runs the program on a pseudo-terminal, with somebody at the keyboard. */
async function onTerminal(
  args: readonly string[],
  typed: string,
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<{ code: number | null; output: string }> {
  const command = [process.execPath, PROGRAM, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const code = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.stdout.on('data', (chunk: Buffer) => {
    if (chunk.toString().includes('[y/N]')) child.stdin.write(typed);
  });
  const output = await text(child.stdout);
  child.stdin.end();
  return { code: await code, output };
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}
