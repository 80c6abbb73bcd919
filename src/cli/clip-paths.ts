import { extname, join, sep } from 'node:path';

import type { GenerationRequest } from '../engine/generation-request.js';
import type { AudioFormat } from '../engine/limits.js';
import { CliError } from './cli-error.js';
import { audioFormatOf, checkWritable, freeStem, isFolder, makeFolder } from './output-file.js';

const STEM_MAX_LENGTH = 40;

/** Where a clip's two files go: to the names that were asked for, or to free ones made of prompt and seed. */
export class ClipPaths {
  readonly #resolve: () => Promise<{ picture: string; audio: string }>;

  private constructor(resolve: () => Promise<{ picture: string; audio: string }>) {
    this.#resolve = resolve;
  }

  /**
   * Settled before the work, as far as it can be.
   * @throws CliError `usage`, `output_exists`; EngineError `io_failed`
   */
  static async plan(
    request: GenerationRequest,
    { out = '.', force = false }: { readonly out?: string; readonly force?: boolean },
  ): Promise<ClipPaths> {
    if (audioFormatOf(out) !== undefined && !(await isFolder(out))) {
      const picture = `${out.slice(0, -extname(out).length)}.png`;
      await checkWritable(out, force);
      await checkWritable(picture, force);
      return new ClipPaths(() => Promise.resolve({ picture, audio: out }));
    }
    await settleFolder(out);
    const stem = `${slug(request.prompt)}-${request.seed}`;
    await checkWritable(join(out, stem), true);
    return new ClipPaths(() => freePaths(out, stem, request.audioFormat));
  }

  /** The names, free at this moment. */
  resolve(): Promise<{ picture: string; audio: string }> {
    return this.#resolve();
  }
}

async function settleFolder(out: string): Promise<void> {
  if (await isFolder(out)) return;
  if (extname(out) !== '' && !out.endsWith('/') && !out.endsWith(sep)) {
    const message = `--out must be a folder, or a file that ends in .mp3, .wav or .ogg, not ${out}.`;
    throw new CliError('usage', message);
  }
  await makeFolder(out);
}

async function freePaths(
  folder: string,
  stem: string,
  format: AudioFormat,
): Promise<{ picture: string; audio: string }> {
  const path = await freeStem(folder, stem, ['.png', `.${format}`]);
  return { picture: `${path}.png`, audio: `${path}.${format}` };
}

/** The prompt as part of a file name: lower-case letters, digits and hyphens. */
function slug(prompt: string): string {
  const words =
    prompt
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const stem = words.join('-').slice(0, STEM_MAX_LENGTH).replace(/-+$/, '');
  return stem === '' ? 'riff' : stem;
}
