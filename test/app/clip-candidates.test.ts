import type { APIMessage } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { clipIn } from '../../src/app/clip-candidates.js';

const origin = { guildId: '1', channelId: '2', messageId: '3' };
const CDN = 'https://cdn.discordapp.com/attachments/2/9';

describe('clipIn', () => {
  it('takes the picture of a clip of ours, which its embed shows, unless a sound is wanted', () => {
    const clip = message({ files: ['a.mp3'], shown: 'a.png' });
    expect(clipIn(clip, origin, 'any')).toMatchObject({ url: `${CDN}/a.png?ex=1`, name: 'a.png', origin });
    expect(clipIn(clip, origin, 'picture')?.name).toBe('a.png');
    expect(clipIn(clip, origin, 'sound')?.name).toBe('a.mp3');
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
    const odd = { attachments: [], embeds: [{ image: { url: 'attachment' } }] } as unknown as APIMessage;
    expect(clipIn(odd, origin, 'any')).toBeUndefined();
  });
});

interface Files {
  readonly files?: readonly (string | { readonly name: string; readonly type: string })[];
  readonly shown?: string;
}

function message({ files = [], shown }: Files): APIMessage {
  const attachments = files.map((file) => {
    const [filename, content_type] = typeof file === 'string' ? [file, undefined] : [file.name, file.type];
    return { id: '9', filename, content_type, size: 7, url: `${CDN}/${filename}?ex=1`, proxy_url: '' };
  });
  const embeds = shown === undefined ? [] : [{ image: { url: `${CDN}/${shown}?ex=1` } }];
  return { attachments, embeds } as unknown as APIMessage;
}
