/** Any clip, as a file, made a picture of the kind that a model works with: where image to image begins. */
import type { AudioClip } from '../audio/audio-clip.js';
import { durationSeconds, numberOfFrames } from '../audio/audio-clip.js';
import { resample } from '../audio/resample.js';
import { pictureToSound } from '../spectrogram/picture-to-sound.js';
import { soundToPicture } from '../spectrogram/sound-to-picture.js';
import { columnsOf, hopLength } from '../spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';
import { readAnyPicture } from './any-picture.js';
import { pictureFormat } from './picture-metadata.js';
import { readAudio } from './read-audio.js';

export interface PictureTarget {
  readonly params: SpectrogramParams;
  /** Columns. */
  readonly width: number;
  /** The picture's right edge continues at its left. */
  readonly circular: boolean;
}

export interface WholeClipTarget {
  readonly params: SpectrogramParams;
  /** Columns of each picture; there are as many side by side as the clip takes. */
  readonly pictureWidth: number;
  /**
   * What comes after the last picture: the first one, to which length the clip is brought; the same, if the clip is just
   * as long as they are or no longer than one; or nothing.
   */
  readonly ending: 'round' | 'round-if-whole' | 'open';
}

/** All of a clip. */
export interface WholeClip {
  /** Whole pictures wide; what is beyond an open end is the clip again, backwards. */
  readonly picture: SpectrogramPicture;
  /** Exact length of a clip whose end is open; absent of one that fills its pictures. */
  readonly seconds?: number;
}

/** A clip as it was given: samples at the rate that was asked for, or a picture that was analysed as asked for. */
type GivenClip =
  | { readonly type: 'sound'; readonly sound: AudioClip; readonly seconds: number }
  | { readonly type: 'picture'; readonly picture: SpectrogramPicture };

/**
 * The beginning of a clip. One that is shorter than the picture is played again until the picture is full; sound that
 * was analysed otherwise is heard and analysed anew; a picture that does not say what it shows is read as any is.
 *
 * @param bytes a whole picture or sound file of a kind that we read
 * @throws EngineError as `readAnyPicture` or `readAudio`
 */
export async function clipAsPicture(bytes: Uint8Array, target: PictureTarget): Promise<SpectrogramPicture> {
  return filled(await readClip(bytes, target.params, target.circular), target);
}

/** The whole of a clip, whatever its length. @throws EngineError as `clipAsPicture` */
export async function wholeClipAsPicture(bytes: Uint8Array, target: WholeClipTarget): Promise<WholeClip> {
  const { params, pictureWidth, ending } = target;
  const circular = ending !== 'open';
  const clip = await readClip(bytes, params, circular);
  const columns = clip.type === 'picture' ? clip.picture.width : clip.seconds * columnsPerSecond(params);
  const pictures = Math.max(1, Math.round(columns / pictureWidth));
  const isWhole = Math.abs(columns - pictures * pictureWidth) < 1;
  const isFilled =
    columns < pictureWidth + 1 || ending === 'round' || (isWhole && ending === 'round-if-whole');
  if (isFilled) return { picture: filled(clip, { params, width: pictures * pictureWidth, circular }) };
  return openEnded(clip, target);
}

async function readClip(bytes: Uint8Array, params: SpectrogramParams, circular: boolean): Promise<GivenClip> {
  if (pictureFormat(bytes) === undefined) {
    const monoAt = params.stereo ? undefined : params.sampleRate;
    const { clip, seconds } = await readAudio(bytes, { monoAt });
    return { type: 'sound', sound: resample(clip, params.sampleRate), seconds };
  }
  const { picture, params: own } = await readAnyPicture(bytes);
  if (isSameAnalysis(own, params)) return { type: 'picture', picture };
  const sound = pictureToSound(picture, own, { circular });
  return { type: 'sound', sound: resample(sound, params.sampleRate), seconds: durationSeconds(sound) };
}

function filled(clip: GivenClip, { params, width, circular }: PictureTarget): SpectrogramPicture {
  if (clip.type === 'picture') return repeatColumns(clip.picture, width);
  const fitted = repeatSamples(clip.sound, width * hopLength(params));
  // A loop gives a column for each hop, other sound one more.
  return repeatColumns(soundToPicture(fitted, params, { circular }).picture, width);
}

function openEnded(clip: GivenClip, { params, pictureWidth }: WholeClipTarget): WholeClip {
  const [picture, seconds] =
    clip.type === 'picture'
      ? [clip.picture, (clip.picture.width - 1) / columnsPerSecond(params)]
      : [soundToPicture(clip.sound, params).picture, clip.seconds];
  const width = Math.ceil(columnsOf(seconds, params) / pictureWidth) * pictureWidth;
  return { picture: mirrorColumns(picture, width), seconds };
}

function columnsPerSecond(params: SpectrogramParams): number {
  return params.sampleRate / hopLength(params);
}

function repeatSamples(clip: AudioClip, length: number): AudioClip {
  const frames = Math.min(numberOfFrames(clip), length);
  const repeat = (samples: Float32Array): Float32Array => {
    const repeated = new Float32Array(length);
    for (let at = 0; at < length; at += frames) {
      repeated.set(samples.subarray(0, Math.min(frames, length - at)), at);
    }
    return repeated;
  };
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

/** Goes on backwards from its last column. @param width less than twice the picture's */
function mirrorColumns({ width: given, height, rgb }: SpectrogramPicture, width: number): SpectrogramPicture {
  const mirrored = new Uint8Array(3 * width * height);
  for (let row = 0; row < height; row++) {
    const line = rgb.subarray(3 * row * given, 3 * (row + 1) * given);
    const target = mirrored.subarray(3 * row * width, 3 * (row + 1) * width);
    target.set(line);
    for (let column = given; column < width; column++) {
      const from = 3 * Math.max(0, 2 * given - 2 - column);
      target.set(line.subarray(from, from + 3), 3 * column);
    }
  }
  return { width, height, rgb: mirrored };
}

function isSameAnalysis(params: SpectrogramParams, wanted: SpectrogramParams): boolean {
  const names = Object.keys({ ...params, ...wanted }) as (keyof SpectrogramParams)[];
  return names.every((name) => params[name] === wanted[name]);
}
