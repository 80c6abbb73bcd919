/** Files that lie about what they are, how large they are, or what is in them. All small on the wire. */
import { deflateSync, gzipSync } from 'node:zlib';

import type { LocalFile } from '../../discord/people/command-input.js';
import type { Chance } from './random.js';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const ZEROS = deflateSync(Buffer.alloc(48 * 2 ** 20), { level: 9 });
const PACKED = gzipSync(Buffer.alloc(64 * 2 ** 20));

/** @param elsewhere - Address of a server that must never be asked for anything. */
export function hostileFile(chance: Chance, elsewhere: string, good: readonly LocalFile[]): LocalFile {
  const file = chance.of(MAKERS)(chance, elsewhere, chance.of(good));
  return chance.next() < 0.2 ? { ...file, filename: strangeName(chance) } : file;
}

type Maker = (chance: Chance, elsewhere: string, good: LocalFile) => LocalFile;

const MAKERS: readonly Maker[] = [
  // Pictures of 40,000 x 40,000 pixels that are nothing but zeros, or are not there at all.
  () => named('bomb.png', png(40_000, 40_000, ZEROS)),
  () => named('bomb16.png', png(30_000, 30_000, ZEROS, 16, 6)),
  () => named('huge.png', png(0x7fffffff, 0x7fffffff, deflateSync(Buffer.alloc(10)))),
  () => named('nothing.png', png(0, 0, deflateSync(Buffer.alloc(0)))),
  // Texts in which recipes are looked for.
  () => named('text.png', pngWith(chunk('zTXt', Buffer.concat([Buffer.from('riffcord\0\0'), ZEROS])))),
  () => named('itext.png', pngWith(chunk('iTXt', Buffer.from('riffcord\0\0\0\0\0{"prompt":1}')))),
  () => named('profile.png', pngWith(chunk('iCCP', Buffer.concat([Buffer.from('p\0\0'), ZEROS])))),
  (chance) =>
    named('chunks.png', pngWith(...Array.from({ length: 500 }, () => chunk('tEXt', chance.bytes(9))))),
  // Sounds that promise hours, gigahertz or a thousand channels.
  () => named('long.wav', wav({ dataBytes: 0xffffffff })),
  () => named('fast.wav', wav({ sampleRate: 0xffffffff })),
  () => named('still.wav', wav({ sampleRate: 0 })),
  () => named('many.wav', wav({ channels: 65_535 })),
  () => named('none.wav', wav({ channels: 0, bits: 0 })),
  () => named('nan.wav', wav({ format: 3, bits: 32, samples: Buffer.alloc(40_000, 0xff) })),
  () => named('silence.flac', flac(0xfffffffff)),
  (chance) => named('noise.ogg', Buffer.concat([Buffer.from('OggS\0\x02'), chance.bytes(300)])),
  (chance) => named('noise.mp3', Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), chance.bytes(3000)])),
  (chance) =>
    named(
      'tag.mp3',
      Buffer.concat([Buffer.from('ID3\x04\0\0\x7f\x7f\x7f\x7f', 'latin1'), chance.bytes(500)]),
    ),
  // Two kinds at once, and none.
  (chance, _, good) =>
    named('both.png', Buffer.concat([good.bytes, Buffer.from('PK\x03\x04'), chance.bytes(99)])),
  (_, __, good) => named('riff.png', Buffer.concat([PNG, good.bytes])),
  (_, elsewhere) =>
    named('list.m3u8', Buffer.from(`#EXTM3U\n#EXTINF:10,\n${elsewhere}/a.mp3\nfile:///etc/passwd\n`)),
  (_, elsewhere) => named('list.mp3', Buffer.from(`#EXTM3U\n${elsewhere}/stream\n`), 'audio/mpeg'),
  (_, elsewhere) => named('list.pls', Buffer.from(`[playlist]\nFile1=${elsewhere}/b.mp3\n`), 'audio/x-scpls'),
  (_, elsewhere) =>
    named(
      'drawing.svg',
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><image href="${elsewhere}/c.png"/></svg>`),
      'image/svg+xml',
    ),
  (_, elsewhere) =>
    named('page.png', Buffer.from(`<html><img src="${elsewhere}/d.png"></html>`), 'image/png'),
  () => named('packed.png', PACKED, 'image/png'),
  () => named('empty.wav', Buffer.alloc(0), 'audio/wav'),
  (chance) => named('noise.bin', chance.bytes(400), 'application/octet-stream'),
  // Good ones that were damaged.
  (chance, _, good) => ({ ...good, bytes: good.bytes.subarray(0, chance.below(good.bytes.length)) }),
  (chance, _, good) => ({ ...good, bytes: withNoise(good.bytes, chance) }),
  // Good ones that Discord hands out strangely.
  (_, elsewhere, good) => served(good, 302, { location: `${elsewhere}/attachments/1/2/e.wav` }),
  (_, __, good) => served(good, 302, { location: 'http://169.254.169.254/latest/meta-data' }),
  (_, __, good) => served(good, 200, { 'content-encoding': 'gzip' }, PACKED),
  (_, __, good) => served(good, 200, { 'content-length': '999999999999' }),
  (_, __, good) => served(good, 500, {}),
  (_, __, good) => served(good, 404, {}),
  (_, __, good) => served(good, 200, { 'content-type': 'text/html' }, Buffer.from('<html></html>')),
];

/** Links that lead, or seem to lead, to Discord and elsewhere. */
export function hostileLink(chance: Chance, elsewhere: string, cdn: string): string {
  const path = '/attachments/1/2/a.wav';
  const host = new URL(elsewhere).host;
  return chance.of([
    `${elsewhere}${path}`,
    `${cdn}${path}`,
    `${cdn}/../..${path}`,
    `${cdn}@${host}${path}`,
    `${cdn.replace('http://', 'http://user:pass@')}${path}`,
    `https://cdn.discordapp.com.${host}${path}`,
    `https://cdn.discordapp.com@${host}${path}`,
    `http://169.254.169.254/latest/meta-data/`,
    'http://localhost:22/',
    'http://[::1]/attachments/1/2/a.wav',
    'http://0x7f000001/attachments/1/2/a.wav',
    'file:///etc/passwd',
    'data:audio/wav;base64,UklGRg==',
    'javascript:alert(1)',
    'https://discord.com/channels/1/2/3',
    'https://discord.com/channels/@me/99999999999999999999/1',
    'https://discord.com/channels/../../api/v10/users/@me',
    `<${elsewhere}/playlist.m3u8>`,
    chance.text(),
  ]);
}

