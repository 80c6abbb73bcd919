/** A spectrogram for people to look at: time, frequency and loudness, with what each is. */
import sharp from 'sharp';

import type { SpectrogramParams } from '../../spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from '../../spectrogram/spectrogram-picture.js';
import { frequencyTicks, loudnessTicks, timeTicks } from './axes.js';
import type { Tick } from './axes.js';
import { colourAt, spectrogramColours } from './colour-map.js';
import { strokeText } from './stroke-text.js';
import type { StrokeText } from './stroke-text.js';

/** Pixels. A picture of fewer or more columns is stretched or shrunk to this. */
const MIN_PLOT_WIDTH = 640;
const MAX_PLOT_WIDTH = 1600;
const PLOT_HEIGHT = 512;
const MARGIN = { left: 88, right: 112, top: 20, bottom: 44 };
const LEGEND = { gap: 20, width: 16 };
const TICK_LENGTH = 6;
const DIGIT_HEIGHT = 11;
const PAPER = '#101014';
const INK = '#d8d8e0';

/** A PNG of at most 1800 x 576 pixels. It shows the loudest channel where there are two. */
export async function drawSpectrogram(
  picture: SpectrogramPicture,
  params: SpectrogramParams,
): Promise<Uint8Array> {
  const plotWidth = Math.min(MAX_PLOT_WIDTH, Math.max(MIN_PLOT_WIDTH, picture.width));
  const plot = await colouredPlot(picture, params, plotWidth);
  const size = {
    width: MARGIN.left + plotWidth + MARGIN.right,
    height: MARGIN.top + PLOT_HEIGHT + MARGIN.bottom,
  };
  const seconds = (picture.width * params.stepSizeMs) / 1000;
  const file = await sharp({ create: { ...size, channels: 3, background: PAPER } })
    .composite([
      {
        input: plot,
        raw: { width: plotWidth, height: PLOT_HEIGHT, channels: 3 },
        left: MARGIN.left,
        top: MARGIN.top,
      },
      { input: Buffer.from(axes(params, seconds, { ...size, plotWidth })), left: 0, top: 0 },
    ])
    .png({ compressionLevel: 9 })
    .toBuffer();
  return new Uint8Array(file);
}

async function colouredPlot(
  picture: SpectrogramPicture,
  params: SpectrogramParams,
  width: number,
): Promise<Buffer> {
  const raw = { width: picture.width, height: picture.height, channels: 1 } as const;
  const levels = await sharp(levelsOf(picture, params), { raw })
    .resize({ width, height: PLOT_HEIGHT, fit: 'fill', kernel: 'linear' })
    .extractChannel(0)
    .raw()
    .toBuffer();
  const colours = spectrogramColours();
  const pixels = Buffer.alloc(3 * levels.length);
  levels.forEach((level, i) => pixels.set(colours.subarray(3 * level, 3 * level + 3), 3 * i));
  return pixels;
}

/** One grey level for each pixel: that of the louder channel. */
function levelsOf({ width, height, rgb }: SpectrogramPicture, { stereo }: SpectrogramParams): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, i) =>
    stereo ? Math.min(rgb[3 * i + 1]!, rgb[3 * i + 2]!) : rgb[3 * i]!,
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
  readonly plotWidth: number;
}

function axes(params: SpectrogramParams, seconds: number, { width, height, plotWidth }: Size): string {
  const right = MARGIN.left + plotWidth;
  const bottom = MARGIN.top + PLOT_HEIGHT;
  const legend = right + LEGEND.gap;
  const y = ({ position }: Tick) => bottom - position * PLOT_HEIGHT;
  const x = ({ position }: Tick) => MARGIN.left + position * plotWidth;
  const marks = [
    `M${MARGIN.left} ${MARGIN.top}V${bottom}H${right}`,
    ...frequencyTicks(params).map((tick) => horizontalTick(tick, MARGIN.left, y(tick), 'left')),
    ...timeTicks(seconds).map((tick) => verticalTick(tick, x(tick), bottom)),
    ...loudnessTicks(params).map((tick) => horizontalTick(tick, legend + LEGEND.width, y(tick), 'right')),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="loudness" x1="0" y1="1" x2="0" y2="0">${gradientStops()}</linearGradient></defs>
    <rect x="${legend}" y="${MARGIN.top}" width="${LEGEND.width}" height="${PLOT_HEIGHT}" fill="url(#loudness)"/>
    <path d="${marks.join('')}" fill="none" stroke="${INK}" stroke-width="1.3" stroke-linecap="round"/>
  </svg>`;
}

function horizontalTick({ label }: Tick, x: number, y: number, side: 'left' | 'right'): string {
  const out = side === 'left' ? -TICK_LENGTH : TICK_LENGTH;
  const anchor = side === 'left' ? 'end' : 'start';
  return `M${x} ${y.toFixed(1)}h${out}` + written(label, x + 2 * out, y, anchor);
}

function verticalTick({ label }: Tick, x: number, y: number): string {
  return (
    `M${x.toFixed(1)} ${y}v${TICK_LENGTH}` +
    written(label, x, y + 2 * TICK_LENGTH + DIGIT_HEIGHT / 2, 'middle')
  );
}

function written(text: string, x: number, y: number, anchor: StrokeText['anchor']): string {
  return strokeText({ text, x, y, height: DIGIT_HEIGHT, anchor });
}

function gradientStops(): string {
  const stops = Array.from({ length: 9 }, (_, i) => i / 8);
  return stops
    .map((offset) => `<stop offset="${offset}" stop-color="rgb(${colourAt(offset).join(',')})"/>`)
    .join('');
}
