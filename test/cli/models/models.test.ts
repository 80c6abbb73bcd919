import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { composeCli } from '../../../src/app/compose-cli.js';
import { byteSize } from '../../../src/cli/byte-size.js';
import { modelsCommand } from '../../../src/cli/commands/models/models.js';
import { Output } from '../../../src/cli/output.js';
import { MODEL } from '../../hub/fake-hub.js';
import { filesIn, inScene, layOutCheckpoint, LORA, upload } from './scene.js';
import type { Scene } from './scene.js';

describe('riffcord models list', () => {
  it('shows name, version, kind, size, licence and origin of each, and marks the default', () =>
    inModels(async ({ run }) => {
      const { stdout } = await run('list');
      const [head, ...rows] = stdout.trim().split('\n');
      expect(head).toMatch(/^Name +Version +Kind +Size +Licence +From$/);
      expect(rows).toEqual([
        expect.stringMatching(/^beats \* +[0-9a-f]{8} +checkpoint +\d+ kB +not stated +this machine$/),
        expect.stringMatching(/^riffusion-model-v1 +8f2fd1b9 +checkpoint +\d+ kB +creativeml-openrail-m +riffusion\//),
        expect.stringMatching(/^kohya +[0-9a-f]{8} +lora +[\d.]+ kB +not stated +this machine$/),
      ]);
      expect((await run()).stdout).toBe(stdout);
    }));

  it('gives programs the same, with hash, folder and bytes', () =>
    inModels(async ({ models, run }) => {
      const { models: listed } = JSON.parse((await run('list', '--json')).stdout) as {
        models: Record<string, unknown>[];
      };
      expect(listed.map(({ name, isDefault }) => [name, isDefault])).toEqual([
        ['beats', true],
        ['riffusion-model-v1', false],
        ['kohya', false],
      ]);
      expect(listed[1]).toMatchObject({
        folder: join(models, 'riffusion-model-v1'),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        source: { type: 'hub', id: MODEL },
      });
    }));

  it('says what to do when there is nothing, and what is wrong with what cannot be read', () =>
    inScene(async ({ models, run }) => {
      expect((await run('list')).stdout).toBe('There are no models here: add one with `riffcord models add`.\n');
      await mkdir(join(models, 'odd'));
      await writeFile(join(models, 'odd', 'manifest.json'), '{');
      expect((await run('list')).stdout).toMatch(/odd\/manifest\.json is damaged\./);
    }));
});

describe('riffcord models verify', () => {
  it('reads every byte of all, or of one', () =>
    inModels(async ({ run }) => {
      const all = await run('verify');
      expect(all.exitCode).toBe(0);
      expect(all.stdout.trim().split('\n')).toHaveLength(3);
      expect((await run('verify', 'kohya')).stdout).toBe('kohya: every file is as it should be.\n');
    }));

  it('says which file is damaged and how to get it back, and ends with 4', () =>
    inModels(async ({ models, run }) => {
      await truncate(join(models, 'riffusion-model-v1', 'unet/config.json'), 5);
      const { exitCode, stdout } = await run('verify');
      expect(exitCode).toBe(4);
      expect(stdout).toMatch(
        /unet\/config\.json is damaged: it has 5 bytes .* Remove it with `riffcord models remove riffusion-model-v1`, then `riffcord models add riffusion\/riffusion-model-v1 --revision 8f2fd1b9[0-9a-f]{32}`\.$/m,
      );
      const json = JSON.parse((await run('verify', '--json')).stdout) as { ok: boolean; models: { ok: boolean }[] };
      expect([json.ok, json.models.map(({ ok }) => ok)]).toEqual([false, [true, false, true]]);
    }));

  it('knows no model of another name', () =>
    inModels(async ({ run }) => {
      const { exitCode, stderr } = await run('verify', 'nothing');
      expect(exitCode).toBe(4);
      expect(stderr).toBe('There is no model "nothing". There are: beats, riffusion-model-v1, kohya.\n');
    }));
});

describe('riffcord models remove', () => {
  it('deletes a model, and leaves the others', () =>
    inModels(async ({ models, run }) => {
      expect((await run('remove', 'kohya')).stdout).toMatch(/^kohya is removed \([\d.]+ kB\)\.$/m);
      expect(await filesIn(models)).not.toContainEqual(expect.stringContaining('kohya'));
      expect((await run('verify')).exitCode).toBe(0);
    }));

  it('takes the choice of a default back with it', () =>
    inModels(async ({ models, run }) => {
      await run('default', 'riffusion-model-v1');
      await run('remove', 'riffusion-model-v1');
      expect(JSON.parse(await readFile(join(models, 'settings.json'), 'utf8'))).toEqual({});
      expect((await run('default')).stdout).toMatch(/^beats makes clips/);
    }));

  it('deletes what there is of an unfinished model', () =>
    inScene(async ({ models, run }) => {
      await mkdir(join(models, '.adding-half', 'unet'), { recursive: true });
      await writeFile(join(models, '.adding-half', 'unet', 'x.part'), 'x');
      expect((await run('remove', 'half')).stdout).toBe('What there was of half is removed.\n');
      expect(await filesIn(models)).toEqual([]);
    }));

  it('deletes nothing that it has not added', () =>
    inScene(async ({ models, run }) => {
      await mkdir(join(models, 'mine'));
      const files = [{ path: 'a', bytes: 1, sha256: '0'.repeat(64) }];
      await writeFile(join(models, 'mine', 'manifest.json'), JSON.stringify({ name: 'mine', version: '1', files }));
      const { exitCode, stderr } = await run('remove', 'mine');
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/was not added by this program, .* yourself\.$/m);
      expect(await filesIn(models)).toEqual(['mine/manifest.json']);
    }));

  it.each(['..', '../models', '.', '/', 'beats/../..'])('takes %s for a name, not for a path', (name) =>
    inModels(async ({ models, run }) => {
      const before = await filesIn(models);
      expect((await run('remove', name)).exitCode).toBe(4);
      expect(await filesIn(models)).toEqual(before);
    }),
  );
});

