/** The small checkpoints of `test/fixtures/sd1x` as whole models on disk, and files to spoil them with. */
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { loadPipeline } from '../../../src/engine/diffusion/load-pipeline.js';
import type { LoadPipelineOptions } from '../../../src/engine/diffusion/load-pipeline.js';
import type { DiffusionPipeline } from '../../../src/engine/diffusion/diffusion-pipeline.js';
import type { OpenSession } from '../../../src/engine/diffusion/networks/open-session.js';
import { ModelFolder } from '../../../src/engine/runtime/model-folder.js';
import { OnnxSession } from '../../../src/engine/runtime/onnx-session.js';
import type { SpectrogramPicture } from '../../../src/engine/spectrogram/spectrogram-picture.js';
import { checkpointFolder } from '../checkpoint/sd1x-checkpoints.js';
import type { CheckpointName } from '../checkpoint/sd1x-checkpoints.js';
import { withTemporaryFolder } from '../checkpoint/temporary-folder.js';

export const RUNS_ROOT = fileURLToPath(new URL('../../fixtures/sd1x-runs/', import.meta.url));

/** Content by path: text as it is, anything else as JSON; undefined = the file is left out. */
export type FileChanges = Readonly<Record<string, unknown>>;

/** Lays a whole model out in an empty folder, in diffusers' layout, with a manifest. */
export async function layOutModel(
  folder: string,
  name: CheckpointName,
  changes: FileChanges = {},
): Promise<ModelFolder> {
  await cp(checkpointFolder(name), folder, { recursive: true });
  await cp(join(RUNS_ROOT, 'tokenizer'), join(folder, 'tokenizer'), { recursive: true });
  await mkdir(join(folder, 'scheduler'));
  await cp(join(RUNS_ROOT, `${name}-scheduler_config.json`), join(folder, 'scheduler/scheduler_config.json'));
  const left = { 'model_index.json': { _class_name: 'StableDiffusionPipeline' }, ...changes };
  for (const [path, content] of Object.entries(left)) {
    if (content === undefined) continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  const absent = Object.keys(left).filter((path) => left[path as keyof typeof left] === undefined);
  await writeManifest(folder, name, absent);
  return ModelFolder.open(folder);
}

/** Runs with a whole model, which is gone afterwards. */
export async function withModel(
  name: CheckpointName,
  changes: FileChanges,
  use: (folder: ModelFolder) => Promise<void>,
): Promise<void> {
  await withTemporaryFolder(async (folder) => use(await layOutModel(folder, name, changes)));
}

export async function withPipeline(
  name: CheckpointName,
  options: LoadPipelineOptions & { readonly changes?: FileChanges },
  use: (pipeline: DiffusionPipeline) => Promise<void>,
): Promise<void> {
  const { changes = {}, ...loadOptions } = options;
  await withModel(name, changes, async (folder) => {
    const pipeline = await loadPipeline(folder, openOnCpu, loadOptions);
    try {
      await use(pipeline);
    } finally {
      await pipeline.dispose();
    }
  });
}

/** Names all files of the folder but those left out. @param more fields */
export async function writeManifest(
  folder: string,
  name: string,
  leftOut: readonly string[] = [],
  more: object = {},
): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== 'manifest.json' && !leftOut.includes(path));
  const files = [];
  for (const path of paths) {
    const bytes = await readFile(join(folder, path));
    files.push({ path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ name, version: '1.0.0', ...more, files }));
}

/** On the CPU, as fast as it can. */
export const openOnCpu: OpenSession = (model, options) =>
  OnnxSession.create(typeof model === 'string' ? model : model('cpu'), options);

/** Bars and a slope, of three colours. */
export function aPicture(width: number, height: number): SpectrogramPicture {
  const rgb = Uint8Array.from({ length: 3 * width * height }, (_, index) => {
    const [x, y] = [Math.floor(index / 3) % width, Math.floor(index / (3 * width))];
    return [255 * ((x >> 3) % 2), 4 * x + 2 * y, 255 - 3 * y][index % 3] ?? 0;
  });
  return { width, height, rgb };
}
