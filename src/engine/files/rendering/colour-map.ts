/** Colours from dark to bright whose lightness rises evenly, so that loud looks loud, in print and to the colour-blind. */
const ANCHORS: readonly (readonly [red: number, green: number, blue: number])[] = [
  [6, 5, 20],
  [36, 17, 79],
  [88, 24, 118],
  [142, 41, 118],
  [196, 60, 96],
  [236, 98, 76],
  [250, 152, 88],
  [252, 205, 135],
  [252, 250, 215],
];

/** Red, green and blue of each grey level of a spectrogram: 255, silence, is darkest. */
export function spectrogramColours(): Uint8Array {
  const table = new Uint8Array(3 * 256);
  for (let level = 0; level < 256; level++) {
    table.set(colourAt((255 - level) / 255), 3 * level);
  }
  return table;
}

/** @param loudness - 0..1 */
export function colourAt(loudness: number): number[] {
  const position = loudness * (ANCHORS.length - 1);
  const index = Math.min(ANCHORS.length - 2, Math.floor(position));
  const [low, high] = [ANCHORS[index]!, ANCHORS[index + 1]!];
  return low.map((value, i) => Math.round(value + (position - index) * (high[i]! - value)));
}
