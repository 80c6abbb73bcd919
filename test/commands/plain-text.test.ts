import { describe, expect, it } from 'vitest';

import { fileStem, fromPlainText, plainText, shorten } from '../../src/commands/plain-text.js';

describe('plainText', () => {
  it('leaves ordinary words alone', () => {
    expect(plainText('hip-hop, 90 bpm (slow) & lo-fi!')).toBe('hip-hop, 90 bpm \\(slow\\) & lo-fi!');
  });

  it.each([
    ['**bold**', '\\*\\*bold\\*\\*'],
    ['_it_ ~~no~~ `code` ||spoiler||', '\\_it\\_ \\~\\~no\\~\\~ \\`code\\` \\|\\|spoiler\\|\\|'],
    ['[text](https://evil.example)', '\\[text\\]\\(https\\://evil.example\\)'],
    ['# heading', '\\# heading'],
    ['> quote', '\\> quote'],
    ['- list', '\\- list'],
    ['\\*', '\\\\\\*'],
  ])('takes the formatting from %s', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it.each(['@everyone', '@here', '<@123>', '<@&123>', '<#123>', '</riff:1>', '<:name:1>', '<t:1>'])(
    'leaves nothing of the mention %s that Discord would read',
    (mention) => {
      expect(plainText(`x ${mention}`)).not.toMatch(/(?<!\\)<|@(?!\u200b)/);
    },
  );

  it('does not let a number begin a list', () => {
    expect(plainText('1. first')).toBe('\u200b1. first');
  });

  it('makes one line of many', () => {
    expect(plainText(' a\n\n# b\tc ')).toBe('a \\# b c');
  });

  it('at most doubles the length, so that the longest prompt fits into an embed', () => {
    for (const nasty of ['*', '@', '<', '`', '://', '\\']) {
      expect(plainText(nasty.repeat(500)).length).toBeLessThanOrEqual(2 * nasty.length * 500 + 1);
    }
  });
});

describe('fromPlainText', () => {
  it.each([
    '**bold** @everyone',
    '1. first',
    '- list',
    'a \\ b `c` ||d||',
    'https://x.example',
    'ordinary words',
  ])('gives back %j', (text) => {
    expect(fromPlainText(plainText(text))).toBe(text);
  });
});

describe('shorten', () => {
  it('keeps what fits and marks what it cuts', () => {
    expect(shorten('abc', 3)).toBe('abc');
    expect(shorten('abcd', 3)).toBe('ab…');
  });

  it('never cuts a character in two', () => {
    expect(shorten('🎷🎷🎷', 2)).toBe('🎷…');
  });
});

describe('fileStem', () => {
  it.each([
    ['Funk bassline, 90 BPM!', 'funk-bassline-90-bpm'],
    ['../../etc/passwd', 'etc-passwd'],
    ['日本の琴', 'riff'],
    ['a'.repeat(500), 'a'.repeat(40)],
  ])('makes of %s the name %s', (text, stem) => {
    expect(fileStem(text, 'riff')).toBe(stem);
  });
});
