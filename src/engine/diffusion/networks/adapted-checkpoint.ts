/** A checkpoint's weights with LoRAs added to them. */
import { commonFolder } from '../../checkpoint/common-folder.js';
import { adaptNetworks } from '../../checkpoint/lora/adapt-networks.js';
import { LoraFile } from '../../checkpoint/lora/lora-file.js';
import { EngineError } from '../../errors.js';
import type { ModelFolder } from '../../runtime/model-folder.js';
import { openCheckpointParts } from './checkpoint-parts.js';
import type { CheckpointParts } from './checkpoint-parts.js';

export interface LoraChoice {
  /** Holds one safetensors file. */
  readonly folder: ModelFolder;
  /** 0 = nothing of it, 1 = as it was trained, below 0 = the opposite. */
  readonly weight: number;
}

export interface OpenedCheckpoint {
  readonly parts: CheckpointParts;
  /** That the tensors' locations begin at. */
  readonly dataFolder: string;
}

/**
 * Reads headers, never the data.
 * @throws EngineError `model_missing`, or `model_corrupt` for files that are damaged and LoRAs of another model
 */
export async function openAdaptedCheckpoint(
  checkpoint: ModelFolder,
  loras: readonly LoraChoice[],
): Promise<OpenedCheckpoint> {
  const dataFolder = await commonFolder([checkpoint.root, ...loras.map(({ folder }) => folder.root)]);
  const locate = { relativeTo: dataFolder };
  const parts = await openCheckpointParts(checkpoint, locate);
  if (loras.length === 0) return { parts, dataFolder };
  const chosen = [];
  for (const { folder, weight } of loras) {
    chosen.push({ lora: await LoraFile.open(folder.root, await loraFileIn(folder), locate), weight });
  }
  return { parts: { ...parts, ...adaptNetworks(parts, chosen).weights }, dataFolder };
}

/** @returns its path relative to the folder, checked against the manifest */
async function loraFileIn(folder: ModelFolder): Promise<string> {
  const files = folder.files.filter(({ path }) => path.endsWith('.safetensors'));
  const [file] = files;
  if (!file || files.length > 1) {
    const message = `The LoRA "${folder.name}" must have one .safetensors file, not ${files.length}. Add it again.`;
    throw new EngineError('model_corrupt', message);
  }
  await folder.path(file.path);
  return file.path;
}
