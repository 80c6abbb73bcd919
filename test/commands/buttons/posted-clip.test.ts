import { describe, expect, it } from 'vitest';

import { PostedClips, wholeOf, wordsOf } from '../../../src/commands/buttons/posted-clip.js';
import type { FileReference } from '../../../src/commands/clip-finder.js';
import type { ShownMessage } from '../../../src/commands/shown-message.js';
import type { Recipe } from '../../../src/engine/recipe/recipe.js';
import { sampleRecipe } from '../sample-clip.js';

const CDN = 'https://cdn.discordapp.com/attachments/2/9';

describe('PostedClips', () => {
  it('finds the picture that an embed shows, and the sound at the same place', async () => {
    const message = posted({ shown: ['a.png', 'b.png'], files: ['a.mp3', 'b.ogg'] });
    const first = await reader().read(message, 0);
    expect(first.file).toMatchObject({ url: `${CDN}/a.png?ex=1`, name: 'a.png' });
    expect(first.file.origin).toEqual({ guildId: '1', channelId: '2', messageId: '3' });
    const second = await reader().read(message, 1);
    expect(second.file.name).toBe('b.png');
    expect(second.file.origin?.position).toBe(1);
    expect([first.audioFormat, second.audioFormat]).toEqual(['mp3', 'ogg']);
  });

  it('finds pictures that are hidden until they are clicked', async () => {
    const message = posted({ shown: [], files: ['SPOILER_a.png', 'SPOILER_a.mp3', 'SPOILER_b.png'] });
    expect((await reader().read(message, 1)).file.name).toBe('SPOILER_b.png');
  });

  it('refuses a message that has no clip, or not so many', async () => {
    const refusal = { code: 'message_without_clip' };
    await expect(reader().read(posted({ shown: [], files: [] }), 0)).rejects.toMatchObject(refusal);
    const one = posted({ shown: ['a.png'], files: ['a.mp3'] });
    await expect(reader().read(one, 1)).rejects.toMatchObject(refusal);
    await expect(reader().keepSound(one, 1)).rejects.toMatchObject(refusal);
  });
});

describe('what is taken over from a clip', () => {
  const end = { prompt: 'choir', negativePrompt: '', seed: 7, guidanceScale: 2 };
  const clip = (recipe: Partial<Recipe>) => ({
    recipe: { ...sampleRecipe(), ...recipe },
    picture: new Uint8Array(),
    file: { url: '', name: '', origin: null },
    audioFormat: 'ogg' as const,
  });

  it('is words and knobs, with another seed; of the whole its length and its far end, too', () => {
    const words = wordsOf(clip({ negativePrompt: 'drums', pictures: 3, end }));
    expect(words).toMatchObject({ prompt: 'funk bassline', negativePrompt: 'drums', audioFormat: 'ogg' });
    expect(words.seed).not.toBe(7);
    expect(words.pictures).toBeUndefined();
    expect(wholeOf(clip({ pictures: 3, end }))).toMatchObject({ pictures: 3, end: { prompt: 'choir' } });
  });

  it('keeps one seed for both ends where there was one, and two where there were two', () => {
    const same = wholeOf(clip({ pictures: 3, end }));
    expect(same.end?.seed).toBe(same.seed);
    const two = wholeOf(clip({ pictures: 3, end: { ...end, seed: 8 } }));
    expect(two.end?.seed).not.toBe(two.seed);
  });
});

/** Of which every picture has the same recipe. */
function reader(): PostedClips {
  return new PostedClips({
    source: { fetch: ({ url }: Pick<FileReference, 'url'>) => Promise.resolve(Buffer.from(url)) },
    store: { save: () => Promise.reject(new Error('Nothing is kept here.')), read: never, remove: never },
    readRecipe: () => Promise.resolve(sampleRecipe()),
  });
}

function never(): Promise<never> {
  return Promise.reject(new Error('Not called here.'));
}

function posted({ shown, files }: Record<'shown' | 'files', readonly string[]>): ShownMessage {
  const place = { id: '3', guildId: '1', channelId: '2', authorId: '4' };
  const urlOf = (name: string) => `${CDN}/${name}?ex=1`;
  return {
    ...place,
    embeds: shown.map((name) => ({ image: { url: urlOf(name) } })),
    files: files.map((name) => ({ name, url: urlOf(name), size: 7, contentType: undefined })),
  };
}
