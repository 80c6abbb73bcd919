/** Any clip, as a file, made a picture of the kind that a model works with: where image to image begins. */
import type { AudioClip } from '../audio/audio-clip.js';
import { numberOfFrames } from '../audio/audio-clip.js';
import { resample } from '../audio/resample.js';
import { pictureToSound } from '../spectrogram/picture-to-sound.js';
import { soundToPicture } from '../spectrogram/sound-to-picture.js';
import { hopLength } from '../spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';
import { pictureFormat } from './picture-metadata.js';
import { readAudio } from './read-audio.js';
import { readPicture } from './read-picture.js';

export interface PictureTarget {
  readonly params: SpectrogramParams;
  /** Columns. */
  readonly width: number;
  /** The picture's right edge continues at its left. */
  readonly circular: boolean;
}

/**
 * The beginning of a clip. One that is shorter than the picture is played again until the picture is full; sound that
 * was analysed otherwise is heard and analysed anew.
 *
 * @param bytes a whole picture or sound file of a kind that we read
 * @throws EngineError as `readPicture` or `readAudio`
 */
export async function clipAsPicture(bytes: Uint8Array, target: PictureTarget): Promise<SpectrogramPicture> {
  if (pictureFormat(bytes) === undefined) return pictureOf((await readAudio(bytes)).clip, target);
  const { picture, params } = await readPicture(bytes);
  if (isSameAnalysis(params, target.params)) return repeatColumns(picture, target.width);
  return pictureOf(pictureToSound(picture, params, { circular: target.circular }), target);
}

function pictureOf(clip: AudioClip, { params, width, circular }: PictureTarget): SpectrogramPicture {
  const fitted = repeatSamples(resample(clip, params.sampleRate), width * hopLength(params));
  // A loop gives a column for each hop, other sound one more.
  return repeatColumns(soundToPicture(fitted, params, { circular }).picture, width);
}

function repeatSamples(clip: AudioClip, length: number): AudioClip {
  const frames = Math.min(numberOfFrames(clip), length);
  const repeat = (samples: Float32Array): Float32Array =>
    Float32Array.from({ length }, (_, index) => samples[index % frames] ?? 0);
  return { sampleRate: clip.sampleRate, channels: clip.channels.map(repeat) };
}

/** From its first column on, as often as it takes. */
export function repeatColumns(picture: SpectrogramPicture, width: number): SpectrogramPicture {
  if (picture.width === width) return picture;
  const rgb = new Uint8Array(3 * width * picture.height);
  for (let row = 0; row < picture.height; row++) {
    const line = picture.rgb.subarray(3 * row * picture.width, 3 * (row + 1) * picture.width);
    for (let column = 0; column < width; column += picture.width) {
      rgb.set(line.subarray(0, 3 * (width - column)), 3 * (row * width + column));
    }
  }
  return { width, height: picture.height, rgb };
}

function isSameAnalysis(params: SpectrogramParams, wanted: SpectrogramParams): boolean {
  const names = Object.keys({ ...params, ...wanted }) as (keyof SpectrogramParams)[];
  return names.every((name) => params[name] === wanted[name]);
}
