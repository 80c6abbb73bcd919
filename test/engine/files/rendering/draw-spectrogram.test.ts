import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { drawSpectrogram } from '../../../../src/engine/files/rendering/draw-spectrogram.js';
import { soundToPicture } from '../../../../src/engine/spectrogram/sound-to-picture.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../../../src/engine/spectrogram/spectrogram-params.js';
import { tone } from '../fixtures.js';

const params = DEFAULT_SPECTROGRAM_PARAMS;
const PLOT = { left: 88, top: 20, height: 512 };
/** Mel of HTK, computed by hand: 1000 Hz is 1000 mel, 10000 Hz is 3073 mel. */
const ROW_OF_1000_HERTZ = PLOT.top + PLOT.height * (1 - 1000 / 3073);

describe('drawSpectrogram', () => {
  it('shows a tone as a bright line where the axis says that its frequency is', async () => {
    const clip = { sampleRate: 44_100, channels: [sine(1000, 44_100)] };
    const drawn = await pixelsOf(await drawSpectrogram(soundToPicture(clip, params).picture, params));
    const brightness = Array.from({ length: PLOT.height }, (_, row) => drawn.at(400, PLOT.top + row));
    const brightest = PLOT.top + brightness.indexOf(Math.max(...brightness));
    expect(Math.abs(brightest - ROW_OF_1000_HERTZ)).toBeLessThan(5);
    // The mark of 1 kHz is a few light pixels left of the plot, and there is none a little above it.
    expect(drawn.at(PLOT.left - 4, Math.round(ROW_OF_1000_HERTZ))).toBeGreaterThan(300);
    expect(drawn.at(PLOT.left - 4, Math.round(ROW_OF_1000_HERTZ) - 10)).toBeLessThan(100);
  });

  it('shows the louder of two channels', async () => {
    const stereo = { ...params, stereo: true };
    const clip = { sampleRate: 44_100, channels: [new Float32Array(44_100), sine(1000, 44_100)] };
    const drawn = await pixelsOf(await drawSpectrogram(soundToPicture(clip, stereo).picture, stereo));
    expect(drawn.at(400, Math.round(ROW_OF_1000_HERTZ))).toBeGreaterThan(300);
  });

  it.each([
    [20, 840],
    [1000, 1200],
    [20_000, 1800],
  ])('is of a size that fits a screen for %i columns', async (columns, width) => {
    const picture = { width: columns, height: 512, rgb: new Uint8Array(3 * columns * 512).fill(255) };
    const { width: drawn, height } = await sharp(await drawSpectrogram(picture, params)).metadata();
    expect({ width: drawn, height }).toEqual({ width, height: 576 });
  });

  it('looks the same on a machine without a single font', () => {
    const module = fileURLToPath(new URL('../../../../dist/src/engine/files/see-sound.js', import.meta.url));
    const script = `
      import { seeSound } from ${JSON.stringify(module)};
      import { encodeWav } from ${JSON.stringify(module.replace('see-sound', 'encode-wav'))};
      import { createHash } from 'node:crypto';
      const wav = encodeWav({ sampleRate: 8000, channels: [new Float32Array(8000)] }, {});
      const { readable } = await seeSound(wav, Infinity);
      console.log(createHash('sha256').update(readable).digest('hex'));`;
    const run = (env: Record<string, string>) =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        env: { PATH: process.env['PATH'] ?? '', ...env },
        encoding: 'utf8',
      });
    const withoutFonts = {
      FONTCONFIG_FILE: '/dev/null',
      FONTCONFIG_PATH: '/nonexistent',
      HOME: '/nonexistent',
    };
    expect(run(withoutFonts)).toBe(run({}));
    expect(run({}).trim()).not.toBe(createHash('sha256').digest('hex'));
  });
});

function sine(hertz: number, sampleRate: number): Float32Array {
  const { channels } = tone(sampleRate, 1, 1);
  return Float32Array.from(
    channels[0] ?? [],
    (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / sampleRate),
  );
}

async function pixelsOf(file: Uint8Array) {
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  return {
    /** Sum of the three colours. */
    at: (x: number, y: number): number => {
      const i = info.channels * (y * info.width + x);
      return (data[i] ?? 0) + (data[i + 1] ?? 0) + (data[i + 2] ?? 0);
    },
  };
}
