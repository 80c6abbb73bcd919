import { z } from 'zod';

import type { SafetensorsFile } from '../safetensors/safetensors-file.js';
import { parseStrictJson } from '../safetensors/strict-json.js';
import type { LoraNetwork } from './lora-key.js';
import { unusableLora } from './unusable-lora.js';

const KEY = 'lora_adapter_metadata';
/** The object, a pattern or list in it. */
const MAX_DEPTH = 3;

const metadataSchema = z.record(z.string(), z.unknown());
const alphaSchema = z.number().optional();
const flagSchema = z.boolean().nullish();
const patternSchema = z.record(z.string(), z.number()).nullish();

/** The settings of PEFT that diffusers keeps in a file's metadata, where the file has no tensors for the scales. */
export class AdapterMetadata {
  readonly #path: string;
  readonly #settings: Readonly<Record<string, unknown>>;

  private constructor(path: string, settings: Readonly<Record<string, unknown>>) {
    this.#path = path;
    this.#settings = settings;
  }

  /** @throws EngineError `model_corrupt` when there are settings that cannot be read */
  static of({ path, metadata }: SafetensorsFile): AdapterMetadata {
    const text = metadata[KEY];
    if (text === undefined) return new AdapterMetadata(path, {});
    try {
      return new AdapterMetadata(path, metadataSchema.parse(parseStrictJson(text, { maxDepth: MAX_DEPTH })));
    } catch (cause) {
      throw unusableLora(path, `its ${KEY} cannot be read`, { cause });
    }
  }

  /**
   * What a product of factors is multiplied by: alpha / rank, or alpha / sqrt(rank) (Kalajdzievski 2023).
   * @throws EngineError `model_corrupt` when the settings ask for a scale of each module, or make no sense
   */
  scale(network: LoraNetwork, rank: number): number {
    const alpha = this.#setting(network, 'lora_alpha', alphaSchema) ?? rank;
    const perModule = this.#setting(network, 'alpha_pattern', patternSchema) ?? {};
    if (Object.keys(perModule).length > 0) {
      throw unusableLora(this.#path, 'its scales differ from part to part, by a pattern');
    }
    return alpha / (this.#setting(network, 'use_rslora', flagSchema) ? Math.sqrt(rank) : rank);
  }

  #setting<Schema extends z.ZodType>(network: LoraNetwork, name: string, schema: Schema): z.output<Schema> {
    const parsed = schema.safeParse(this.#settings[`${network}.${name}`]);
    if (!parsed.success) {
      throw unusableLora(this.#path, `its setting ${network}.${name} cannot be read`, {
        cause: parsed.error,
      });
    }
    return parsed.data;
  }
}
