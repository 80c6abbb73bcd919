import { describe, expect, it } from 'vitest';

import { clipIn } from '../../src/commands/clip-candidates.js';
import type { ShownMessage } from '../../src/commands/shown-message.js';

const origin = { guildId: '1', channelId: '2', messageId: '3' };
const CDN = 'https://cdn.discordapp.com/attachments/2/9';

describe('clipIn', () => {
  it('takes the picture of a clip of ours, which its embed shows, unless a sound is wanted', () => {
    const clip = message({ files: ['a.mp3'], shown: 'a.png' });
    expect(clipIn(clip, origin, 'any')).toMatchObject({ url: `${CDN}/a.png?ex=1`, name: 'a.png', origin });
    expect(clipIn(clip, origin, 'picture')?.name).toBe('a.png');
    expect(clipIn(clip, origin, 'sound')?.name).toBe('a.mp3');
  });

  it('takes that of several clips which is meant, and nothing beyond the last', () => {
    const four = message({ files: ['a.mp3', 'b.mp3', 'a.png', 'b.png'] });
    const at = (position: number) => ({ ...origin, position });
    expect(clipIn(four, at(1), 'any')?.name).toBe('b.png');
    expect(clipIn(four, at(1), 'sound')?.name).toBe('b.mp3');
    expect(clipIn(four, at(2), 'any')).toBeUndefined();
  });

  it('goes by the type that Discord declares, or else by the name', () => {
    expect(clipIn(message({ files: ['a.txt', 'tune', 'b.flac'] }), origin, 'any')?.name).toBe('b.flac');
    const declared = message({ files: [{ name: 'tune', type: 'audio/ogg' }] });
    expect(clipIn(declared, origin, 'any')?.name).toBe('tune');
    const misnamed = message({ files: [{ name: 'a.png', type: 'text/plain' }] });
    expect(clipIn(misnamed, origin, 'any')).toBeUndefined();
  });

  it('passes over the picture of a clip in the making, and over readable renderings', () => {
    expect(clipIn(message({ files: ['preview.png', 'a-readable.png'] }), origin, 'any')).toBeUndefined();
  });

  it('finds nothing in a message of words alone, or with a picture from nowhere', () => {
    expect(clipIn(message({}), origin, 'any')).toBeUndefined();
    const odd = { files: [], embeds: [{ image: { url: 'attachment' } }] };
    expect(clipIn(odd, origin, 'any')).toBeUndefined();
  });
});

interface Files {
  readonly files?: readonly (string | { readonly name: string; readonly type: string })[];
  readonly shown?: string;
}

function message({ files = [], shown }: Files): Pick<ShownMessage, 'embeds' | 'files'> {
  return {
    files: files.map((file) => {
      const [name, contentType] = typeof file === 'string' ? [file, undefined] : [file.name, file.type];
      return { name, contentType, size: 7, url: `${CDN}/${name}?ex=1` };
    }),
    embeds: shown === undefined ? [] : [{ image: { url: `${CDN}/${shown}?ex=1` } }],
  };
}
