import { expect, it } from 'vitest';

import { isClipFile } from '../../../src/commands/file-names.js';
import { asSpoiler } from '../../../src/commands/settings/as-spoiler.js';

const FILE = { contentType: 'image/png', bytes: new Uint8Array(1) };

it('hides every file, also the one that an embed would show', () => {
  const view = {
    content: 'x',
    embeds: [
      { title: 't', image: { url: 'attachment://a.png' } },
      { image: { url: 'https://x.example/b.png' } },
    ],
    files: [
      { ...FILE, name: 'a.png' },
      { ...FILE, name: 'a.mp3' },
    ],
  };
  const hidden = asSpoiler(view);
  expect(hidden.files?.map(({ name }) => name)).toEqual(['SPOILER_a.png', 'SPOILER_a.mp3']);
  expect(hidden.embeds).toEqual([{ title: 't' }, { image: { url: 'https://x.example/b.png' } }]);
  expect(hidden.content).toBe('x');
});

it('leaves what has no files as it is, so that an edit does not remove any', () => {
  expect(asSpoiler({ content: 'x' })).toEqual({ content: 'x' });
});

it('does not make a clip of a preview', () => {
  expect(isClipFile('SPOILER_preview.png')).toBe(false);
  expect(isClipFile('SPOILER_funk-7.png')).toBe(true);
});
