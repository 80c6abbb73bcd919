/** Mel amplitudes to grey levels and back, and which plane of the picture holds which channel. */
import { EngineError } from '../errors.js';
import type { SpectrogramParams } from './spectrogram-params.js';
import type { SpectrogramPicture } from './spectrogram-picture.js';

/** Amplitudes of one channel, frame after frame, each from the lowest band to the highest. */
export type MelFrames = Float32Array;

/** Riffusion's decoding scale: the amplitude of a black pixel. Loudness is set later, so it only has to be large. */
export const DECODED_MAX_VALUE = 30e6;

const WHITE = 255;

/**
 * Picture of mel amplitudes: grey level = trunc(255 - 255 (S / max)^power), low bands at the bottom.
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
  const [first, second] = channels;
  const level = (amplitude: number): number =>
    maxValue > 0 ? Math.max(0, Math.trunc(WHITE - WHITE * (amplitude / maxValue) ** power)) : WHITE;
  for (let t = 0; t < width; t++) {
    for (let band = 0; band < height; band++) {
      const pixel = 3 * ((height - 1 - band) * width + t);
      const left = level(first![t * height + band]!);
      if (second) {
        rgb[pixel + 1] = left;
        rgb[pixel + 2] = level(second[t * height + band]!);
      } else {
        rgb.fill(left, pixel, pixel + 3);
      }
    }
  }
  return { width, height, rgb };
}

/**
 * Mel amplitudes of a picture's channels: the red plane of a mono picture, green and blue of a stereo one.
 *
 * @throws EngineError `image_not_spectrogram` when the picture is not as high as there are mel bands
 */
export function pictureToMel(picture: SpectrogramPicture, params: SpectrogramParams): MelFrames[] {
  const { width, height, rgb } = picture;
  if (height !== params.numFrequencies || width < 1 || rgb.length !== width * height * 3) {
    throw new EngineError(
      'image_not_spectrogram',
      `A spectrogram with ${params.numFrequencies} frequencies must be ${params.numFrequencies} pixels high; ` +
        `this picture is ${width} x ${height}.`,
    );
  }
  const amplitudes = decodingTable(params.powerForImage);
  const planes = params.stereo ? [1, 2] : [0];
  return planes.map((plane) => {
    const mel = new Float32Array(width * height);
    for (let t = 0; t < width; t++) {
      for (let band = 0; band < height; band++) {
        mel[t * height + band] = amplitudes[rgb[3 * ((height - 1 - band) * width + t) + plane]!]!;
      }
    }
    return mel;
  });
}

/** Amplitude of each grey level: ((255 - level) / 255)^(1 / power) * 30e6. */
export function decodingTable(power: number): Float32Array {
  return Float32Array.from(
    { length: 256 },
    (_, level) => ((WHITE - level) / WHITE) ** (1 / power) * DECODED_MAX_VALUE,
  );
}
