import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { PostFolder } from '../../src/app/post-folder.js';
import type { MessageView } from '../../src/commands/message-view.js';

let path: string;
let posts: PostFolder;

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'riffcord-clips-'));
  posts = new PostFolder(path);
});

afterEach(() => rm(path, { recursive: true, force: true }));

describe('PostFolder', () => {
  it('gives back what was saved, byte for byte', async () => {
    await posts.save('job1', post);
    expect(await posts.read('job1')).toEqual(post);
  });

  it('keeps what is to be known of a voice message', async () => {
    const voice = { durationSeconds: 5.12, waveform: 'AAEC' };
    const file = { name: 'a.ogg', contentType: 'audio/ogg', bytes: Buffer.from([1]), voice };
    await posts.save('job1', { content: '', files: [file] });
    expect((await posts.read('job1'))?.files).toEqual([file]);
  });

  it('has nothing for a job that it does not know', async () => {
    expect(await posts.read('job1')).toBeUndefined();
    expect(await posts.postedAs('job1')).toBeUndefined();
  });

  it.each(['0-p-7.png', '1-p-7.mp3', 'post.json'])(
    'takes a clip with half a file %s for none',
    async (file) => {
      await posts.save('job1', post);
      await truncate(join(path, 'job1', file), 1);
      expect(await posts.read('job1')).toBeUndefined();
    },
  );

  it('remembers under which message a clip was posted, saved or not', async () => {
    await posts.save('job1', post);
    await posts.notePosted('job1', '42');
    await posts.notePosted('job2', '43');
    expect(await posts.postedAs('job1')).toBe('42');
    expect(await posts.postedAs('job2')).toBe('43');
    expect(await posts.read('job1')).toBeDefined();
  });

  it('sweeps posted clips of jobs that are over, and keeps what nobody has got yet', async () => {
    for (const id of ['live', 'over', 'undelivered']) await posts.save(id, post);
    await posts.notePosted('live', '1');
    await posts.notePosted('over', '2');
    await posts.sweep((id) => id === 'live');
    expect((await readdir(path)).sort()).toEqual(['live', 'undelivered']);
  });

  it('forgets the clips of one person, and no others', async () => {
    const askedBy = (userId: string): MessageView => ({
      ...post,
      embeds: [{ fields: [{ name: 'Asked by', value: `<@${userId}>` }] }],
    });
    await posts.save('hers', askedBy('1001'));
    await posts.save('his', askedBy('10012'));
    await posts.forget('1001');
    expect(await readdir(path)).toEqual(['his']);
    await expect(new PostFolder(join(path, 'missing')).forget('1001')).resolves.toBeUndefined();
  });

  it('sweeps nothing when there is no folder yet', async () => {
    await expect(new PostFolder(join(path, 'missing')).sweep(() => false)).resolves.toBeUndefined();
  });

  it('does not leave its folder, whatever the id and the names of files', async () => {
    expect(() => posts.pathOf('../x')).toThrow(RangeError);
    const file = { name: '../../x', contentType: 'image/png', bytes: new Uint8Array(1) };
    await expect(posts.save('job1', { content: '', files: [file] })).rejects.toThrow('plain file name');
    expect(await readdir(path)).toEqual([]);
  });
});

const post: MessageView = {
  content: '',
  embeds: [{ description: '**p**', image: { url: 'attachment://p-7.png' } }],
  components: [],
  files: [
    { name: 'p-7.png', contentType: 'image/png', bytes: Buffer.from([1, 2, 3]), description: 'A picture.' },
    { name: 'p-7.mp3', contentType: 'audio/mpeg', bytes: Buffer.from([4, 5]) },
  ],
};
