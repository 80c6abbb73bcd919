import { copyFile, cp, link, mkdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { openCheckpointParts } from '../../../src/engine/diffusion/networks/checkpoint-parts.js';
import { ModelFolder } from '../../../src/engine/runtime/model-folder.js';
import { COMMIT, cutAfter, MODEL, sha256Of } from '../../hub/fake-hub.js';
import type { Cut } from '../../hub/fake-hub.js';
import { filesIn, inScene, layOutCheckpoint, LORA, upload } from './scene.js';
import type { Scene } from './scene.js';

const CHECKPOINT_FILES = [
  'manifest.json',
  'model_index.json',
  'scheduler/scheduler_config.json',
  'text_encoder/config.json',
  'text_encoder/model.safetensors',
  'tokenizer/merges.txt',
  'tokenizer/tokenizer_config.json',
  'tokenizer/vocab.json',
  'unet/config.json',
  'unet/diffusion_pytorch_model.safetensors',
  'vae/config.json',
  'vae/diffusion_pytorch_model.safetensors',
];
const UNET = 'unet/diffusion_pytorch_model.safetensors';

describe('riffcord models add, from the hub', () => {
  it('brings the files that are needed and no others, under a manifest of ours', () =>
    inHubScene(async ({ hub, models, run }) => {
      for (const other of ['model.ckpt', 'unet/diffusion_pytorch_model.bin', 'safety_checker/config.json', 'x.py']) {
        hub.addFile(other, 'unwanted', other.endsWith('.bin'));
      }
      const { exitCode, stdout, stderr } = await run('add', MODEL, '--accept-licence', '--json');
      expect(exitCode).toBe(0);
      expect(stderr).toMatch(/is under the licence creativeml-openrail-m: http/);
      const folder = join(models, 'riffusion-model-v1');
      expect(JSON.parse(stdout)).toMatchObject({
        name: 'riffusion-model-v1',
        version: COMMIT.slice(0, 8),
        kind: 'checkpoint',
        licence: 'creativeml-openrail-m',
        source: { type: 'hub', id: MODEL, revision: COMMIT },
        folder,
      });
      expect(await filesIn(folder)).toEqual(CHECKPOINT_FILES);
      expect(await filesIn(models)).not.toContainEqual(expect.stringMatching(/\.(part|bin|ckpt|py)$|safety/));
      expect(hub.resolved).not.toContainEqual(expect.stringMatching(/\.(bin|ckpt|py)$|safety|README/));
      const model = await ModelFolder.open(folder);
      await expect(model.verify()).resolves.toBeUndefined();
      expect((await openCheckpointParts(model)).unet.names.length).toBeGreaterThan(10);
    }));

  it('gives the same model the same identity on every machine', () =>
    inHubScene(async ({ folder, hub, models, run }) => {
      await run('add', MODEL, '--accept-licence');
      const first = await ModelFolder.open(join(models, 'riffusion-model-v1'));
      await rename(models, join(folder, 'other-machine'));
      await mkdir(models);
      const unet = await readFile(join(folder, 'other-machine', 'riffusion-model-v1', UNET));
      cutOnce(hub, { content: unet, count: 1000, path: stagedUnet(models) });
      await run('add', MODEL, '--accept-licence', '--revision', COMMIT);
      expect((await ModelFolder.open(join(models, 'riffusion-model-v1'))).sha256).toBe(first.sha256);
    }));

  it('takes half precision where there is some, and full precision when it is asked to', () =>
    inHubScene(async ({ folder, hub, models, run }) => {
      const half = await readFile(join(folder, 'checkpoint', 'unet/diffusion_pytorch_model.safetensors'));
      hub.addFile('unet/diffusion_pytorch_model.fp16.safetensors', half, true);
      await run('add', MODEL, '--accept-licence', '--name', 'half');
      expect(hub.resolved).toContain('unet/diffusion_pytorch_model.fp16.safetensors');
      expect(hub.resolved).not.toContain('unet/diffusion_pytorch_model.safetensors');
      expect(await filesIn(join(models, 'half'))).toContain('unet/diffusion_pytorch_model.safetensors');
      hub.requests.length = 0;
      await run('add', MODEL, '--accept-licence', '--name', 'full', '--precision', 'f32');
      expect(hub.resolved).toContain('unet/diffusion_pytorch_model.safetensors');
      expect(hub.resolved).not.toContain('unet/diffusion_pytorch_model.fp16.safetensors');
    }));

  it('goes on after a failure where it stopped, and shows until then that it is not complete', () =>
    inHubScene(async ({ folder, hub, models, run }) => {
      const unet = await readFile(join(folder, 'checkpoint', UNET));
      let cuts = 0;
      hub.interfere = ({ server, path }, response) => {
        if (server !== 'cdn' || !path.includes(sha256Of(unet)) || (cuts += 1) > 2) return false;
        if (cuts === 1) cutAfter({ content: unet, count: 100_000, path: stagedUnet(models) }, response);
        else response.destroy();
        return true;
      };
      const failed = await run('add', MODEL, '--accept-licence', '--json');
      expect(failed.exitCode).toBe(6);
      expect(JSON.parse(failed.stdout)).toMatchObject({ error: { code: 'hub_unreachable' } });
      const listed = await run('list');
      expect(listed.stdout).toMatch(/riffusion-model-v1 is not complete: add it again to go on, or remove it\./);

      hub.requests.length = 0;
      expect((await run('add', MODEL, '--accept-licence')).exitCode).toBe(0);
      const ofUnet = hub.requests.find(({ server, path }) => server === 'cdn' && path.includes(sha256Of(unet)));
      expect(ofUnet?.headers.range).toBe('bytes=100000-');
      expect(hub.resolved).not.toContain('unet/config.json');
      await expect((await ModelFolder.open(join(models, 'riffusion-model-v1'))).verify()).resolves.toBeUndefined();
    }));

  it('downloads nothing before the licence is accepted', () =>
    inHubScene(async ({ hub, models, run }) => {
      const { exitCode, stderr } = await run('add', MODEL);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/creativeml-openrail-m: read http\S+, then run the command again with --accept-licence\.$/m);
      expect(hub.resolved).toEqual([]);
      expect(await filesIn(models)).toEqual([]);
    }));

  it('finds out before the weights are fetched that a model cannot be run', () =>
    inHubScene(async ({ hub, models, run }) => {
      hub.addFile('model_index.json', '{"_class_name":"StableDiffusionXLPipeline"}');
      const { exitCode, stderr } = await run('add', MODEL, '--accept-licence');
      expect(exitCode).toBe(3);
      expect(stderr).toMatch(/is of a kind that this version does not run: its pipeline is a StableDiffusionXLPipeline/);
      expect(hub.requests.filter(({ server }) => server === 'cdn')).toEqual([]);
      expect(await filesIn(models)).toEqual([]);
    }));

  it.each([
    ['pickles alone', ['unet/diffusion_pytorch_model.bin'], /its unet has weights as pickles only/],
    ['no weights', [], /its unet has no safetensors weights/],
  ])('does not begin with a model of %s', (_, others, fault) =>
    inScene(async ({ folder, hub, run }) => {
      await upload(hub, await layOutCheckpoint(join(folder, 'checkpoint')));
      hub.answer = { siblings: await siblingsWithout(hub, UNET, others) };
      const { exitCode, stderr } = await run('add', MODEL, '--accept-licence');
      expect(exitCode).toBe(3);
      expect(stderr).toMatch(fault);
      expect(hub.resolved).toEqual([]);
    }),
  );

  it('takes the one LoRA of a model, or the one that is named', () =>
    inScene(async ({ hub, models, run }) => {
      hub.addFile('pytorch_lora_weights.safetensors', await readFile(LORA), true);
      expect((await run('add', MODEL, '--accept-licence')).exitCode).toBe(0);
      const lora = await ModelFolder.open(join(models, 'riffusion-model-v1'));
      expect([lora.kind, lora.files.map(({ path }) => path)]).toEqual(['lora', ['lora.safetensors']]);

      hub.addFile('loops/acid.safetensors', await readFile(LORA), true);
      hub.addFile('other.safetensors', await readFile(LORA), true);
      const asked = await run('add', MODEL, '--accept-licence', '--name', 'x');
      expect(asked.stderr).toMatch(/^Say which file of .* with --file: pytorch_lora_weights\.safetensors, loops\/acid/m);
      expect((await run('add', MODEL, '--accept-licence', '--file', 'loops/acid.safetensors')).exitCode).toBe(0);
      expect((await ModelFolder.open(join(models, 'acid'))).kind).toBe('lora');
    }));

  it('says so when the hub has no such model', () =>
    inScene(async ({ run }) => {
      const { exitCode, stderr } = await run('add', 'nobody/nothing', '--accept-licence');
      expect(exitCode).toBe(6);
      expect(stderr).toMatch(/has no model nobody\/nothing at main/);
    }));

  it('does not replace a model of the same name', () =>
    inHubScene(async ({ run }) => {
      await run('add', MODEL, '--accept-licence');
      const again = await run('add', MODEL, '--accept-licence', '--json');
      expect(again.exitCode).toBe(2);
      expect(JSON.parse(again.stdout)).toMatchObject({ error: { code: 'output_exists' } });
    }));

  it('never writes a file whose name leads out of the folder', () =>
    inHubScene(async ({ folder, hub, models, run }) => {
      const evil = ['../escaped.json', 'unet/../../../escaped.json', '/tmp/escaped.json', 'tokenizer/..\\escaped.json'];
      for (const name of evil) hub.addFile(name, '{}');
      expect((await run('add', MODEL, '--accept-licence')).exitCode).toBe(0);
      expect(await filesIn(folder)).not.toContainEqual(expect.stringContaining('escaped'));
      expect((await filesIn(models)).every((path) => path.startsWith('riffusion-model-v1/'))).toBe(true);
    }));
});

