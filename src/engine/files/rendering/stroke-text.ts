/**
 * Text as strokes, for SVG: a machine need not have a font. Only what stands on the axes of a spectrogram can be
 * written: digits and units.
 */

/** Strokes of each character on a grid 4 wide and 6 high, the top left corner being 0 0. */
const GLYPHS: Readonly<Record<string, string>> = {
  '0': 'M1 0H3L4 1V5L3 6H1L0 5V1Z',
  '1': 'M0.5 1.5L2 0V6M0.5 6H3.5',
  '2': 'M0 1L1 0H3L4 1V2.2L0 6H4',
  '3': 'M0 0.8L1 0H3L4 1V2L3 3H1.5M3 3L4 4V5L3 6H1L0 5.2',
  '4': 'M3 6V0L0 4H4',
  '5': 'M4 0H0.4L0 3H3L4 4V5L3 6H1L0 5.2',
  '6': 'M3.6 0.4L3 0H1L0 1V5L1 6H3L4 5V3.6L3 2.6H1L0 3.6',
  '7': 'M0 0H4L1.4 6',
  '8': 'M1 0H3L4 1V2L3 3H1L0 2V1ZM1 3L0 4V5L1 6H3L4 5V4L3 3',
  '9': 'M0.4 5.6L1 6H3L4 5V1L3 0H1L0 1V2.4L1 3.4H3L4 2.4',
  '.': 'M1 5.6V6',
  ':': 'M1 1.8V2.2M1 4.6V5',
  '-': 'M0.5 3H3.5',
  k: 'M0.5 0V6M3.5 2.2L0.5 4.2M1.6 3.6L3.5 6',
  H: 'M0 0V6M4 0V6M0 3H4',
  z: 'M0.5 2.2H3.5L0.5 6H3.5',
  s: 'M3.6 2.6L3 2.2H1.2L0.5 2.8V3.4L1.1 4H2.9L3.6 4.6V5.3L3 6H1.1L0.4 5.5',
  d: 'M3.6 0V6M3.6 3.2L2.8 2.2H1.2L0.4 3.2V5L1.2 6H2.8L3.6 5',
  B: 'M0 0V6H3L4 5V4L3 3H0M3 3L4 2V1L3 0H0',
};
const NARROW = '.:';
const GLYPH_HEIGHT = 6;
const ADVANCE = 5.6;
const NARROW_ADVANCE = 3;

export interface StrokeText {
  readonly text: string;
  /** Pixels, of the anchor's point. */
  readonly x: number;
  /** Pixels, of the middle of the line. */
  readonly y: number;
  /** Pixels, of a digit. */
  readonly height: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** The data of an SVG path. @throws RangeError for a character that cannot be written */
export function strokeText({ text, x, y, height, anchor }: StrokeText): string {
  const scale = height / GLYPH_HEIGHT;
  const width = scale * [...text].reduce((sum, character) => sum + advanceOf(character), 0);
  let left = x - { start: 0, middle: width / 2, end: width }[anchor];
  const top = y - height / 2;
  let path = '';
  for (const character of text) {
    path += place(glyphOf(character), left, top, scale);
    left += scale * advanceOf(character);
  }
  return path;
}

function advanceOf(character: string): number {
  return NARROW.includes(character) ? NARROW_ADVANCE : ADVANCE;
}

function glyphOf(character: string): string {
  if (character === ' ') return '';
  const glyph = GLYPHS[character];
  if (glyph === undefined) throw new RangeError(`Expected digits and units, got "${character}".`);
  return glyph;
}

/** Moves and scales a path of the commands M, L, H, V and Z. */
function place(glyph: string, left: number, top: number, scale: number): string {
  return glyph.replace(/([MLHV])([\d.]+)(?: ([\d.]+))?/g, (_, command: string, a: string, b?: string) => {
    const across = (value: string) => (left + scale * Number(value)).toFixed(1);
    const down = (value: string) => (top + scale * Number(value)).toFixed(1);
    if (command === 'H') return `H${across(a)}`;
    if (command === 'V') return `V${down(a)}`;
    return `${command}${across(a)} ${down(b ?? '0')}`;
  });
}
