/** Files to files: sound to picture and picture to sound. */
import type { AudioClip } from '../audio/audio-clip.js';
import { durationSeconds } from '../audio/audio-clip.js';
import { resample } from '../audio/resample.js';
import { EngineError } from '../errors.js';
import type { AudioFormat, Quality } from '../limits.js';
import { pictureToSound } from '../spectrogram/picture-to-sound.js';
import { soundToPicture } from '../spectrogram/sound-to-picture.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import type { PictureFormat } from './picture-metadata.js';
import { readAudio } from './read-audio.js';
import { readPicture } from './read-picture.js';
import { writeAudio } from './write-audio.js';
import { writePicture } from './write-picture.js';

export interface ToImageConversion {
  readonly type: 'to-image';
  /** A whole audio file. */
  readonly bytes: Uint8Array;
  readonly format: PictureFormat;
  readonly params: SpectrogramParams;
  /** Seconds left out at the beginning. */
  readonly start: number;
  /** Seconds from there; undefined = to the end. */
  readonly duration: number | undefined;
}

export interface ToAudioConversion {
  readonly type: 'to-audio';
  /** A whole picture file. */
  readonly bytes: Uint8Array;
  readonly format: AudioFormat;
  /** Take the place of the file's own, or of the standard ones. */
  readonly params: Partial<SpectrogramParams>;
  readonly seed: number;
  readonly loop: boolean;
  readonly quality: Quality;
  /** Hertz; undefined = that of the parameters. */
  readonly sampleRate: number | undefined;
  /** Of Griffin-Lim; undefined = those of the quality. */
  readonly iterations: number | undefined;
}

export type FileConversion = ToImageConversion | ToAudioConversion;

/** The finished file and what is worth telling of it. */
export interface ConvertedFile {
  readonly bytes: Uint8Array;
  /** Columns and rows of the picture. */
  readonly width: number;
  readonly height: number;
  readonly durationSeconds: number;
  readonly numberOfChannels: number;
  readonly params: SpectrogramParams;
  /** For sound from a picture: it carried its parameters. */
  readonly paramsFromTags?: boolean;
}

/** @throws EngineError when the file cannot be read, or the part or the parameters asked for make no sense */
export function convertFile(conversion: FileConversion): Promise<ConvertedFile> {
  return conversion.type === 'to-image' ? toImage(conversion) : toAudio(conversion);
}

async function toImage({
  bytes,
  format,
  params,
  start,
  duration,
}: ToImageConversion): Promise<ConvertedFile> {
  const { clip } = await readAudio(bytes);
  const sound = resample(part(clip, start, duration), params.sampleRate);
  const { picture, maxValue } = soundToPicture(sound, params);
  return {
    bytes: await writePicture(picture, params, { format, maxValue }),
    width: picture.width,
    height: picture.height,
    durationSeconds: durationSeconds(sound),
    numberOfChannels: sound.channels.length,
    params,
  };
}

async function toAudio(conversion: ToAudioConversion): Promise<ConvertedFile> {
  const { bytes, format, seed, loop, quality, sampleRate, iterations } = conversion;
  const { picture, params, paramsFromTags } = await readPicture(bytes, conversion.params);
  const sound = pictureToSound(picture, params, {
    seed,
    circular: loop,
    quality,
    ...(sampleRate !== undefined && { sampleRate }),
    ...(iterations !== undefined && { numGriffinLimIterations: iterations }),
  });
  const audio = await writeAudio(sound, format);
  return {
    bytes: audio.bytes,
    width: picture.width,
    height: picture.height,
    durationSeconds: audio.durationSeconds,
    numberOfChannels: audio.numberOfChannels,
    params,
    paramsFromTags,
  };
}

function part(clip: AudioClip, start: number, duration: number | undefined): AudioClip {
  const first = Math.round(start * clip.sampleRate);
  const end = duration === undefined ? undefined : first + Math.round(duration * clip.sampleRate);
  const channels = clip.channels.map((samples) => samples.slice(first, end));
  if ((channels[0]?.length ?? 0) > 0) return { sampleRate: clip.sampleRate, channels };
  const length = durationSeconds(clip).toFixed(2);
  const message = `There is no sound in that part: the file is ${length} s long, and the part begins at ${start} s.`;
  throw new EngineError('invalid_request', message);
}
