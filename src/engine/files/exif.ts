/** The part of TIFF 6.0 that EXIF blocks use, as far as image file directory 0 (IFD0). */

import { asciiAt, asciiBytes, viewOf } from './bytes.js';

/** A field to write. Types are chosen as Pillow does: whole numbers SHORT or LONG, others DOUBLE. */
export interface ExifField {
  readonly tag: number;
  readonly value: number | string;
  /** Write a DOUBLE even where the number is whole. @defaultValue false */
  readonly isFloat?: boolean;
}

const TIFF_SHORT = 3;
const TIFF_LONG = 4;
const TIFF_DOUBLE = 12;
const TIFF_ASCII = 2;
const HEADER_LENGTH = 8;
const ENTRY_LENGTH = 12;

/** Bytes of one value of each TIFF type. */
const TYPE_SIZES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
};

/**
 * The fields of IFD0, in either byte order, with or without the `Exif\0\0` prefix. Of several numbers in one field
 * the first is taken. What does not make sense is left out: a damaged block has fewer fields, or none.
 */
export function readExif(block: Uint8Array): ReadonlyMap<number, number | string> {
  const fields = new Map<number, number | string>();
  const tiff = asciiAt(block, 0, 6) === 'Exif\0\0' ? block.subarray(6) : block;
  const order = asciiAt(tiff, 0, 2);
  if (tiff.length < HEADER_LENGTH || (order !== 'II' && order !== 'MM')) return fields;
  const little = order === 'II';
  const view = viewOf(tiff);
  if (view.getUint16(2, little) !== 42) return fields;
  const directory = view.getUint32(4, little);
  if (directory + 2 > tiff.length) return fields;
  const count = view.getUint16(directory, little);
  for (let index = 0; index < count; index++) {
    const entry = directory + 2 + index * ENTRY_LENGTH;
    if (entry + ENTRY_LENGTH > tiff.length) break;
    const value = readEntry(tiff, view, entry, little);
    if (value !== undefined) fields.set(view.getUint16(entry, little), value);
  }
  return fields;
}

/** A little-endian TIFF block (no `Exif\0\0` prefix) of one directory. */
export function writeExif(fields: readonly ExifField[]): Uint8Array {
  const sorted = [...fields].sort((a, b) => a.tag - b.tag);
  const directoryLength = 2 + sorted.length * ENTRY_LENGTH + 4;
  const values = sorted.map(encodeValue);
  // Values of more than 4 bytes lie behind the directory, each at an even offset.
  const outside = values.map(({ data }) => (data.length > 4 ? data.length + (data.length % 2) : 0));
  const block = new Uint8Array(HEADER_LENGTH + directoryLength + outside.reduce((a, b) => a + b, 0));
  const view = viewOf(block);
  block.set(asciiBytes('II*\0'));
  view.setUint32(4, HEADER_LENGTH, true);
  view.setUint16(HEADER_LENGTH, sorted.length, true);
  let free = HEADER_LENGTH + directoryLength;
  values.forEach(({ tag, type, count, data }, index) => {
    const entry = HEADER_LENGTH + 2 + index * ENTRY_LENGTH;
    view.setUint16(entry, tag, true);
    view.setUint16(entry + 2, type, true);
    view.setUint32(entry + 4, count, true);
    if (data.length <= 4) {
      block.set(data, entry + 8);
    } else {
      view.setUint32(entry + 8, free, true);
      block.set(data, free);
      free += outside[index] ?? 0;
    }
  });
  return block;
}

function readEntry(
  tiff: Uint8Array,
  view: DataView,
  entry: number,
  little: boolean,
): number | string | undefined {
  const type = view.getUint16(entry + 2, little);
  const count = view.getUint32(entry + 4, little);
  const size = TYPE_SIZES[type];
  if (size === undefined || count === 0) return undefined;
  const length = size * count;
  const offset = length <= 4 ? entry + 8 : view.getUint32(entry + 8, little);
  if (offset + length > tiff.length) return undefined;
  if (type === TIFF_ASCII) return asciiAt(tiff, offset, length).replace(/\0.*$/s, '');
  return readNumber(view, type, offset, little);
}

function readNumber(view: DataView, type: number, offset: number, little: boolean): number | undefined {
  switch (type) {
    case 1:
      return view.getUint8(offset);
    case TIFF_SHORT:
      return view.getUint16(offset, little);
    case TIFF_LONG:
      return view.getUint32(offset, little);
    case 5:
      return view.getUint32(offset, little) / view.getUint32(offset + 4, little);
    case 6:
      return view.getInt8(offset);
    case 8:
      return view.getInt16(offset, little);
    case 9:
      return view.getInt32(offset, little);
    case 10:
      return view.getInt32(offset, little) / view.getInt32(offset + 4, little);
    case 11:
      return view.getFloat32(offset, little);
    case TIFF_DOUBLE:
      return view.getFloat64(offset, little);
    default:
      return undefined;
  }
}

interface EncodedField {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly data: Uint8Array;
}

function encodeValue({ tag, value, isFloat = false }: ExifField): EncodedField {
  if (typeof value === 'string') {
    const data = asciiBytes(`${value}\0`);
    return { tag, type: TIFF_ASCII, count: data.length, data };
  }
  const data = new Uint8Array(8);
  const view = viewOf(data);
  if (isFloat || !Number.isInteger(value) || value < 0 || value > 0xffffffff) {
    view.setFloat64(0, value, true);
    return { tag, type: TIFF_DOUBLE, count: 1, data };
  }
  if (value <= 0xffff) {
    view.setUint16(0, value, true);
    return { tag, type: TIFF_SHORT, count: 1, data: data.subarray(0, 2) };
  }
  view.setUint32(0, value, true);
  return { tag, type: TIFF_LONG, count: 1, data: data.subarray(0, 4) };
}
