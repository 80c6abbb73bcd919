/** Where the marks of a spectrogram's axes are, and what is written there. */
import { hertzToMel } from '../../spectrogram/mel-filterbank.js';
import type { SpectrogramParams } from '../../spectrogram/spectrogram-params.js';

export interface Tick {
  /** Share of the axis: 0 = left or bottom, 1 = right or top. */
  readonly position: number;
  readonly label: string;
}

const HERTZ = [20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000];
/** Share of the axis that two frequencies must be apart. */
const LEAST_GAP = 0.045;
const SECONDS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60];
const MOST_INTERVALS = 10;
const DECIBELS = [0, -20, -40, -60];

/** Round frequencies, on the mel scale. */
export function frequencyTicks({ minFrequency, maxFrequency }: SpectrogramParams): Tick[] {
  const [low, high] = [hertzToMel(minFrequency), hertzToMel(maxFrequency)];
  const ticks: Tick[] = [];
  // From the top, where the frequencies that matter are farthest apart.
  for (const hertz of [minFrequency, ...HERTZ].reverse()) {
    const position = (hertzToMel(hertz) - low) / (high - low);
    const isFree = ticks.every((tick) => Math.abs(tick.position - position) >= LEAST_GAP);
    if (position >= 0 && position <= 1 && isFree) ticks.push({ position, label: frequencyLabel(hertz) });
  }
  return ticks;
}

/** Round times, at most eleven. */
export function timeTicks(seconds: number): Tick[] {
  const step = SECONDS.find((candidate) => seconds / candidate <= MOST_INTERVALS) ?? 60;
  const count = Math.floor(seconds / step + 1e-9);
  return Array.from({ length: count + 1 }, (_, i) => ({
    position: (i * step) / seconds,
    label: timeLabel(i * step, step),
  }));
}

/** Levels below the loudest, of which a pixel's darkness is a power. */
export function loudnessTicks({ powerForImage }: SpectrogramParams): Tick[] {
  return DECIBELS.map((decibels) => ({
    position: 10 ** ((decibels / 20) * powerForImage),
    label: `${decibels} dB`,
  }));
}

function frequencyLabel(hertz: number): string {
  return hertz >= 1000 ? `${Number((hertz / 1000).toFixed(1))} kHz` : `${Math.round(hertz)} Hz`;
}

function timeLabel(seconds: number, step: number): string {
  if (step >= 10) return `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`;
  const digits = step >= 1 ? 0 : step >= 0.1 ? 1 : 2;
  return `${seconds.toFixed(digits)} s`;
}
