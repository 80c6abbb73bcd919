/** Files to files, with nothing of the command line in it: what runs in the conversion thread. */
import type { AudioClip } from '../../engine/audio/audio-clip.js';
import { durationSeconds } from '../../engine/audio/audio-clip.js';
import { EngineError } from '../../engine/errors.js';
import type { PictureFormat } from '../../engine/files/picture-metadata.js';
import { readAudio } from '../../engine/files/read-audio.js';
import { readPicture } from '../../engine/files/read-picture.js';
import { resample } from '../../engine/audio/resample.js';
import { writeAudio } from '../../engine/files/write-audio.js';
import { writePicture } from '../../engine/files/write-picture.js';
import type { AudioFormat } from '../../engine/limits.js';
import { pictureToSound } from '../../engine/spectrogram/picture-to-sound.js';
import { soundToPicture } from '../../engine/spectrogram/sound-to-picture.js';
import type { SpectrogramParams } from '../../engine/spectrogram/spectrogram-params.js';

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
  /** Of Griffin-Lim; undefined = the engine's default. */
  readonly iterations: number | undefined;
}

export type Conversion = ToImageConversion | ToAudioConversion;

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

/** @throws EngineError */
export function convert(conversion: Conversion): Promise<ConvertedFile> {
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
  const { bytes, format, seed, loop, iterations } = conversion;
  const { picture, params, paramsFromTags } = await readPicture(bytes, conversion.params);
  const sound = pictureToSound(picture, params, {
    seed,
    circular: loop,
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
