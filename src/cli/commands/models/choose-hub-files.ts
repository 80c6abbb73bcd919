import { chooseFiles } from '../../../engine/checkpoint/diffusers-layout.js';
import type { NeededFile } from '../../../engine/checkpoint/diffusers-layout.js';
import { DIFFUSERS_LAYOUT } from '../../../engine/checkpoint/single-file.js';
import type { ModelKind } from '../../../engine/runtime/model-manifest.js';
import type { HubFile, HubModel } from '../../../hub/hub-model.js';
import { byteSize } from '../../byte-size.js';
import { CliError } from '../../cli-error.js';
import { LORA_FILE } from './add-from-file.js';
import type { AddOptions } from './add.js';

/** What is to be downloaded of a model. */
export interface HubChoice {
  readonly kind: ModelKind;
  readonly files: readonly NeededFile<HubFile>[];
}

/** The largest LoRAs for Stable Diffusion 1.x have some hundred megabytes; a whole checkpoint has two gigabytes. */
const MAX_LORA_BYTES = 1.5e9;
/** Names that a message lists. */
const MAX_NAMES = 12;

/** A checkpoint in diffusers' layout, else the one LoRA. @throws CliError `model_unsuitable`, `usage` */
export function chooseHubFiles(
  { id, files }: HubModel,
  { file: wanted, precision }: Pick<AddOptions, 'file' | 'precision'>,
): HubChoice {
  const isCheckpoint = files.some(({ path }) => path === 'model_index.json');
  if (wanted === undefined && isCheckpoint) {
    const choice = chooseFiles(files, precision);
    if (choice.isComplete) return { kind: 'checkpoint', files: choice.files };
    throw new CliError('model_unsuitable', `${id} cannot be used: ${choice.fault}.`);
  }
  const source = loraAmong(files, id, wanted);
  if (source.bytes > MAX_LORA_BYTES) {
    const message = `${source.path} of ${id} has ${byteSize(source.bytes)}, so it is no LoRA but a whole checkpoint in one file, which is not read. ${DIFFUSERS_LAYOUT}`;
    throw new CliError('model_unsuitable', message);
  }
  return { kind: 'lora', files: [{ source, path: LORA_FILE, isWeights: true }] };
}

function loraAmong(files: readonly HubFile[], id: string, wanted: string | undefined): HubFile {
  const candidates = files.filter(({ path }) => path.endsWith('.safetensors'));
  const atTop = candidates.filter(({ path }) => !path.includes('/'));
  const [only] = atTop;
  if (wanted === undefined && only && atTop.length === 1) return only;
  const named = candidates.find(({ path }) => path === wanted);
  if (named) return named;
  if (candidates.length === 0) {
    const message = `${id} has no model_index.json, so it is not in diffusers layout, and no LoRA as .safetensors. ${DIFFUSERS_LAYOUT}`;
    throw new CliError('model_unsuitable', message);
  }
  const names = candidates.slice(0, MAX_NAMES).map(({ path }) => path);
  const more = candidates.length > MAX_NAMES ? ' and others' : '';
  throw new CliError('usage', `Say which file of ${id} with --file: ${names.join(', ')}${more}.`);
}
