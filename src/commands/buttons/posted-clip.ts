/** A clip of ours, out of the message that it was posted as. */
import { randomInt } from 'node:crypto';

import { parseGenerationRequest } from '../../engine/generation-request.js';
import type { GenerationRequest, GenerationRequestInput } from '../../engine/generation-request.js';
import { AUDIO_FORMATS, SEED_MAX } from '../../engine/limits.js';
import type { AudioFormat } from '../../engine/limits.js';
import type { Recipe } from '../../engine/recipe/recipe.js';
import type { AttachmentSource } from '../attachment-source.js';
import type { FileReference } from '../clip-finder.js';
import type { InputOrigin, JobInput } from '../clip-job.js';
import { CommandError } from '../errors.js';
import type { InputStore } from '../input-store.js';
import type { ShownMessage } from '../shown-message.js';

export interface PostedClipsOptions {
  readonly source: AttachmentSource;
  readonly store: InputStore;
  /** @throws EngineError `recipe_missing`, `recipe_invalid` */
  readonly readRecipe: (bytes: Uint8Array) => Promise<Recipe>;
}

export interface PostedClip {
  readonly recipe: Recipe;
  readonly picture: Uint8Array;
  readonly file: FileReference;
  /** Of its sound, by the name of the file. */
  readonly audioFormat: AudioFormat | undefined;
}

/** Reads clips of ours. Discord gives the addresses of a message's files anew with each press of a button. */
export class PostedClips {
  readonly #options: PostedClipsOptions;

  constructor(options: PostedClipsOptions) {
    this.#options = options;
  }

  /**
   * @param position - Which of the message's clips, from 0.
   * @throws CommandError; EngineError `recipe_missing`, `recipe_invalid`
   */
  async read(message: ShownMessage, position: number): Promise<PostedClip> {
    const { source, readRecipe } = this.#options;
    const file = pictureOf(message, position);
    const picture = await source.fetch(file);
    const audio = audioOf(message, position)?.name ?? '';
    const audioFormat = AUDIO_FORMATS.find((format) => audio.endsWith(`.${format}`));
    return { recipe: await readRecipe(picture), picture, file, audioFormat };
  }

  /** The clip as what another is made of. @throws QueueError */
  async keep({ picture, file: { name, origin } }: PostedClip): Promise<JobInput> {
    return { key: await this.#options.store.save(picture), name, origin };
  }

  /** The same of its sound. @throws CommandError, QueueError */
  async keepSound(message: ShownMessage, position: number): Promise<JobInput> {
    const file = audioOf(message, position);
    if (file === undefined) throw new CommandError('message_without_clip');
    const bytes = await this.#options.source.fetch(file);
    return { key: await this.#options.store.save(bytes), name: file.name, origin: file.origin };
  }

  /** @throws CommandError */
  fetchSound(message: ShownMessage, position: number): Promise<Uint8Array> {
    const file = audioOf(message, position);
    if (file === undefined) throw new CommandError('message_without_clip');
    return this.#options.source.fetch(file);
  }
}

/** The words and knobs of a clip, with a new seed: what another clip of its kind needs beside it. */
export function wordsOf({
  recipe,
  audioFormat,
}: Pick<PostedClip, 'recipe' | 'audioFormat'>): GenerationRequestInput {
  const { prompt, negativePrompt, numInferenceSteps, guidanceScale, scheduler, loop, bpm, model } = recipe;
  return {
    ...{ prompt, negativePrompt, numInferenceSteps, guidanceScale, scheduler, loop, bpm },
    model: model.name,
    seed: randomInt(SEED_MAX + 1),
    audioFormat,
  };
}

/** The same, as long as the clip, and with the end that it goes to. Ends with the same seed keep one. */
export function wholeOf(clip: PostedClip): GenerationRequest {
  const { recipe } = clip;
  const words = wordsOf(clip);
  const end = recipe.end && {
    prompt: recipe.end.prompt,
    negativePrompt: recipe.end.negativePrompt,
    guidanceScale: recipe.end.guidanceScale,
    seed: recipe.end.seed === recipe.seed ? words.seed : randomInt(SEED_MAX + 1),
  };
  return parseGenerationRequest({ ...words, pictures: recipe.pictures, ...(end && { end }) });
}

/** The picture that the clip's embed shows; one that is hidden until it is clicked stands among the files. */
function pictureOf(message: ShownMessage, position: number): FileReference {
  const origin = originOf(message, position);
  const url = message.embeds[position]?.image?.url;
  if (url !== undefined) {
    const path = url.replace(/[?#].*$/, '');
    return { url, name: path.split('/').at(-1) ?? '', origin };
  }
  const hidden = fileOf(message, ['png'], position);
  if (hidden === undefined) throw new CommandError('message_without_clip');
  return hidden;
}

function audioOf(message: ShownMessage, position: number): FileReference | undefined {
  return fileOf(message, AUDIO_FORMATS, position);
}

/** Files of a kind stand in the order of the message's clips. */
function fileOf(
  message: ShownMessage,
  endings: readonly string[],
  position: number,
): FileReference | undefined {
  const files = message.files.filter(({ name }) => endings.some((ending) => name.endsWith(`.${ending}`)));
  const found = files[position];
  if (found === undefined) return undefined;
  const { url, name, size } = found;
  return { url, name, size, origin: originOf(message, position) };
}

function originOf({ id, guildId, channelId }: ShownMessage, position: number): InputOrigin {
  return { guildId, channelId, messageId: id, ...(position > 0 && { position }) };
}