describe('riffcord models default', () => {
  it('chooses which model makes clips, and says which does', () =>
    inModels(async ({ run }) => {
      expect((await run('default')).stdout).toBe('beats makes clips unless another model is named.\n');
      await run('default', 'riffusion-model-v1');
      expect((await run('default')).stdout).toMatch(/^riffusion-model-v1 makes clips/);
      expect((await run('list')).stdout).toMatch(/^riffusion-model-v1 \* /m);
    }));

  it.each([
    ['kohya', /^There is no model "kohya"\. Choose one of: beats, riffusion-model-v1\.$/m],
    ['none', /^There is no model "none"\./],
  ])('is never %s', (name, sentence) =>
    inModels(async ({ models, run }) => {
      const { exitCode, stderr } = await run('default', name);
      expect(exitCode).toBe(4);
      expect(stderr).toMatch(sentence);
      expect(await filesIn(models)).not.toContain('settings.json');
    }),
  );
});

describe('the page about models', () => {
  it('has every command and option', async () => {
    const page = await readFile(new URL('../../../docs/models.md', import.meta.url), 'utf8');
    const { stdout, stderr } = process;
    const output = new Output({ stdout, stderr, json: false });
    const { signal } = new AbortController();
    const command = modelsCommand({ parts: composeCli(), output, terminal: stderr, signal });
    const words = command.commands.flatMap((sub) => [
      `models ${sub.name()}`,
      ...sub.options.map(({ long }) => `\`${long ?? ''}`),
    ]);
    expect(words.length).toBeGreaterThan(10);
    expect(words.filter((word) => !page.includes(word))).toEqual([]);
  });
});

describe('byteSize', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.00 kB'],
    [99_949, '99.9 kB'],
    [99_951, '100 kB'],
    [999_499, '999 kB'],
    [999_501, '1.00 MB'],
    [3.4e9, '3.40 GB'],
    [5e15, '5000 TB'],
  ])('%i bytes are %s', (bytes, text) => {
    expect(byteSize(bytes)).toBe(text);
  });
});

/** With a checkpoint of this machine, one of the hub, and a LoRA. */
function inModels(use: (scene: Scene) => Promise<void>): Promise<void> {
  return inScene(async (scene) => {
    const checkpoint = await layOutCheckpoint(join(scene.folder, 'beats'));
    await upload(scene.hub, checkpoint);
    await scene.run('add', checkpoint);
    await scene.run('add', MODEL, '--accept-licence');
    await scene.run('add', LORA);
    await rm(checkpoint, { recursive: true });
    await use(scene);
  });
}
