import { describe, expect, it } from 'vitest';

import { readExif, writeExif } from '../../../src/engine/files/exif.js';
import { bigEndian, joined, littleEndian, noiseBytes } from './fixtures.js';

interface RawEntry {
  readonly tag: number;
  readonly type: number;
  readonly count?: number;
  readonly data: readonly number[];
}

/** A TIFF block in either byte order; data of more than four bytes lie behind the directory. */
function block(order: 'II' | 'MM', entries: readonly RawEntry[]): Uint8Array {
  const integer = order === 'II' ? littleEndian : bigEndian;
  let free = 8 + 2 + entries.length * 12 + 4;
  const outside: number[] = [];
  const directory = entries.flatMap(({ tag, type, count = 1, data }) => {
    const head = [...integer(tag, 2), ...integer(type, 2), ...integer(count, 4)];
    if (data.length <= 4) return [...head, ...data, ...new Array<number>(4 - data.length).fill(0)];
    const offset = free;
    free += data.length;
    outside.push(...data);
    return [...head, ...integer(offset, 4)];
  });
  return joined(
    order,
    integer(42, 2),
    integer(8, 4),
    integer(entries.length, 2),
    directory,
    integer(0, 4),
    outside,
  );
}

function float(order: 'II' | 'MM', value: number, bytes: 4 | 8): number[] {
  const view = new DataView(new ArrayBuffer(bytes));
  if (bytes === 4) view.setFloat32(0, value, order === 'II');
  else view.setFloat64(0, value, order === 'II');
  return [...new Uint8Array(view.buffer)];
}

describe.each(['II', 'MM'] as const)('reading EXIF in byte order %s', (order) => {
  const integer = order === 'II' ? littleEndian : bigEndian;

  it.each([
    { type: 1, name: 'BYTE', data: [200], value: 200 },
    { type: 3, name: 'SHORT', data: integer(44100, 2), value: 44100 },
    { type: 4, name: 'LONG', data: integer(96000, 4), value: 96000 },
    { type: 5, name: 'RATIONAL', data: [...integer(1, 4), ...integer(4, 4)], value: 0.25 },
    { type: 6, name: 'SBYTE', data: [0xff], value: -1 },
    { type: 8, name: 'SSHORT', data: integer(0x10000 - 5, 2), value: -5 },
    { type: 9, name: 'SLONG', data: integer(2 ** 32 - 70000, 4), value: -70000 },
    { type: 10, name: 'SRATIONAL', data: [...integer(2 ** 32 - 1, 4), ...integer(4, 4)], value: -0.25 },
    { type: 11, name: 'FLOAT', data: float(order, 0.25, 4), value: 0.25 },
    { type: 12, name: 'DOUBLE', data: float(order, 25695122.5, 8), value: 25695122.5 },
  ])('takes $name', ({ type, data, value }) => {
    expect([...readExif(block(order, [{ tag: 11070, type, data }]))]).toEqual([[11070, value]]);
  });

  it('takes text up to its end mark, and the first of several numbers', () => {
    const fields = readExif(
      block(order, [
        { tag: 270, type: 2, count: 6, data: [...Buffer.from('hello\0')] },
        { tag: 11000, type: 3, count: 2, data: [...integer(7, 2), ...integer(8, 2)] },
      ]),
    );
    expect([...fields]).toEqual([
      [270, 'hello'],
      [11000, 7],
    ]);
  });

  it('leaves out what is damaged and keeps the rest', () => {
    const good = { tag: 5, type: 3, data: integer(1, 2) };
    const fields = readExif(
      block(order, [
        { tag: 1, type: 2, count: 0xffffffff, data: integer(8, 4) },
        { tag: 2, type: 12, data: integer(0xffffffff, 4) },
        { tag: 3, type: 99, data: integer(1, 4) },
        { tag: 4, type: 3, count: 0, data: integer(1, 4) },
        good,
      ]),
    );
    expect([...fields]).toEqual([[5, 1]]);
  });
});

describe('EXIF blocks', () => {
  it('read back as they were written, in the types that Pillow uses', () => {
    const bytes = writeExif([
      { tag: 11070, value: 1, isFloat: true },
      { tag: 11000, value: 96000 },
      { tag: 11010, value: 2.5 },
      { tag: 270, value: 'hello' },
      { tag: 11005, value: 1 },
    ]);
    expect([...readExif(bytes)]).toEqual([
      [270, 'hello'],
      [11000, 96000],
      [11005, 1],
      [11010, 2.5],
      [11070, 1],
    ]);
    const view = new DataView(bytes.buffer);
    const types = [0, 1, 2, 3, 4].map((index) => view.getUint16(8 + 2 + index * 12 + 2, true));
    expect(types).toEqual([2, 4, 3, 12, 12]);
  });

  it.each([
    { what: 'no bytes', bytes: new Uint8Array() },
    { what: 'noise', bytes: noiseBytes(1000) },
    { what: 'a directory past the end', bytes: joined('II*\0', [255, 255, 255, 255]) },
    {
      what: 'a directory of 65,535 entries that are not there',
      bytes: joined('II*\0', [8, 0, 0, 0, 255, 255]),
    },
    { what: 'another magic number', bytes: joined('II', [43, 0, 8, 0, 0, 0, 0, 0]) },
  ])('give nothing, and no error, for $what', ({ bytes }) => {
    expect(readExif(bytes).size).toBe(0);
  });
});
