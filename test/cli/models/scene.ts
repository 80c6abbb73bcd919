import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';

import { composeCli } from '../../../src/app/compose-cli.js';
import { Output } from '../../../src/cli/output.js';
import { createProgram } from '../../../src/cli/program.js';
import { ModelStore } from '../../../src/engine/runtime/model-store.js';
import { HubClient } from '../../../src/hub/hub-client.js';
import { layOutModel } from '../../engine/diffusion/sd1x-models.js';
import { withHub } from '../../hub/fake-hub.js';
import type { FakeHub } from '../../hub/fake-hub.js';

export const LORA = fileURLToPath(new URL('../../fixtures/lora/kohya.safetensors', import.meta.url));

export interface RunResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Scene {
  readonly hub: FakeHub;
  /** Empty, for whatever a test needs. */
  readonly folder: string;
  /** Where models are added. */
  readonly models: string;
  /** Runs `riffcord models ...` in this process, with a hub client that does not wait long. */
  readonly run: (...args: string[]) => Promise<RunResult>;
}

/** Runs with a hub and an empty folder of models. */
export function inScene(use: (scene: Scene) => Promise<void>): Promise<void> {
  return withHub(async (hub, folder) => {
    const models = join(folder, 'models');
    await mkdir(models);
    await use({ hub, folder, models, run: (...args) => run(hub, models, ['models', ...args]) });
  });
}

/** A small whole checkpoint in diffusers' layout, without a manifest of ours. */
export async function layOutCheckpoint(folder: string): Promise<string> {
  await layOutModel(folder, 'sd1');
  await rm(join(folder, 'manifest.json'));
  return folder;
}

/** Puts all files of a folder on the hub; weights are large ones there. */
export async function upload(hub: FakeHub, folder: string): Promise<void> {
  for (const path of await filesIn(folder)) {
    hub.addFile(path, await readFile(join(folder, path)), path.endsWith('.safetensors'));
  }
}

/** Paths of all files, sorted, with forward slashes. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

async function run(hub: FakeHub, modelRoot: string, args: readonly string[]): Promise<RunResult> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const output = new Output({ stdout, stderr, json: args.includes('--json') });
  const parts = {
    ...composeCli(),
    modelRoots: () => [modelRoot],
    createModelStore: () => new ModelStore({ modelRoots: [modelRoot] }),
    createHubClient: () => new HubClient({ baseUrl: hub.url, userAgent: 'riffcord/test', retryDelaysMs: [1] }),
  };
  const { signal } = new AbortController();
  const terminal = stderr as unknown as NodeJS.WriteStream;
  let exitCode: number | undefined;
  try {
    await createProgram({ parts, output, terminal, signal }).parseAsync(args, { from: 'user' });
    exitCode = Number(process.exitCode ?? 0);
  } catch (error) {
    exitCode = output.failure(error);
  } finally {
    process.exitCode = undefined;
  }
  const read = (stream: PassThrough): string => ((stream.read() as Buffer | null) ?? '').toString();
  return { exitCode, stdout: read(stdout), stderr: read(stderr) };
}
