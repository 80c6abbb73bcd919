/** What a thread can be asked to do, by name. */
import type { writeAudio } from '../files/write-audio.js';
import type { clipAsPicture, wholeClipAsPicture } from '../files/clip-as-picture.js';
import type { convertFile } from '../files/convert-file.js';
import type { exportClip } from '../files/export-clip.js';
import type { hearPicture } from '../files/hear-picture.js';
import type { seeSound } from '../files/see-sound.js';
import type { pictureToSound } from '../spectrogram/picture-to-sound.js';
import type { soundToPicture } from '../spectrogram/sound-to-picture.js';

export interface SoundTasks {
  readonly pictureToSound: typeof pictureToSound;
  readonly soundToPicture: typeof soundToPicture;
  readonly writeAudio: typeof writeAudio;
  readonly convertFile: typeof convertFile;
  readonly clipAsPicture: typeof clipAsPicture;
  readonly wholeClipAsPicture: typeof wholeClipAsPicture;
  readonly hearPicture: typeof hearPicture;
  readonly seeSound: typeof seeSound;
  readonly exportClip: typeof exportClip;
}

export type TaskName = keyof SoundTasks;

/** What a task gives in the end. */
export type TaskResult<Name extends TaskName> = Awaited<ReturnType<SoundTasks[Name]>>;

export interface SoundTask<Name extends TaskName = TaskName> {
  readonly name: Name;
  /** The function's arguments; all of it can be cloned. */
  readonly input: Parameters<SoundTasks[Name]>;
}

/** A task is loaded when it is first asked for: codecs and sharp alone take 0.2 s, and most threads need neither. */
const load: { readonly [Name in TaskName]: () => Promise<SoundTasks[Name]> } = {
  pictureToSound: async () => (await import('../spectrogram/picture-to-sound.js')).pictureToSound,
  soundToPicture: async () => (await import('../spectrogram/sound-to-picture.js')).soundToPicture,
  writeAudio: async () => (await import('../files/write-audio.js')).writeAudio,
  convertFile: async () => (await import('../files/convert-file.js')).convertFile,
  clipAsPicture: async () => (await import('../files/clip-as-picture.js')).clipAsPicture,
  wholeClipAsPicture: async () => (await import('../files/clip-as-picture.js')).wholeClipAsPicture,
  hearPicture: async () => (await import('../files/hear-picture.js')).hearPicture,
  seeSound: async () => (await import('../files/see-sound.js')).seeSound,
  exportClip: async () => (await import('../files/export-clip.js')).exportClip,
};

/** @throws what the task throws */
export async function performTask({ name, input }: SoundTask): Promise<unknown> {
  // Name and input belong together by the type of SoundTask, which the compiler loses when they part.
  const perform = (await load[name]()) as (...input: readonly unknown[]) => unknown;
  return perform(...input);
}
