import { soundToPicture } from '../spectrogram/sound-to-picture.js';
import type { EncodedPicture } from '../spectrogram/sound-to-picture.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../spectrogram/spectrogram-params.js';
import type { PictureFormat } from './picture-metadata.js';
import { readAudio } from './read-audio.js';
import { drawSpectrogram } from './rendering/draw-spectrogram.js';
import { writePicture } from './write-picture.js';

export interface SeenSound {
  /** The spectrogram, which can be played, with riffusion's EXIF tags. */
  readonly picture: Uint8Array;
  readonly format: PictureFormat;
  /** The same for people, PNG: with axes, and colours for loudness. */
  readonly readable: Uint8Array;
  readonly durationSeconds: number;
  /** Of the sound; the picture shows their mean. */
  readonly numberOfChannels: number;
}

/** The exact one first, then one that is smaller by some loss. */
const FORMATS: readonly PictureFormat[] = ['png', 'jpeg'];

/**
 * The spectrogram of any sound, in riffusion's parameters.
 * @param maxBytes - Size that the picture should keep to if it can: a long one is then a JPEG.
 * @throws EngineError as `readAudio`
 */
export async function seeSound(bytes: Uint8Array, maxBytes: number): Promise<SeenSound> {
  const params = DEFAULT_SPECTROGRAM_PARAMS;
  const { clip, seconds, numberOfChannels } = await readAudio(bytes, { monoAt: params.sampleRate });
  const encoded = soundToPicture(clip, params);
  return {
    ...(await pictureFile(encoded, maxBytes)),
    readable: await drawSpectrogram(encoded.picture, params),
    durationSeconds: seconds,
    numberOfChannels,
  };
}

async function pictureFile(
  { picture, maxValue }: EncodedPicture,
  maxBytes: number,
): Promise<Pick<SeenSound, 'picture' | 'format'>> {
  let smallest: Pick<SeenSound, 'picture' | 'format'> | undefined;
  for (const format of FORMATS) {
    const file = await writePicture(picture, DEFAULT_SPECTROGRAM_PARAMS, { format, maxValue });
    smallest = { picture: file, format };
    if (file.length <= maxBytes) break;
  }
  if (!smallest) throw new RangeError('Expected a format to try.');
  return smallest;
}