function strangeName(chance: Chance): string {
  return chance.of([
    'n'.repeat(1000) + '.wav',
    '../../../etc/passwd.png',
    'a\u0000b.png',
    '.png',
    '‮gnp.exe',
    'CON.mp3',
    'a.png.exe',
    '🎵'.repeat(80) + '.ogg',
    '-rf *.flac',
    'preview.png',
  ]);
}

function named(filename: string, bytes: Buffer, contentType?: string): LocalFile {
  return { filename, bytes, ...(contentType === undefined ? {} : { contentType }) };
}

function served(
  good: LocalFile,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Buffer = good.bytes,
): LocalFile {
  return { ...good, served: { status, headers, body } };
}

function withNoise(bytes: Buffer, chance: Chance): Buffer {
  const copy = Buffer.from(bytes);
  for (let i = 0; i < 20; i += 1) copy[chance.below(copy.length)] = chance.below(256);
  return copy;
}

function png(width: number, height: number, pixels: Buffer, depth = 8, colour = 0): Buffer {
  return Buffer.concat([PNG, header(width, height, depth, colour), chunk('IDAT', pixels), chunk('IEND')]);
}

/** A picture of one grey pixel, with these chunks before it. */
function pngWith(...chunks: readonly Buffer[]): Buffer {
  const pixels = chunk('IDAT', deflateSync(Buffer.from([0, 128])));
  return Buffer.concat([PNG, header(1, 1, 8, 0), ...chunks, pixels, chunk('IEND')]);
}

function header(width: number, height: number, depth: number, colour: number): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data[8] = depth;
  data[9] = colour;
  return chunk('IHDR', data);
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** By the polynomial of PNG's specification, appendix D. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

interface WavLies {
  readonly format?: number;
  readonly channels?: number;
  readonly sampleRate?: number;
  readonly bits?: number;
  readonly dataBytes?: number;
  readonly samples?: Buffer;
}

function wav(lies: WavLies): Buffer {
  const { format = 1, channels = 1, sampleRate = 44_100, bits = 16, samples = Buffer.alloc(4000) } = lies;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(format, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(sampleRate, 24);
  head.writeUInt32LE(((sampleRate * channels * bits) % 2 ** 32) >>> 3, 28);
  head.writeUInt16LE(((channels * bits) >>> 3) & 0xffff, 32);
  head.writeUInt16LE(bits, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(lies.dataBytes ?? samples.length, 40);
  return Buffer.concat([head, samples]);
}

/** @param samples - How many it promises; there are none. */
function flac(samples: number): Buffer {
  const info = Buffer.alloc(34);
  info.writeUInt16BE(4096, 0);
  info.writeUInt16BE(4096, 2);
  info.writeBigUInt64BE((44_100n << 44n) | (1n << 41n) | (15n << 36n) | BigInt(samples), 10);
  return Buffer.concat([Buffer.from('fLaC'), Buffer.from([0x80, 0, 0, 34]), info]);
}
