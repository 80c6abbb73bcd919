/**
 * Which files of a checkpoint in diffusers' layout are needed, and what they are called in a model folder. Everything
 * else stays where it is: pickles (.bin, .ckpt, .pt), which can run code when they are opened, scripts, exports to other
 * runtimes, weights in further variants, and the filter of pictures.
 */

/** Of the weights: half precision needs half the space, and is widened when it is loaded. */
export const PRECISIONS = ['fp16', 'f32'] as const;
export type Precision = (typeof PRECISIONS)[number];

/** A file that could be had, with `path` relative to the checkpoint and with forward slashes. */
export interface AvailableFile {
  readonly path: string;
  readonly bytes: number;
}

export interface NeededFile<Source> {
  readonly source: Source;
  /** In the model folder: the same for every variant. */
  readonly path: string;
  readonly isWeights: boolean;
}

export type LayoutChoice<Source> =
  | { readonly isComplete: true; readonly files: readonly NeededFile<Source>[] }
  /** `fault` is a clause: what is wrong with what is there. */
  | { readonly isComplete: false; readonly fault: string };

/** Networks, and how diffusers calls the files of their weights. */
const NETWORKS = {
  text_encoder: 'model',
  unet: 'diffusion_pytorch_model',
  vae: 'diffusion_pytorch_model',
  vae_tiny: 'diffusion_pytorch_model',
} as const;

type Network = keyof typeof NETWORKS;

const NEEDED_NETWORKS = ['text_encoder', 'unet', 'vae'] as const satisfies readonly Network[];
/** Not of diffusers' layout: people put a small autoencoder there, for its quick decoder. Taken when it is there. */
const TINY_AUTOENCODER = 'vae_tiny' satisfies Network;

const SETTINGS = [
  'model_index.json',
  'scheduler/scheduler_config.json',
  ...NEEDED_NETWORKS.map((network) => `${network}/config.json`),
];

/** Taken when they are there. */
const OPTIONAL_SETTINGS = [
  'defaults.json',
  'spectrogram.json',
  'tokenizer/added_tokens.json',
  'tokenizer/merges.txt',
  'tokenizer/special_tokens_map.json',
  'tokenizer/tokenizer.json',
  'tokenizer/tokenizer_config.json',
  'tokenizer/vocab.json',
  `${TINY_AUTOENCODER}/config.json`,
];

/** The largest of them, a tokenizer in one file, has about 4 MB. */
const MAX_SETTINGS_BYTES = 32 * 2 ** 20;
const PICKLE = /\.(bin|ckpt|pt|pth|pkl|pickle)$/;

/**
 * @param files all that there are, in any order
 * @param precision fp16 takes the full weights of a network that has no others; f32 takes no less
 */
export function chooseFiles<Source extends AvailableFile>(
  files: readonly Source[],
  precision: Precision,
): LayoutChoice<Source> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const missing = missingSettings(byPath);
  if (missing !== undefined) return { isComplete: false, fault: missing };
  const needed: NeededFile<Source>[] = [];
  for (const path of [...SETTINGS, ...OPTIONAL_SETTINGS]) {
    const source = byPath.get(path);
    if (source) needed.push({ source, path, isWeights: false });
  }
  for (const network of networksOf(byPath)) {
    const weights = chooseWeights(byPath, network, precision);
    if (weights === undefined) return { isComplete: false, fault: withoutWeights(files, network, precision) };
    needed.push(...weights);
  }
  const large = needed.find(({ source, isWeights }) => !isWeights && source.bytes > MAX_SETTINGS_BYTES);
  if (large) return { isComplete: false, fault: `its ${large.path} is larger than any such file` };
  return { isComplete: true, files: needed };
}

function networksOf(byPath: ReadonlyMap<string, unknown>): readonly Network[] {
  const hasTiny = byPath.has(`${TINY_AUTOENCODER}/config.json`);
  return hasTiny ? [...NEEDED_NETWORKS, TINY_AUTOENCODER] : NEEDED_NETWORKS;
}

function missingSettings(byPath: ReadonlyMap<string, unknown>): string | undefined {
  if (!byPath.has('model_index.json')) return 'it has no model_index.json, so it is not in diffusers layout';
  const missing = SETTINGS.find((path) => !byPath.has(path));
  if (missing !== undefined) return `it has no ${missing}`;
  const hasVocabulary = byPath.has('tokenizer/vocab.json') && byPath.has('tokenizer/merges.txt');
  const hasTokenizer = hasVocabulary || byPath.has('tokenizer/tokenizer.json');
  return hasTokenizer ? undefined : 'it has no tokenizer/vocab.json and tokenizer/merges.txt';
}

/** Of one variant alone; undefined when there are none that will do. */
function chooseWeights<Source extends AvailableFile>(
  byPath: ReadonlyMap<string, Source>,
  network: Network,
  precision: Precision,
): readonly NeededFile<Source>[] | undefined {
  const variants = precision === 'fp16' ? ['.fp16', ''] : [''];
  for (const variant of variants) {
    const whole = wholeWeights(byPath, network, variant);
    if (whole) return [whole];
    const parts = weightsInParts(byPath, network, variant);
    if (parts.length > 1) return parts;
  }
  return undefined;
}

function wholeWeights<Source>(
  byPath: ReadonlyMap<string, Source>,
  network: Network,
  variant: string,
): NeededFile<Source> | undefined {
  const stem = NETWORKS[network];
  const source = byPath.get(`${network}/${stem}${variant}.safetensors`);
  return source && { source, path: `${network}/${stem}.safetensors`, isWeights: true };
}

/** An index and the parts that it names; diffusers has changed its mind about where the variant stands in a name. */
function weightsInParts<Source>(
  byPath: ReadonlyMap<string, Source>,
  network: Network,
  variant: string,
): readonly NeededFile<Source>[] {
  const stem = NETWORKS[network];
  const indexPath = `${network}/${stem}.safetensors.index.json`;
  const names = [`${stem}${variant}.safetensors.index.json`, `${stem}.safetensors.index${variant}.json`];
  const index = names
    .map((name) => byPath.get(`${network}/${name}`))
    .find((candidate) => candidate !== undefined);
  if (index === undefined) return [];
  const part = new RegExp(`^${network}/${stem}((?:\\.fp16)?)-\\d{5}-of-\\d{5}((?:\\.fp16)?)\\.safetensors$`);
  const parts = [...byPath].flatMap(([path, source]): NeededFile<Source>[] => {
    const match = part.exec(path);
    const isOfVariant = match !== null && `${match[1]}${match[2]}` === variant;
    return isOfVariant ? [{ source, path, isWeights: true }] : [];
  });
  return [{ source: index, path: indexPath, isWeights: false }, ...parts];
}

function withoutWeights(files: readonly AvailableFile[], network: Network, precision: Precision): string {
  const ofNetwork = files.filter(({ path }) => path.startsWith(`${network}/`));
  if (precision === 'f32' && ofNetwork.some(({ path }) => path.endsWith('.fp16.safetensors'))) {
    return `its ${network} has weights at half precision only: leave out --precision f32`;
  }
  if (ofNetwork.some(({ path }) => PICKLE.test(path))) {
    return (
      `its ${network} has weights as pickles only, which can run code when they are opened and are never read: ` +
      'look for a revision of it with safetensors files'
    );
  }
  return `its ${network} has no safetensors weights`;
}
