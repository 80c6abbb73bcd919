import { describe, expect, it } from 'vitest';

import { parseClipLink } from '../../src/commands/clip-link.js';

const message = { guildId: '1', channelId: '2', messageId: '3' };

describe('parseClipLink', () => {
  it.each([
    'https://discord.com/channels/1/2/3',
    ' https://ptb.discord.com/channels/1/2/3/ ',
    'https://canary.discord.com/channels/1/2/3',
    '<https://discordapp.com/channels/1/2/3>',
  ])('knows the message of %s', (link) => {
    expect(parseClipLink(link)).toEqual({ type: 'message', message });
  });

  it('knows direct messages', () => {
    const link = parseClipLink('https://discord.com/channels/@me/2/3');
    expect(link).toEqual({ type: 'message', message: { ...message, guildId: null } });
  });

  it.each([
    ['https://cdn.discordapp.com/attachments/1/2/a.mp3?ex=1', 'a.mp3'],
    ['https://discord.com.example/channels/1/2/3', '3'],
    ['https://discord.com@example.com/channels/1/2/3', '3'],
    ['http://discord.com/channels/1/2/3', '3'],
    ['file:///etc/passwd', 'passwd'],
  ])('takes %s for the address of a file, which nobody has allowed yet', (url, name) => {
    expect(parseClipLink(url)).toEqual({ type: 'file', url, name });
  });

  it.each(['', 'the last one', '123456789', '//discord.com/channels/1/2/3'])(
    'takes "%s" for no link',
    (text) => {
      expect(parseClipLink(text)).toBeUndefined();
    },
  );
});
