import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { APIEmbed, APIMessageTopLevelComponent } from 'discord.js';
import { z } from 'zod';

import type { MessageFile, MessageView } from '../commands/message-view.js';
import type { PersonalRecords } from '../commands/personal-records.js';
import type { JobId } from '../queue/job.js';

const POST_FILE = 'post.json';
const POSTED_FILE = 'posted';
const UNFINISHED_SUFFIX = '.part';

const fileSchema = z.object({
  name: z.string().regex(/^\w[\w.-]*$/, 'must be a plain file name'),
  contentType: z.string(),
  description: z.string().exactOptional(),
  voice: z.object({ durationSeconds: z.number(), waveform: z.string() }).exactOptional(),
  size: z.int(),
});

/** Embeds and components are as we wrote them: Discord checks them, and nothing here depends on what is in them. */
const postSchema = z.object({
  content: z.string(),
  embeds: z.array(z.custom<APIEmbed>()),
  components: z.array(z.custom<APIMessageTopLevelComponent>()),
  files: z.array(fileSchema),
});

/**
 * Finished clips, as they will be posted, until they are: one folder each, named by job. What was made once is not made
 * again because the bot or Discord was down. Beside a post stands the id of the message that it became.
 */
export class PostFolder implements PersonalRecords {
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
  async save(id: JobId, { content, embeds = [], components = [], files = [] }: MessageView): Promise<void> {
    const folder = this.pathOf(id);
    const unfinished = folder + UNFINISHED_SUFFIX;
    const described = files.map(({ bytes, ...file }) => fileSchema.parse({ ...file, size: bytes.length }));
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    for (const [index, { name, bytes }] of files.entries()) {
      await writeFile(join(unfinished, storedName(index, name)), bytes);
    }
    const post = { content, embeds, components, files: described };
    await writeFile(join(unfinished, POST_FILE), JSON.stringify(post));
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  }

  /** Undefined when there is none, or not all of it. */
  async read(id: JobId): Promise<MessageView | undefined> {
    const folder = this.pathOf(id);
    try {
      const text = await readFile(join(folder, POST_FILE), 'utf8');
      const { files: described, ...post } = postSchema.parse(JSON.parse(text));
      const files: MessageFile[] = [];
      for (const [index, { size, ...file }] of described.entries()) {
        const bytes = await readFile(join(folder, storedName(index, file.name)));
        if (bytes.length !== size) return undefined;
        files.push({ ...file, bytes });
      }
      return { ...post, files };
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

  /** Removes the clips that name a person: those that never could be posted. @throws the error of the file system */
  async forget(userId: string): Promise<void> {
    for (const name of await readdir(this.#path).catch(() => [])) {
      const folder = join(this.#path, name);
      const post = await readFile(join(folder, POST_FILE), 'utf8').catch(() => '');
      if (post.includes(`<@${userId}>`)) await rm(folder, { recursive: true, force: true });
    }
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

/** No two files share one, and none can be that of the folder's own. */
function storedName(index: number, name: string): string {
  return `${index}-${name}`;
}
