import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

import type { NeededFile } from '../../../engine/checkpoint/diffusers-layout.js';
import { checkLora } from '../../../engine/checkpoint/single-file.js';
import { EngineError } from '../../../engine/errors.js';
import type { ModelFolder } from '../../../engine/runtime/model-folder.js';
import { ModelInstallation } from '../../../engine/runtime/model-installation.js';
import type { ManifestFile } from '../../../engine/runtime/model-manifest.js';
import type { HubClient } from '../../../hub/hub-client.js';
import type { HubFile, HubModel } from '../../../hub/hub-model.js';
import { byteSize } from '../../byte-size.js';
import { CliError } from '../../cli-error.js';
import type { CommandContext } from '../../command-context.js';
import { TransferBar } from '../../transfer-bar.js';
import { LORA_FILE } from './add-from-file.js';
import type { AddOptions } from './add.js';
import { checkSettings, checkWeights } from './checkpoint-check.js';
import type { ModelLabel } from './checkpoint-check.js';
import { chooseHubFiles } from './choose-hub-files.js';
import type { HubChoice } from './choose-hub-files.js';
import { askForConsent } from './licence-consent.js';
import { modelsFolderOf, newModelName } from './model-facts.js';

/**
 * Downloads a model of the hub. What has arrived stays when it fails, for the next time.
 * @throws HubError; CliError `model_unsuitable`, `licence_not_accepted`, `usage`, `output_exists`; EngineError; the
 * signal's reason
 */
export async function addFromHub(context: CommandContext, id: string, options: AddOptions): Promise<ModelFolder> {
  const { parts, signal } = context;
  const hub = parts.createHubClient();
  const model = await hub.describe(id, options.revision, { signal });
  const choice = chooseHubFiles(model, options);
  const name = await newModelName(parts, options.name, proposedName(id, choice));
  const total = sumOf(choice.files);
  const subject = `${id} (${choice.files.length} files, ${byteSize(total)})`;
  const licence = { subject, name: model.licence, url: model.licenceUrl };
  await askForConsent(context, licence, options.acceptLicence ?? false);
  const installation = await ModelInstallation.begin(modelsFolderOf(parts), name);
  await installation.checkSpace(total - (await bytesThere(installation, choice)));
  const bar = new TransferBar(context.terminal, total);
  try {
    const download = new ModelDownload({ hub, model, installation, bar, signal });
    return await install(download, installation, choice, {
      name,
      version: model.revision.slice(0, 8),
      licence: model.licence,
      kind: choice.kind,
      source: { type: 'hub', id, revision: model.revision },
    });
  } finally {
    bar.stop();
  }
}

async function install(
  download: ModelDownload,
  installation: ModelInstallation,
  { kind, files }: HubChoice,
  label: ModelLabel,
): Promise<ModelFolder> {
  const settings = await download.fetch(files.filter(({ isWeights }) => !isWeights));
  if (kind === 'checkpoint') await checkSettings(installation, label, settings);
  const weights = await download.fetch(files.filter(({ isWeights }) => isWeights));
  const described = [...settings, ...weights];
  if (kind === 'checkpoint') await checkWeights(installation, described);
  else await checkLoraOf(installation);
  await installation.writeManifest({ ...label, files: described });
  return installation.finish();
}

/** One that cannot be used is not kept. @throws CliError `model_unsuitable` */
async function checkLoraOf(installation: ModelInstallation): Promise<void> {
  try {
    await checkLora(installation.folder, LORA_FILE);
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause;
    await installation.discard();
    throw new CliError('model_unsuitable', cause.message, { cause });
  }
}

interface ModelDownloadParts {
  readonly hub: HubClient;
  readonly model: HubModel;
  readonly installation: ModelInstallation;
  readonly bar: TransferBar;
  readonly signal: AbortSignal;
}

/** The files of one model, one after the other. */
class ModelDownload {
  readonly #parts: ModelDownloadParts;
  #bytesBefore = 0;

  constructor(parts: ModelDownloadParts) {
    this.#parts = parts;
  }

  /** @returns what the manifest says of them. @throws HubError; EngineError; the signal's reason */
  async fetch(files: readonly NeededFile<HubFile>[]): Promise<ManifestFile[]> {
    const described: ManifestFile[] = [];
    for (const file of files) described.push(await this.#fetchOne(file));
    return described;
  }

  async #fetchOne({ source, path }: NeededFile<HubFile>): Promise<ManifestFile> {
    const { hub, model, installation, bar, signal } = this.#parts;
    bar.describe(path);
    await hub.download(model, source, await installation.pathFor(path), {
      signal,
      onBytes: (count) => bar.show(this.#bytesBefore + count),
      onRetry: (_, delayMs) => bar.describe(`${path}: the connection broke, next try in ${seconds(delayMs)}`),
    });
    this.#bytesBefore += source.bytes;
    const { content } = source;
    if (content?.algorithm === 'sha256') return { path, bytes: content.bytes, sha256: content.hash };
    return installation.describe(path, { signal });
  }
}

function seconds(ms: number): string {
  return `${Math.ceil(ms / 1000)} s`;
}

function proposedName(id: string, { kind, files }: HubChoice): string {
  const [file] = files;
  const isNamed = kind === 'lora' && file !== undefined && !/^pytorch_lora_weights/.test(basename(file.source.path));
  return isNamed ? basename(file.source.path, '.safetensors') : basename(id);
}

/** What an earlier attempt has left. */
async function bytesThere({ folder }: ModelInstallation, { files }: HubChoice): Promise<number> {
  const sizes = await Promise.all(
    files.map(async ({ path, source }) => {
      const whole = await stat(join(folder, path)).catch(() => undefined);
      const part = await stat(join(folder, `${path}.part`)).catch(() => undefined);
      return Math.min(source.bytes, whole?.size ?? part?.size ?? 0);
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function sumOf(files: readonly NeededFile<HubFile>[]): number {
  return files.reduce((sum, { source }) => sum + source.bytes, 0);
}
