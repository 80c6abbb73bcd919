/** Which weights of a checkpoint the parts of a LoRA belong to. */
import type { NamedWeights, WeightDelta } from '../weight-source.js';
import { isSameShape, shapeOfProduct } from './lora-factors.js';
import type { LoraFile, LoraPart } from './lora-file.js';
import type { LoraNetwork } from './lora-key.js';
import { unusableLora } from './unusable-lora.js';

/** The networks of a checkpoint that a LoRA may change. */
export const ADAPTABLE_NETWORKS = ['unet', 'text_encoder'] as const satisfies readonly LoraNetwork[];
export type AdaptableNetwork = (typeof ADAPTABLE_NETWORKS)[number];
export type AdaptableWeights = Readonly<Record<AdaptableNetwork, NamedWeights>>;

export interface LoraFit {
  /** The changes at weight 1, by the name of the weight. */
  readonly deltas: Readonly<Record<AdaptableNetwork, ReadonlyMap<string, WeightDelta>>>;
  /** Names of parts that belong to no weight, and of tensors of no known format. */
  readonly unknownNames: readonly string[];
}

/** Where tokens are looked up; it is read row by row as it is stored, with nothing added. */
const TOKEN_TABLE = 'token_embedding.weight';
const WEIGHT = '.weight';

/**
 * @throws EngineError `model_corrupt` when the LoRA was made for another model: a part of it has another shape than the
 * weight of its name, or none of its parts for one of the networks fits
 */
export function fitLora(lora: LoraFile, bases: AdaptableWeights): LoraFit {
  const places = { unet: placesOf(bases.unet), text_encoder: placesOf(bases.text_encoder) };
  const deltas = { unet: new Map<string, WeightDelta>(), text_encoder: new Map<string, WeightDelta>() };
  const unknownNames = [...lora.unknownNames];
  for (const part of lora.parts) {
    const network = part.network === 'text_encoder_2' ? undefined : part.network;
    const name = network && places[network].get(part.module);
    if (network === undefined || name === undefined) {
      unknownNames.push(`${part.network}.${part.module}`);
      continue;
    }
    checkShape(part, name, bases[network], lora.path);
    deltas[network].set(name, part.delta);
  }
  checkNetworks(lora, deltas);
  return { deltas, unknownNames };
}

/**
 * Names of weights that may be adapted, by the spelling of `LoraKey.module`: names with dots cannot be told from ones
 * with underscores, so that they are looked up, not taken apart.
 */
function placesOf({ names }: NamedWeights): ReadonlyMap<string, string> {
  const adaptable = names.filter((name) => name.endsWith(WEIGHT) && !name.endsWith(TOKEN_TABLE));
  return new Map(adaptable.map((name) => [name.slice(0, -WEIGHT.length).replaceAll('.', '_'), name]));
}

function checkShape({ module, delta }: LoraPart, name: string, base: NamedWeights, path: string): void {
  const [own, wanted] = [shapeOfProduct(delta), base.find(name)?.shape ?? []];
  if (isSameShape(own, wanted)) return;
  const shapes = `[${own.join(', ')}], where the checkpoint has [${wanted.join(', ')}]`;
  throw unusableLora(path, `it was made for another model: its part "${module}" is ${shapes}`);
}

function checkNetworks(lora: LoraFile, deltas: LoraFit['deltas']): void {
  for (const network of new Set(lora.parts.map((part) => part.network))) {
    if (network === 'text_encoder_2') {
      throw unusableLora(lora.path, 'it was made for a model with two text encoders, such as SDXL');
    }
    if (deltas[network].size === 0) {
      throw unusableLora(lora.path, `it was made for another model: none of its parts fits the ${network}`);
    }
  }
}
