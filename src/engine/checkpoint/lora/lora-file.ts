/**
 * LoRA (Hu et al. 2021): a fine-tuning as one product of low rank for each weight that it changes,
 * `alpha / rank * up x down`. Convolutions come as a product of a convolution `down` with one of size 1 `up` (LoCon), at
 * times in Tucker's decomposition with a core between them.
 */
import { openTensors } from '../safetensors/located-tensors.js';
import type { LocatedTensors, LocateOptions } from '../safetensors/located-tensors.js';
import type { TensorLocation, WeightDelta } from '../weight-source.js';
import { AdapterMetadata } from './adapter-metadata.js';
import { parseLoraKey } from './lora-key.js';
import type { LoraKey, LoraNetwork, LoraRole } from './lora-key.js';
import { checkFactors } from './lora-factors.js';
import { unusableLora } from './unusable-lora.js';

/** What a LoRA changes in one module. */
export interface LoraPart {
  readonly network: LoraNetwork;
  /** See `LoraKey.module`. */
  readonly module: string;
  /** As it is applied with weight 1. */
  readonly delta: WeightDelta;
}

/** One LoRA in a safetensors file; of its data, only the scales are in memory. */
export class LoraFile {
  readonly path: string;
  readonly parts: readonly LoraPart[];
  /** Names of tensors that are of no known format. */
  readonly unknownNames: readonly string[];

  private constructor(path: string, parts: readonly LoraPart[], unknownNames: readonly string[]) {
    this.path = path;
    this.parts = parts;
    this.unknownNames = unknownNames;
  }

  /**
   * @param folder that the file may not lie outside of
   * @param file relative to it, with forward slashes
   * @throws EngineError `model_missing` or `model_corrupt`
   */
  static async open(folder: string, file: string, options: LocateOptions = {}): Promise<LoraFile> {
    const located = await openTensors(folder, file, options);
    const { modules, unknownNames } = sortByModule(located);
    if (modules.size === 0) throw unusableLora(located.file.path, 'it has no part in a known format');
    const alphas = await readAlphas(located, modules);
    const metadata = AdapterMetadata.of(located.file);
    const parts = [...modules.values()].map((module) => toPart(module, alphas, metadata, located.file.path));
    return new LoraFile(located.file.path, parts, unknownNames);
  }
}

interface LoraModule {
  readonly network: LoraNetwork;
  readonly module: string;
  readonly tensors: Map<LoraRole, TensorLocation>;
}

function sortByModule({ file, locations }: LocatedTensors): {
  modules: ReadonlyMap<string, LoraModule>;
  unknownNames: string[];
} {
  const modules = new Map<string, LoraModule>();
  const unknownNames: string[] = [];
  for (const location of locations.values()) {
    const key = parseLoraKey(location.name);
    if (key) addTo(modules, key, location, file.path);
    else unknownNames.push(location.name);
  }
  return { modules, unknownNames };
}

function addTo(
  modules: Map<string, LoraModule>,
  { network, module, role }: LoraKey,
  location: TensorLocation,
  path: string,
): void {
  const id = `${network}.${module}`;
  const entry = modules.get(id) ?? { network, module, tensors: new Map<LoraRole, TensorLocation>() };
  if (role === 'magnitude') throw unusableLora(path, 'it is a DoRA, which this version does not apply');
  if (entry.tensors.has(role)) throw unusableLora(path, `it has two tensors like "${location.name}"`);
  entry.tensors.set(role, location);
  modules.set(id, entry);
}

async function readAlphas(
  { file }: LocatedTensors,
  modules: ReadonlyMap<string, LoraModule>,
): Promise<ReadonlyMap<string, number>> {
  const alphas = [...modules.values()].flatMap(({ tensors }) => tensors.get('alpha')?.name ?? []);
  return file.readScalars(alphas);
}

function toPart(
  { network, module, tensors }: LoraModule,
  alphas: ReadonlyMap<string, number>,
  metadata: AdapterMetadata,
  path: string,
): LoraPart {
  const [up, down, core] = [tensors.get('up'), tensors.get('down'), tensors.get('core')];
  if (!up || !down) throw unusableLora(path, `its part "${module}" is not complete`);
  const factors = { up, down, ...(core && { core }) };
  const rank = checkFactors(factors, path);
  const alpha = alphas.get(tensors.get('alpha')?.name ?? '');
  const scale = alpha === undefined ? metadata.scale(network, rank) : alpha / rank;
  if (!Number.isFinite(scale)) throw unusableLora(path, `the scale of its part "${module}" is no number`);
  return { network, module, delta: { scale, ...factors } };
}
