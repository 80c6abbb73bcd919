import { describe, expect, it } from 'vitest';

import { recipeJsonFromTags } from '../../../src/engine/files/audio-tags.js';
import { id3Length, readId3Tags, writeId3Tags } from '../../../src/engine/files/id3-tags.js';
import { readVorbisComments, writeVorbisComments } from '../../../src/engine/files/vorbis-comments.js';
import { bigEndian, joined, littleEndian, noiseBytes } from './fixtures.js';

const TAGS = new Map([
  ['TITLE', 'fünk 🎷'],
  ['ENCODER', 'Riffcord'],
  ['RIFFCORD_RECIPE', '{"a":"b=c"}'],
]);

describe('Vorbis comments', () => {
  it('read back as they were written', () => {
    expect(readVorbisComments(writeVorbisComments('Riffcord', TAGS))).toEqual(TAGS);
  });

  it('are found in any case, the first of each name', () => {
    const block = writeVorbisComments(
      '',
      new Map([
        ['Title', 'one'],
        ['TITLE', 'two'],
        ['=', 'x'],
      ]),
    );
    expect([...readVorbisComments(block)]).toEqual([['TITLE', 'one']]);
  });

  it.each([
    { what: 'no bytes', block: new Uint8Array() },
    { what: 'a vendor of 4 GB', block: joined(littleEndian(0xffffffff, 4), 'x'.repeat(100)) },
    {
      what: 'a comment of 4 GB',
      block: joined(littleEndian(0, 4), littleEndian(1, 4), littleEndian(0xffffffff, 4), 'A=b'),
    },
    { what: '4 billion comments', block: joined(littleEndian(0, 4), littleEndian(0xffffffff, 4)) },
    { what: 'noise', block: noiseBytes(5000, 3) },
  ])('give nothing, and no error, for $what', ({ block }) => {
    expect(readVorbisComments(block).size).toBe(0);
  });

  it('before the damage are kept', () => {
    const block = writeVorbisComments('v', TAGS);
    expect([...readVorbisComments(block.subarray(0, block.length - 1)).keys()]).toEqual(['TITLE', 'ENCODER']);
  });

  it('of empty comments without end come to an end', () => {
    const block = joined(littleEndian(0, 4), littleEndian(0xffffffff, 4), new Uint8Array(1_000_000));
    expect(readVorbisComments(block).size).toBe(0);
  });
});

describe('ID3 tags', () => {
  const tag = (version: number, flags: number, body: Uint8Array, size = body.length): Uint8Array =>
    joined('ID3', [version, 0, flags, size >> 21, (size >> 14) & 127, (size >> 7) & 127, size & 127], body);
  const frame = (id: string, data: readonly number[] | Uint8Array, flags = 0): Uint8Array =>
    joined(id, bigEndian(data.length, 4), [0, flags], data);

  it('read back as they were written', () => {
    const bytes = writeId3Tags(TAGS);
    expect(readId3Tags(bytes)).toEqual(TAGS);
    expect(id3Length(bytes)).toBe(bytes.length);
  });

  it('hold values of more than 127 bytes, whose sizes need two bytes of seven bits', () => {
    const long = new Map([
      ['RIFFCORD_RECIPE', 'x'.repeat(20_000)],
      ['TITLE', 'after'],
    ]);
    expect(readId3Tags(writeId3Tags(long))).toEqual(long);
  });

  it.each([
    { encoding: 'Latin-1', data: [0, 0xfc, 0x78] },
    { encoding: 'UTF-16 little-endian', data: [1, 0xff, 0xfe, 0xfc, 0, 0x78, 0] },
    { encoding: 'UTF-16 big-endian', data: [1, 0xfe, 0xff, 0, 0xfc, 0, 0x78] },
    { encoding: 'UTF-16 without a mark', data: [2, 0, 0xfc, 0, 0x78] },
    { encoding: 'UTF-8', data: [3, 0xc3, 0xbc, 0x78, 0] },
  ])('are read in $encoding', ({ data }) => {
    expect(readId3Tags(tag(3, 0, frame('TIT2', data))).get('TITLE')).toBe('üx');
  });

  it('of version 2.3 are read with plain sizes, an extended header and unsynchronisation', () => {
    const title = frame('TIT2', [0, ...new Array<number>(200).fill(0x61)]);
    expect(readId3Tags(tag(3, 0, title)).get('TITLE')).toHaveLength(200);
    const extended = joined(bigEndian(6, 4), new Uint8Array(6), title);
    expect(readId3Tags(tag(3, 0x40, extended)).get('TITLE')).toHaveLength(200);
    const written = frame('TIT2', [0, 0xff, 0x78]);
    const unsynchronised = joined(written.subarray(0, 12), [0], written.subarray(12));
    expect(readId3Tags(tag(3, 0x80, unsynchronised)).get('TITLE')).toBe('ÿx');
  });

  it.each([
    {
      what: 'a size that runs past the end',
      bytes: tag(4, 0, frame('TIT2', [3, 0x61]), 2 ** 28 - 1),
      title: 'a',
    },
    {
      what: 'a frame of 256 MB',
      bytes: tag(4, 0, joined('TIT2', [127, 127, 127, 127, 0, 0, 3, 0x61])),
      title: undefined,
    },
    { what: 'an encrypted frame', bytes: tag(4, 0, frame('TIT2', [3, 0x61], 0x04)), title: undefined },
    { what: 'padding', bytes: tag(4, 0, new Uint8Array(100_000)), title: undefined },
    {
      what: 'an extended header of 256 MB',
      bytes: tag(4, 0x40, joined([127, 127, 127, 127])),
      title: undefined,
    },
    { what: 'noise', bytes: tag(4, 0, noiseBytes(5000, 5)), title: undefined },
    { what: 'a version that is not known', bytes: tag(9, 0, frame('TIT2', [3, 0x61])), title: undefined },
    { what: 'an empty frame', bytes: tag(4, 0, frame('TIT2', [])), title: '' },
    { what: 'no more than a signature', bytes: joined('ID3'), title: undefined },
  ])('do no harm with $what', ({ bytes, title }) => {
    expect(readId3Tags(bytes).get('TITLE')).toBe(title);
  });
});

describe('the recipe among the tags', () => {
  it('is a comment only where the comment is one', () => {
    expect(recipeJsonFromTags(new Map([['COMMENT', 'nice']]))).toBeUndefined();
    expect(recipeJsonFromTags(new Map([['COMMENT', '{"format":"riffcord-recipe"}']]))).toContain(
      'riffcord-recipe',
    );
  });
});
