import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import { AUDIO_FORMATS } from '../engine/limits.js';
import type { GeneratedClip } from '../engine/music-engine.js';
import { recipeSchema } from '../engine/recipe/recipe.js';
import type { JobId } from '../queue/job.js';

const DESCRIPTION_FILE = 'clip.json';
const PICTURE_FILE = 'picture.png';
const AUDIO_FILE = 'audio';
const POSTED_FILE = 'posted';
const UNFINISHED_SUFFIX = '.part';

const descriptionSchema = z.object({
  recipe: recipeSchema,
  pictureBytes: z.int(),
  audioBytes: z.int(),
  isPromptTruncated: z.boolean(),
  audio: z.object({
    format: z.enum(AUDIO_FORMATS),
    sampleRate: z.number(),
    numberOfChannels: z.int(),
    durationSeconds: z.number(),
  }),
});

/**
 * Finished clips until they are posted, one folder each, named by job: what was made once is not made again
 * because the bot or Discord was down. Beside a clip stands the id of the message that it was posted as.
 */
export class ClipFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Where a job's clip lies. */
  pathOf(id: JobId): string {
    if (!/^[\w-]+$/.test(id)) throw new RangeError(`Expected a job id of letters and digits, got ${id}.`);
    return join(this.#path, id);
  }

  /** All of it or nothing is there afterwards. @throws the error of the file system */
  async save(id: JobId, { picture, audio, ...clip }: GeneratedClip): Promise<void> {
    const folder = this.pathOf(id);
    const unfinished = folder + UNFINISHED_SUFFIX;
    const { bytes, ...described } = audio;
    const sizes = { pictureBytes: picture.length, audioBytes: bytes.length };
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    await writeFile(join(unfinished, PICTURE_FILE), picture);
    await writeFile(join(unfinished, AUDIO_FILE), bytes);
    await writeFile(
      join(unfinished, DESCRIPTION_FILE),
      JSON.stringify({ ...clip, ...sizes, audio: described }),
    );
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  }

  /** Undefined when there is none, or not all of it. */
  async read(id: JobId): Promise<GeneratedClip | undefined> {
    const folder = this.pathOf(id);
    try {
      const text = await readFile(join(folder, DESCRIPTION_FILE), 'utf8');
      const { pictureBytes, audioBytes, audio, ...clip } = descriptionSchema.parse(JSON.parse(text));
      const picture = await readFile(join(folder, PICTURE_FILE));
      const bytes = await readFile(join(folder, AUDIO_FILE));
      if (picture.length !== pictureBytes || bytes.length !== audioBytes) return undefined;
      return { ...clip, picture, audio: { ...audio, bytes } };
    } catch {
      return undefined;
    }
  }

  /** Notes that the clip is posted. @throws the error of the file system */
  async notePosted(id: JobId, messageId: string): Promise<void> {
    await mkdir(this.pathOf(id), { recursive: true, mode: 0o700 });
    await writeFile(join(this.pathOf(id), POSTED_FILE), messageId);
  }

  /** Id of the message that the clip was posted as. */
  async postedAs(id: JobId): Promise<string | undefined> {
    try {
      const messageId = await readFile(join(this.pathOf(id), POSTED_FILE), 'utf8');
      return messageId === '' ? undefined : messageId;
    } catch {
      return undefined;
    }
  }

  /** @throws the error of the file system */
  async remove(id: JobId): Promise<void> {
    await rm(this.pathOf(id), { recursive: true, force: true });
  }

  /**
   * Removes what an earlier run left behind for jobs that are over: posted clips and unfinished ones. A clip that
   * never could be posted stays, for the operator to find.
   */
  async sweep(isLive: (id: JobId) => boolean): Promise<void> {
    const names = await readdir(this.#path).catch(() => []);
    for (const name of names) {
      const isUnfinished = name.endsWith(UNFINISHED_SUFFIX);
      const isOver = !isLive(name) && (await this.postedAs(name)) !== undefined;
      if (isUnfinished || isOver) await rm(join(this.#path, name), { recursive: true, force: true });
    }
  }
}
