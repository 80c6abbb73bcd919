import type { AudioFormat } from '../limits.js';
import type { EncodedAudio } from '../music-engine.js';
import { pictureToSound } from '../spectrogram/picture-to-sound.js';
import { readAnyPicture } from './any-picture.js';
import type { PictureAssumption } from './any-picture.js';
import { writeAudio } from './write-audio.js';
import { writePicture } from './write-picture.js';

export interface HeardPicture {
  readonly audio: EncodedAudio;
  /** The spectrogram that was played, PNG with riffusion's EXIF tags. */
  readonly picture: Uint8Array;
  /** What had to be guessed. */
  readonly assumptions: readonly PictureAssumption[];
}

/** Hertz of the sound, that of Discord and of Opus. */
const SAMPLE_RATE = 48_000;

/**
 * The sound of any picture.
 * @throws EngineError as `readAnyPicture` and `pictureToSound`
 */
export async function hearPicture(bytes: Uint8Array, format: AudioFormat): Promise<HeardPicture> {
  const { picture, params, assumptions } = await readAnyPicture(bytes);
  const sound = pictureToSound(picture, params, { sampleRate: SAMPLE_RATE });
  return {
    audio: await writeAudio(sound, format),
    picture: await writePicture(picture, params),
    assumptions,
  };
}
