/** Mel amplitudes to grey levels and back, and which plane of the picture holds which channel. */
import { EngineError } from '../errors.js';
import { GreyLevels } from './grey-levels.js';
import { leftAndRight } from './mid-side.js';
import { isMidSide } from './spectrogram-params.js';
import type { SpectrogramParams } from './spectrogram-params.js';
import type { SpectrogramPicture } from './spectrogram-picture.js';

/** Amplitudes of one channel, frame after frame, each from the lowest band to the highest. */
export type MelFrames = Float32Array;

/** Riffusion's decoding scale: the amplitude of a black pixel. Loudness is set later, so it only has to be large. */
export const DECODED_MAX_VALUE = 30e6;

const WHITE = 255;
/** The planes that show each channel. */
const MONO_PLANES = [[0, 1, 2]];
const STEREO_PLANES = [[1], [2]];
/** Amplitudes lie by column and pixels by row: so many columns of both fit into the processor's cache. */
const COLUMNS_AT_A_TIME = 32;

/**
 * Picture of mel amplitudes: grey level = trunc(255 - 255 (S / max)^power), low bands at the bottom. Amplitudes that
 * are negative or no number are white, those above `maxValue` black.
 *
 * @param channels 1, or 2 for a stereo picture; each `width * height` amplitudes
 * @param maxValue amplitude to be black; 0 gives an all-white picture
 */
export function melToPicture(
  channels: readonly MelFrames[],
  height: number,
  power: number,
  maxValue: number,
): SpectrogramPicture {
  const width = channels[0]!.length / height;
  const rgb = new Uint8Array(width * height * 3);
  const levels = new GreyLevels(power, maxValue);
  const planes = channels.length === 2 ? STEREO_PLANES : MONO_PLANES;
  channels.forEach((mel, channel) => {
    for (let from = 0; from < width; from += COLUMNS_AT_A_TIME) {
      drawColumns(mel, { width, height, rgb }, levels, planes[channel]!, from);
    }
  });
  return { width, height, rgb };
}

/** Draws one channel's columns from `from` on, into each of its planes. */
function drawColumns(
  mel: MelFrames,
  { width, height, rgb }: SpectrogramPicture,
  levels: GreyLevels,
  planes: readonly number[],
  from: number,
): void {
  const to = Math.min(width, from + COLUMNS_AT_A_TIME);
  for (let band = 0; band < height; band++) {
    const row = 3 * (height - 1 - band) * width;
    for (let t = from; t < to; t++) {
      const level = levels.levelOf(mel[t * height + band]!);
      for (const plane of planes) rgb[row + 3 * t + plane] = level;
    }
  }
}

/**
 * Mel amplitudes of a picture's channels: the red plane of a mono picture, green and blue of a stereo one, as left and
 * right whatever its layout.
 *
 * @throws EngineError `image_not_spectrogram` when the picture is not as high as there are mel bands
 */
export function pictureToMel(picture: SpectrogramPicture, params: SpectrogramParams): MelFrames[] {
  checkPicture(picture, params);
  const { width, height, rgb } = picture;
  const amplitudes = decodingTable(params.powerForImage);
  const planes = params.stereo ? [1, 2] : [0];
  const mels = planes.map((plane) => {
    const mel = new Float32Array(width * height);
    for (let t = 0; t < width; t++) {
      for (let band = 0; band < height; band++) {
        mel[t * height + band] = amplitudes[rgb[3 * ((height - 1 - band) * width + t) + plane]!]!;
      }
    }
    return mel;
  });
  return isMidSide(params) ? leftAndRight(picture, mels[0]!, mels[1]!) : mels;
}

/** @throws EngineError `image_not_spectrogram` when the picture is not as high as there are mel bands */
export function checkPicture({ width, height, rgb }: SpectrogramPicture, params: SpectrogramParams): void {
  if (height !== params.numFrequencies || width < 1 || rgb.length !== width * height * 3) {
    throw new EngineError(
      'image_not_spectrogram',
      `A spectrogram with ${params.numFrequencies} frequencies must be ${params.numFrequencies} pixels high; ` +
        `this picture is ${width} x ${height}.`,
    );
  }
}

/** Amplitude of each grey level: ((255 - level) / 255)^(1 / power) * 30e6. */
export function decodingTable(power: number): Float32Array {
  return Float32Array.from(
    { length: 256 },
    (_, level) => ((WHITE - level) / WHITE) ** (1 / power) * DECODED_MAX_VALUE,
  );
}