describe('riffcord models add, from this machine', () => {
  it('links a folder in diffusers layout, with its licence, and the same hash wherever it lay', () =>
    inScene(async ({ folder, models, run }) => {
      const checkpoint = await layOutCheckpoint(join(folder, 'my beats'));
      await writeFile(join(checkpoint, 'README.md'), '---\nlicense: mit\ntags:\n- music\n---\n# Beats\n');
      const { exitCode, stdout } = await run('add', checkpoint);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/^Added +my-beats [0-9a-f]{8} \(checkpoint, \d+ kB\)$/m);
      expect(stdout).toMatch(/^Licence +mit$/m);
      const model = await ModelFolder.open(join(models, 'my-beats'));
      await expect(model.verify()).resolves.toBeUndefined();
      expect((await stat(join(models, 'my-beats', UNET))).ino).toBe((await stat(join(checkpoint, UNET))).ino);
      await cp(checkpoint, join(folder, 'copy'), { recursive: true });
      await run('remove', 'my-beats');
      await run('add', join(folder, 'copy'), '--name', 'my-beats');
      expect((await ModelFolder.open(join(models, 'my-beats'))).sha256).toBe(model.sha256);
    }));

  it('reads the cache of the hub’s own tools, where files are links', () =>
    inScene(async ({ folder, models, run }) => {
      const cache = join(folder, 'models--riffusion--riffusion-model-v1');
      const snapshot = join(cache, 'snapshots', COMMIT);
      await layOutCheckpoint(snapshot);
      await mkdir(join(cache, 'blobs'));
      await rename(join(snapshot, UNET), join(cache, 'blobs', 'abc'));
      await symlink('../../../blobs/abc', join(snapshot, UNET));
      expect((await run('add', snapshot)).exitCode).toBe(0);
      const added = join(models, 'riffusion-model-v1', UNET);
      expect((await stat(added)).ino).toBe((await stat(join(cache, 'blobs', 'abc'))).ino);
    }));

  it('follows no link out of the folder', () =>
    inScene(async ({ folder, models, run }) => {
      const checkpoint = await layOutCheckpoint(join(folder, 'beats'));
      await rename(join(checkpoint, UNET), join(folder, 'secret'));
      await symlink(join(folder, 'secret'), join(checkpoint, UNET));
      const { exitCode, stderr } = await run('add', checkpoint);
      expect(exitCode).toBe(3);
      expect(stderr).toMatch(/is a link that leads out of the folder/);
      expect(await filesIn(models)).toEqual([]);
    }));

  it('adds a copy of a model that was added elsewhere, with its identity', () =>
    inHubScene(async ({ folder, models, run }) => {
      await run('add', MODEL, '--accept-licence');
      const original = await ModelFolder.open(join(models, 'riffusion-model-v1'));
      const stick = join(folder, 'usb-stick');
      await cp(original.root, stick, { recursive: true });
      await run('remove', 'riffusion-model-v1');
      expect((await run('add', stick)).exitCode).toBe(0);
      expect((await ModelFolder.open(original.root)).sha256).toBe(original.sha256);
    }));

  it('adds no damaged copy, and none with networks that may name files elsewhere', () =>
    inScene(async ({ folder, models, run }) => {
      const tiny = new URL('../../fixtures/tiny-model/riffcord-tiny', import.meta.url);
      expect((await run('add', tiny.pathname)).stderr).toMatch(/model\.onnx, which is not added from strangers/);
      const manifest = { name: 'b', version: '1', files: [{ path: 'a.json', bytes: 2, sha256: '0'.repeat(64) }] };
      await mkdir(join(folder, 'b'));
      await writeFile(join(folder, 'b', 'manifest.json'), JSON.stringify(manifest));
      await writeFile(join(folder, 'b', 'a.json'), '{}');
      const damaged = await run('add', join(folder, 'b'));
      expect(damaged.exitCode).toBe(4);
      expect(await filesIn(models)).toEqual([]);
    }));

  it('refuses weights that are no safetensors, and leaves nothing behind', () =>
    inScene(async ({ folder, models, run }) => {
      const checkpoint = await layOutCheckpoint(join(folder, 'beats'));
      await writeFile(join(checkpoint, UNET), 'PK\u0003\u0004 a pickle in a zip file');
      const { exitCode, stderr } = await run('add', checkpoint);
      expect(exitCode).toBe(4);
      expect(stderr).toMatch(/cannot be used: /);
      expect(await filesIn(models)).toEqual([]);
    }));

  it('makes a model of a LoRA’s file', () =>
    inScene(async ({ folder, models, run }) => {
      await copyFile(LORA, join(folder, 'Acid Bass.safetensors'));
      const { exitCode, stdout } = await run('add', join(folder, 'Acid Bass.safetensors'));
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/--lora Acid-Bass$/m);
      expect(await filesIn(join(models, 'Acid-Bass'))).toEqual(['lora.safetensors', 'manifest.json']);
      expect((await ModelFolder.open(join(models, 'Acid-Bass'))).kind).toBe('lora');
    }));

  it.each([
    ['a whole checkpoint in one file', 'v1-5.safetensors', safetensorsWith('model.diffusion_model.out.2.weight'), 4],
    ['a pickle', 'v1-5.ckpt', Buffer.from('PK\u0003\u0004'), 3],
    ['a file of another kind', 'song.mp3', Buffer.from('ID3'), 3],
    ['tensors of something else', 'odd.safetensors', safetensorsWith('layers.0.weight'), 4],
    ['a pickle by another name', 'lora.safetensors', Buffer.from('PK\u0003\u0004 and so on'), 4],
    ['an empty file', 'lora.safetensors', Buffer.alloc(0), 4],
  ])('refuses %s', (_, name, content, expected) =>
    inScene(async ({ folder, models, run }) => {
      await writeFile(join(folder, name), content);
      const { exitCode, stderr } = await run('add', join(folder, name));
      expect(exitCode).toBe(expected);
      expect(stderr).toMatch(/^[^\n]+[.]\n$/);
      if (name.startsWith('v1-5')) expect(stderr).toMatch(/diffusers layout, which is a folder with model_index\.json/);
      expect(await filesIn(models)).toEqual([]);
    }),
  );

  it.each(['nothing-here', './a/b', '/no/such/folder', '../x', 'a/b/c'])('says that %s is not there', (from) =>
    inScene(async ({ hub, run }) => {
      const { exitCode, stderr } = await run('add', from);
      expect(exitCode).toBe(3);
      expect(stderr).toMatch(/^There is no folder or file /);
      expect(hub.requests).toEqual([]);
    }),
  );

  it.each(['../up', 'a/b', '.hidden', 'con', 'a b', ''])('cannot be told to call it %j', (name) =>
    inScene(async ({ models, run }) => {
      const { exitCode } = await run('add', LORA, '--name', name);
      expect(exitCode).toBe(2);
      expect(await filesIn(models)).toEqual([]);
    }),
  );

  it('takes what lies on this machine before what the hub may have', () =>
    inScene(async ({ folder, hub, run }) => {
      await link(LORA, join(folder, 'b.safetensors'));
      expect((await run('add', join(folder, 'b.safetensors'))).exitCode).toBe(0);
      expect(hub.requests).toEqual([]);
      expect(basename(LORA)).toBe('kohya.safetensors');
      await rm(join(folder, 'b.safetensors'));
    }));
});

