import { describe, expect, it } from 'vitest';

import {
  isModelName,
  parseModelManifest,
  serializeModelManifest,
  wayOutOf,
} from '../../../src/engine/runtime/model-manifest.js';
import type { ModelManifest } from '../../../src/engine/runtime/model-manifest.js';

const sha256 = '0'.repeat(64);
const manifest: ModelManifest = {
  name: 'riffusion-model-v1',
  version: '8f2fd1b9',
  licence: 'creativeml-openrail-m',
  kind: 'checkpoint',
  source: { type: 'hub', id: 'riffusion/riffusion-model-v1', revision: '8f2fd1b9' },
  files: [
    { path: 'unet/config.json', bytes: 2, sha256 },
    { path: 'model_index.json', bytes: 1, sha256 },
  ],
};

describe('a model manifest', () => {
  it('of the older form is that of a checkpoint', () => {
    const old = { name: 'riffcord-small', version: '1.0.0', files: manifest.files };
    expect(parse(old)).toEqual({ ...old, kind: 'checkpoint' });
  });

  it('is written in the same bytes whatever order its files were found in', () => {
    const reversed = { ...manifest, files: [...manifest.files].reverse() };
    expect(serializeModelManifest(reversed)).toBe(serializeModelManifest(manifest));
    expect(parse(JSON.parse(serializeModelManifest(manifest)) as object)).toEqual(reversed);
  });

  // CVE-2022-25882, CVE-2024-27318 and CVE-2026-27489 are the first of these, each by a way the last fix had left.
  it.each([
    '../../../etc/passwd',
    'unet/../../secret',
    '/etc/passwd',
    '//server/share',
    '..\\..\\secret',
    '\\\\server\\share',
    'C:\\Windows\\win.ini',
    'C:secret',
    'unet/model.safetensors:stream',
    'unet\0/../secret',
    'unet/\nmodel',
    './model',
    'unet//model',
    'unet/',
    'unet/..',
    'unet/. ',
    'unet/... /model',
    'unet/model.',
    'con',
    'unet/NUL.safetensors',
    'unet/com1',
    '~/*',
    `${'d/'.repeat(200)}model`,
    '',
  ])('may not name the file %j', (path) => {
    expect(() => parse({ ...manifest, files: [{ path, bytes: 1, sha256 }] })).toThrow(/is damaged/);
  });

  it.each([
    ['the same file twice', { files: [file('a'), file('a')] }],
    ['two that some systems take for one', { files: [file('unet/a'), file('UNET/A')] }],
    ['more files than any model has', { files: Array.from({ length: 1001 }, (_, i) => file(`f${i}`)) }],
    ['a name that is a path', { name: '../up' }],
    ['a name with control characters', { name: 'a\u001b[2J' }],
    ['another kind', { kind: 'pickle' }],
    ['a size below nothing', { files: [{ ...file('a'), bytes: -1 }] }],
    ['a hash of another length', { files: [{ ...file('a'), sha256: 'abc' }] }],
  ])('may not hold %s', (_, change) => {
    expect(() => parse({ ...manifest, ...change })).toThrow(/is damaged/);
  });

  it('says how to get damaged files back: from git, from the hub, or from where they came', () => {
    const shipped = parse({ name: 'riffcord-small', version: '1', files: manifest.files });
    expect(wayOutOf(shipped)).toContain('git checkout');
    expect(wayOutOf(manifest)).toBe(
      'Remove it with `riffcord models remove riffusion-model-v1`, ' +
        'then `riffcord models add riffusion/riffusion-model-v1 --revision 8f2fd1b9`.',
    );
    expect(wayOutOf({ ...manifest, source: { type: 'local' } })).toContain('from where it came');
  });
});

describe('a model’s name', () => {
  it.each(['a', 'riffusion-model-v1', 'Some_LoRA.2', 'x'.repeat(100)])('may be %j', (name) => {
    expect(isModelName(name)).toBe(true);
  });

  it.each([
    '',
    '.',
    '..',
    '.hidden',
    '-f',
    'a/b',
    'a\\b',
    'a b',
    'a.',
    'NUL',
    'con.safetensors',
    'x'.repeat(101),
    'ä',
  ])('may not be %j', (name) => {
    expect(isModelName(name)).toBe(false);
  });
});

function parse(content: object): ModelManifest {
  return parseModelManifest(Buffer.from(JSON.stringify(content)), '/models/m');
}

function file(path: string) {
  return { path, bytes: 1, sha256 };
}
