import { EngineError } from '../../errors.js';
import type { WeightDelta } from '../weight-source.js';
import { AdaptedWeights } from './adapted-weights.js';
import type { LoraFile } from './lora-file.js';
import { fitLora } from './lora-fit.js';
import type { AdaptableNetwork, AdaptableWeights, LoraFit } from './lora-fit.js';

export interface ChosenLora {
  readonly lora: LoraFile;
  /** How much of it: 0 = nothing, 1 = as it was trained, below 0 = the opposite. @defaultValue 1 */
  readonly weight?: number;
}

/** What became of one LoRA. */
export interface LoraReport {
  readonly path: string;
  /** Parts that fit a weight of the checkpoint. */
  readonly fittedParts: number;
  readonly totalParts: number;
  /** Names of parts that belong to no weight, and of tensors of no known format. */
  readonly unknownNames: readonly string[];
}

export interface AdaptedNetworks {
  readonly weights: Readonly<Record<AdaptableNetwork, AdaptedWeights>>;
  /** In the order of the LoRAs. */
  readonly reports: readonly LoraReport[];
}

/**
 * The sum of a checkpoint and any number of LoRAs. Nothing is computed here: graphs made from these weights add the
 * changes up when they are loaded. The files' locations must begin at the same folder as the checkpoint's.
 * @throws EngineError `invalid_request` for a weight that is no number, `model_corrupt` for a LoRA that was made for
 * another model
 */
export function adaptNetworks(bases: AdaptableWeights, chosen: readonly ChosenLora[]): AdaptedNetworks {
  const fits = chosen.map(({ lora, weight = 1 }) => ({ lora, weight, fit: fitLora(lora, bases) }));
  const adapt = (network: AdaptableNetwork): AdaptedWeights =>
    new AdaptedWeights(bases[network], deltasByName(network, fits));
  return {
    weights: { unet: adapt('unet'), text_encoder: adapt('text_encoder') },
    reports: fits.map(({ lora, fit }) => reportOf(lora, fit)),
  };
}

interface WeightedFit {
  readonly lora: LoraFile;
  readonly weight: number;
  readonly fit: LoraFit;
}

function deltasByName(
  network: AdaptableNetwork,
  fits: readonly WeightedFit[],
): ReadonlyMap<string, readonly WeightDelta[]> {
  const byName = new Map<string, WeightDelta[]>();
  for (const { lora, weight, fit } of fits) {
    for (const [name, delta] of fit.deltas[network]) {
      const scaled = { ...delta, scale: scaleOf(delta, weight, lora) };
      const others = byName.get(name);
      if (others) others.push(scaled);
      else byName.set(name, [scaled]);
    }
  }
  return byName;
}

/** Finite as a float32, which is what graphs hold. */
function scaleOf(delta: WeightDelta, weight: number, { path }: LoraFile): number {
  const scale = Math.fround(delta.scale * weight);
  if (Number.isFinite(scale)) return scale;
  throw new EngineError(
    'invalid_request',
    `The weight ${weight} of the LoRA ${path} is too large or no number.`,
  );
}

function reportOf({ path, parts }: LoraFile, { deltas, unknownNames }: LoraFit): LoraReport {
  const fittedParts = deltas.unet.size + deltas.text_encoder.size;
  return { path, fittedParts, totalParts: parts.length, unknownNames };
}
