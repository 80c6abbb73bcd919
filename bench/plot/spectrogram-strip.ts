/** Spectrograms of several sounds beside each other, sharp in time, as one PNG. */
import sharp from 'sharp';

import { magnitudeSpectrogram } from '../../measures/index.js';
import type { AudioClip } from '../../src/engine/audio/audio-clip.js';

const EXCERPT = { fromSeconds: 1, toSeconds: 2.28 };
const PANEL = { width: 400, height: 300 };
const GAP = 12;
const HEADING = 26;
/** Short enough to see strokes, unlike the windows of 100 ms that the pictures are made with. */
const WINDOW_SECONDS = 0.02;
const MAX_HERTZ = 10_000;
const FLOOR_DB = -65;

/** @param sounds by name, from left to right; the first channel is shown */
export async function compareSpectrograms(sounds: ReadonlyMap<string, AudioClip>): Promise<Uint8Array> {
  const names = [...sounds.keys()];
  const width = names.length * (PANEL.width + GAP) - GAP;
  const panels = await Promise.all([...sounds.values()].map(drawPanel));
  const headings = names.map((name, i) => {
    const left = i * (PANEL.width + GAP);
    return `<text x="${left}" y="18" font-family="sans-serif" font-size="15" fill="#222222">${name}</text>`;
  });
  const scale = `0 to 10 kHz, ${(EXCERPT.toSeconds - EXCERPT.fromSeconds).toFixed(2)} s`;
  headings.push(
    `<text x="${width}" y="18" font-family="sans-serif" font-size="12" fill="#777777" text-anchor="end">${scale}</text>`,
  );
  const heading = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEADING}">${headings.join('')}</svg>`;
  return sharp({ create: { width, height: HEADING + PANEL.height, channels: 3, background: '#ffffff' } })
    .composite([
      { input: Buffer.from(heading), left: 0, top: 0 },
      ...panels.map((input, i) => ({ input, left: i * (PANEL.width + GAP), top: HEADING })),
    ])
    .png({ palette: true, colours: 16, dither: 0 })
    .toBuffer();
}

/** One spectrogram, dark where it is loud, frequencies linear from 0 to 10 kHz. */
async function drawPanel({ channels, sampleRate }: AudioClip): Promise<Buffer> {
  const { width, height } = PANEL;
  const [from, to] = [EXCERPT.fromSeconds, EXCERPT.toSeconds].map((s) => Math.round(s * sampleRate));
  const winLength = 2 * Math.round((WINDOW_SECONDS * sampleRate) / 2);
  const { frames, bands, values } = magnitudeSpectrogram(channels[0]!.subarray(from, to), {
    winLength,
    nFft: 2 * winLength,
    hopLength: Math.floor((to! - from!) / width),
    bins: Math.floor((2 * winLength * MAX_HERTZ) / sampleRate),
  });
  const largest = values.reduce((a, b) => Math.max(a, b), Number.MIN_VALUE);
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const band = Math.floor(((height - 1 - y) / height) * bands);
    for (let x = 0; x < width; x++) {
      const level = 20 * Math.log10(values[Math.min(frames - 1, x) * bands + band]! / largest);
      pixels[y * width + x] = Math.round(255 * Math.min(1, Math.max(0, level / FLOOR_DB)));
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
}
