import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ClipFolder } from '../../src/app/clip-folder.js';
import type { GeneratedClip } from '../../src/engine/music-engine.js';

let path: string;
let clips: ClipFolder;

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'riffcord-clips-'));
  clips = new ClipFolder(path);
});

afterEach(() => rm(path, { recursive: true, force: true }));

describe('ClipFolder', () => {
  it('gives back what was saved, byte for byte', async () => {
    await clips.save('job1', clip);
    const read = await clips.read('job1');
    expect(read?.recipe).toEqual(clip.recipe);
    expect(Buffer.from(read?.picture ?? [])).toEqual(Buffer.from(clip.picture));
    expect({ ...read?.audio, bytes: [...(read?.audio.bytes ?? [])] }).toEqual({
      ...clip.audio,
      bytes: [...clip.audio.bytes],
    });
  });

  it('has nothing for a job that it does not know', async () => {
    expect(await clips.read('job1')).toBeUndefined();
    expect(await clips.postedAs('job1')).toBeUndefined();
  });

  it.each(['audio', 'picture.png', 'clip.json'])(
    'takes a clip with half a file %s for none',
    async (file) => {
      await clips.save('job1', clip);
      await truncate(join(path, 'job1', file), 1);
      expect(await clips.read('job1')).toBeUndefined();
    },
  );

  it('remembers under which message a clip was posted, saved or not', async () => {
    await clips.save('job1', clip);
    await clips.notePosted('job1', '42');
    await clips.notePosted('job2', '43');
    expect(await clips.postedAs('job1')).toBe('42');
    expect(await clips.postedAs('job2')).toBe('43');
    expect(await clips.read('job1')).toBeDefined();
  });

  it('sweeps posted clips of jobs that are over, and keeps what nobody has got yet', async () => {
    for (const id of ['live', 'over', 'undelivered']) await clips.save(id, clip);
    await clips.notePosted('live', '1');
    await clips.notePosted('over', '2');
    await clips.sweep((id) => id === 'live');
    expect((await readdir(path)).sort()).toEqual(['live', 'undelivered']);
  });

  it('sweeps nothing when there is no folder yet', async () => {
    await expect(new ClipFolder(join(path, 'missing')).sweep(() => false)).resolves.toBeUndefined();
  });

  it('does not leave its folder, whatever the id', () => {
    expect(() => clips.pathOf('../x')).toThrow(RangeError);
  });
});

const clip: GeneratedClip = {
  recipe: {
    format: 'riffcord-recipe',
    version: 1,
    engine: '0',
    model: { name: 'm', version: '1', sha256: '0'.repeat(64) },
    prompt: 'p',
    negativePrompt: '',
    seed: 7,
    numInferenceSteps: 2,
    guidanceScale: 4,
    scheduler: 'euler',
    width: 512,
  },
  picture: new Uint8Array([1, 2, 3]),
  isPromptTruncated: false,
  audio: {
    format: 'mp3',
    bytes: new Uint8Array([4, 5]),
    sampleRate: 44100,
    numberOfChannels: 1,
    durationSeconds: 5.12,
  },
};