/** With a small checkpoint on the hub, which lies in the folder `checkpoint` as well. */
function inHubScene(use: (scene: Scene) => Promise<void>): Promise<void> {
  return inScene(async (scene) => {
    await upload(scene.hub, await layOutCheckpoint(join(scene.folder, 'checkpoint')));
    await use(scene);
  });
}

async function siblingsWithout(hub: Scene['hub'], path: string, others: readonly string[]): Promise<unknown[]> {
  const response = await fetch(`${hub.url}/api/models/${MODEL}/revision/main?blobs=true`);
  const { siblings } = (await response.json()) as { siblings: { rfilename: string }[] };
  const rest = siblings.filter(({ rfilename }) => rfilename !== path);
  return [...rest, ...others.map((rfilename) => ({ rfilename, size: 10, blobId: COMMIT }))];
}

function cutOnce(hub: Scene['hub'], cut: Cut): void {
  hub.interfere = ({ server, path }, response) => {
    if (server !== 'cdn' || !path.includes(sha256Of(cut.content))) return false;
    hub.interfere = () => false;
    cutAfter(cut, response);
    return true;
  };
}

function stagedUnet(models: string): string {
  return join(models, '.adding-riffusion-model-v1', UNET);
}

/** One tensor of one number. */
function safetensorsWith(name: string): Buffer {
  const header = Buffer.from(JSON.stringify({ [name]: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, Buffer.alloc(4)]);
}
