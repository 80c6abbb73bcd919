/** Segments of JPEG files (ITU T.81 annex B) before the picture data: reading EXIF, and adding our own. */

import { asciiAt, asciiBytes, concatBytes, viewOf } from './bytes.js';

const MARKER_APP0 = 0xe0;
const MARKER_APP1 = 0xe1;
const MARKER_APP14 = 0xee;
const MARKER_APP15 = 0xef;
const MARKER_COMMENT = 0xfe;
const MARKER_START_OF_SCAN = 0xda;
const EXIF_PREFIX = 'Exif\0\0';
const SEGMENT_MAX_LENGTH = 0xffff;

interface JpegSegment {
  readonly marker: number;
  /** Offset of the 0xff before the marker. */
  readonly start: number;
  readonly end: number;
}

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes.length >= 3 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** The TIFF block of the first EXIF segment; undefined = none. */
export function readJpegExif(jpeg: Uint8Array): Uint8Array | undefined {
  for (const { marker, start, end } of segments(jpeg)) {
    const data = jpeg.subarray(start + 4, end);
    if (marker === MARKER_APP1 && asciiAt(data, 0, 6) === EXIF_PREFIX) return data.subarray(6);
  }
  return undefined;
}

/**
 * The same file with an EXIF segment behind its JFIF segment, which must stay first.
 * @throws RangeError when the block does not fit a segment (64 KiB)
 */
export function insertJpegExif(jpeg: Uint8Array, exif: Uint8Array): Uint8Array {
  const length = 2 + EXIF_PREFIX.length + exif.length;
  if (length > SEGMENT_MAX_LENGTH) throw new RangeError(`EXIF of ${exif.length} bytes does not fit a JPEG`);
  const head = new Uint8Array([0xff, MARKER_APP1, length >> 8, length & 0xff]);
  const first = segments(jpeg).next().value;
  const at = first?.marker === MARKER_APP0 ? first.end : 2;
  return concatBytes([jpeg.subarray(0, at), head, asciiBytes(EXIF_PREFIX), exif, jpeg.subarray(at)]);
}

/** The same picture without comments and application data, but that which says how its colours are stored. */
export function withoutJpegMetadata(jpeg: Uint8Array): Uint8Array {
  const kept = Uint8Array.from(jpeg); // not slice(), which for a Buffer is no copy
  let length = 2;
  let offset = 2;
  const colourNotes = new Set([MARKER_APP0, MARKER_APP14]);
  const keep = (start: number, end: number): void => {
    kept.set(jpeg.subarray(start, end), length);
    length += end - start;
  };
  for (const { marker, start, end } of segments(jpeg)) {
    const isMetadata = (marker >= MARKER_APP0 && marker <= MARKER_APP15) || marker === MARKER_COMMENT;
    // The first JFIF and the first Adobe segment say it.
    if (!isMetadata || colourNotes.delete(marker)) keep(start, end);
    offset = end;
  }
  keep(offset, jpeg.length);
  return kept.subarray(0, length);
}

function* segments(jpeg: Uint8Array): Generator<JpegSegment, undefined> {
  const view = viewOf(jpeg);
  let start = 2;
  while (start + 4 <= jpeg.length && jpeg[start] === 0xff) {
    const marker = view.getUint8(start + 1);
    if (marker === 0xff) {
      start++; // a fill byte
      continue;
    }
    const length = view.getUint16(start + 2);
    const end = start + 2 + length;
    if (marker === MARKER_START_OF_SCAN || length < 2 || end > jpeg.length) return undefined;
    yield { marker, start, end };
    start = end;
  }
  return undefined;
}
