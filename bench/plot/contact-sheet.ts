/** Many small pictures with their names, as one PNG. */
import sharp from 'sharp';

import type { SpectrogramPicture } from '../../src/engine/spectrogram/spectrogram-picture.js';

export interface LabelledPicture {
  readonly label: string;
  readonly picture: SpectrogramPicture;
}

const COLUMNS = 5;
const PANEL = { width: 176, height: 176 };
const GAP = 8;
const HEADING = 20;

export async function contactSheet(pictures: readonly LabelledPicture[]): Promise<Uint8Array> {
  const rows = Math.ceil(pictures.length / COLUMNS);
  const [cellWidth, cellHeight] = [PANEL.width + GAP, PANEL.height + HEADING + GAP];
  const [width, height] = [COLUMNS * cellWidth - GAP, rows * cellHeight - GAP];
  const places = pictures.map((_, i) => ({
    left: (i % COLUMNS) * cellWidth,
    top: Math.floor(i / COLUMNS) * cellHeight,
  }));
  const labels = pictures.map(({ label }, i) => {
    const { left, top } = places[i]!;
    return `<text x="${left}" y="${top + 14}" font-family="sans-serif" font-size="12" fill="#222222">${label}</text>`;
  });
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${labels.join('')}</svg>`;
  const panels = await Promise.all(pictures.map(({ picture }) => shrink(picture)));
  return sharp({ create: { width, height, channels: 3, background: '#dde4ee' } })
    .composite([
      { input: Buffer.from(text), left: 0, top: 0 },
      ...panels.map((input, i) => ({ input, left: places[i]!.left, top: places[i]!.top + HEADING })),
    ])
    .png({ palette: true, colours: 16, dither: 0 })
    .toBuffer();
}

function shrink({ width, height, rgb }: SpectrogramPicture): Promise<Buffer> {
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .resize(PANEL.width, PANEL.height, { fit: 'fill' })
    .png()
    .toBuffer();
}
