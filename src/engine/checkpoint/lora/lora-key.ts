/**
 * What the names of a LoRA's tensors say. Kohya's scripts write `lora_unet_<module>.lora_down.weight` with underscores
 * for the dots of a module's path; diffusers has written `unet.<module>.lora.down.weight`,
 * `unet.<attention>.processor.to_q_lora.down.weight` and `text_encoder.<module>.lora_linear_layer.down.weight`, and by
 * way of PEFT `unet.<module>.lora_A.weight` or `base_model.model.<module>.lora_A.weight`.
 */

/** The networks that LoRAs are made for; only Stable Diffusion XL has a second text encoder. */
export type LoraNetwork = 'unet' | 'text_encoder' | 'text_encoder_2';

/**
 * A factor of the change of a weight, its scale, or the lengths of a DoRA's columns, which turn it into another kind of
 * change.
 */
export type LoraRole = 'up' | 'down' | 'core' | 'alpha' | 'magnitude';

export interface LoraKey {
  readonly network: LoraNetwork;
  /** Path of the module in its network, with underscores for dots: the one spelling that all formats come down to. */
  readonly module: string;
  readonly role: LoraRole;
}

/** Longer names are no module's. */
const MAX_KEY_LENGTH = 300;

const PREFIXES: readonly (readonly [string, LoraNetwork])[] = [
  ['lora_unet_', 'unet'],
  ['lora_te_', 'text_encoder'],
  ['lora_te1_', 'text_encoder'],
  ['lora_te2_', 'text_encoder_2'],
  ['unet.', 'unet'],
  ['text_encoder.', 'text_encoder'],
  ['text_encoder_2.', 'text_encoder_2'],
];

const PEFT_PREFIX = 'base_model.model.';

/** How names end; what stands before is the module. A name that PEFT gives an adapter may stand between. */
const ENDINGS: readonly (readonly [RegExp, LoraRole])[] = [
  [/(?:\.lora_down|\.lora_A(?:\.\w+)?|(?:[._]lora|\.lora_linear_layer)\.down)\.weight$/, 'down'],
  [/(?:\.lora_up|\.lora_B(?:\.\w+)?|(?:[._]lora|\.lora_linear_layer)\.up)\.weight$/, 'up'],
  [/\.lora_mid\.weight$/, 'core'],
  [/(?:(?:[._]lora|\.lora_linear_layer)(?:\.down\.weight)?)?\.alpha$/, 'alpha'],
  [/(?:\.dora_scale|\.lora_magnitude_vector(?:\.\w+)*)$/, 'magnitude'],
];

/** Names that attention processors gave to the layers of an attention. */
const RENAMED: readonly (readonly [RegExp, string])[] = [
  [/_processor(?=_|$)/, ''],
  [/(self_attn)_to_([qkv])$/, '$1_$2_proj'],
  [/(self_attn)_to_out$/, '$1_out_proj'],
  [/(attn[12])_to_out$/, '$1_to_out_0'],
];

/** @returns undefined when the name is of no known format */
export function parseLoraKey(key: string): LoraKey | undefined {
  if (key.length > MAX_KEY_LENGTH) return undefined;
  for (const [ending, role] of ENDINGS) {
    const at = key.search(ending);
    if (at > 0) return { ...placeOf(key.slice(0, at)), role };
  }
  return undefined;
}

function placeOf(path: string): { network: LoraNetwork; module: string } {
  const outer = without(PEFT_PREFIX, path);
  const prefix = PREFIXES.find(([text]) => outer.startsWith(text));
  const module = underscored(without(PEFT_PREFIX, prefix ? outer.slice(prefix[0].length) : outer));
  return { network: prefix?.[1] ?? networkOf(module), module };
}

/** Of a module whose name does not say it. */
function networkOf(module: string): LoraNetwork {
  return module.startsWith('text_model_') ? 'text_encoder' : 'unet';
}

/** A module's path in the spelling of `LoraKey.module`. */
function underscored(path: string): string {
  return RENAMED.reduce(
    (module, [pattern, replacement]) => module.replace(pattern, replacement),
    path.replaceAll('.', '_'),
  );
}

function without(prefix: string, text: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}
