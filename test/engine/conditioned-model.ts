/** A tiny model whose denoiser is told what is known and the rhythm, and which says what it understood. */
import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { GraphBuilder } from '../../src/engine/checkpoint/onnx/graph-builder.js';
import type { Value } from '../../src/engine/checkpoint/onnx/graph-builder.js';
import { withTinyModelCopy } from './tiny-model.js';

export const CONDITIONED_MODEL = 'riffcord-tiny-conditioned';
/** Rows of the text encoder's answer, one for each word. */
export const MAX_WORDS = 12;
/** What it says it understood of the words of its vocabulary; without any of them, only the first. */
export const UNDERSTOOD = [
  'mood:drums',
  'genre:jazz',
  'genre:funk',
  'lead:piano',
  'bass:bass',
  'form:steady',
];

const [CHANNELS, ROWS, TOKENS, EMBED] = [4, 32, 48, 8];

/** Runs with a folder that holds the model, which is gone afterwards. */
export async function withConditionedModel(
  use: (root: string, folder: string) => Promise<void>,
  conditions: readonly string[] = ['known', 'rhythm'],
): Promise<void> {
  await withTinyModelCopy(async (root, folder) => {
    const vocabulary = JSON.parse(await readFile(join(folder, 'tokenizer/vocab.json'), 'utf8')) as Vocabulary;
    const writeJson = (path: string, value: unknown): Promise<void> =>
      writeFile(join(folder, path), JSON.stringify(value));
    await writeFile(join(folder, 'unet/model.onnx'), unetGraph());
    await writeJson('unet/config.json', { sample_size: [ROWS, 2], conditions });
    await writeFile(join(folder, 'text_encoder/model.onnx'), textGraph(vocabulary));
    await writeJson('text_encoder/config.json', { max_words: MAX_WORDS, understood: UNDERSTOOD });
    await writeManifest(folder);
    await use(root, folder);
  });
}

type Vocabulary = Readonly<Record<string, number>>;

const NO_WEIGHTS = { find: () => undefined };

/**
 * Each column's answer comes of that column alone, of the rhythm and of the prompt:
 * `tanh(sample - known) + (beats + beatsPerBar) / 10 + tanh(sum of the prompt)`.
 */
function unetGraph(): Uint8Array {
  const graph = new GraphBuilder('unet', NO_WEIGHTS);
  const sample = graph.input('sample', 'float32', ['batch', CHANNELS, ROWS, 'width']);
  graph.input('timestep', 'float32', ['batch']);
  const prompt = graph.input('encoder_hidden_states', 'float32', ['batch', MAX_WORDS, EMBED]);
  const known = graph.input('known', 'float32', ['batch', 1 + CHANNELS, ROWS, 'width']);
  const rhythm = graph.input('rhythm', 'float32', ['batch', 2]);
  const range = [graph.integers([1]), graph.integers([1 + CHANNELS]), graph.integers([1])];
  const latents = graph.node('Slice', [known, ...range]);
  const minus = graph.node('Mul', [latents, graph.floats([-1])]);
  const own = graph.node('Tanh', [graph.node('Add', [sample, minus])]);
  const perPicture = (value: Value): Value => graph.node('Unsqueeze', [value, graph.integers([1, 2, 3])]);
  const tenth = graph.node('Mul', [rhythm, graph.floats([0.1])]);
  const beats = perPicture(graph.node('Einsum', [tenth], { equation: 'bi->b' }));
  const sum = graph.node('Einsum', [prompt], { equation: 'bwe->b' });
  const heard = perPicture(graph.node('Tanh', [sum]));
  const answer = graph.node('Add', [graph.node('Add', [own, beats]), heard]);
  graph.output('out_sample', answer, ['batch', CHANNELS, ROWS, 'width']);
  return graph.build();
}

/** A row for each of the first tokens, made of its id; a trait is likely where its word is said. */
function textGraph(vocabulary: Vocabulary): Uint8Array {
  const graph = new GraphBuilder('text_encoder', NO_WEIGHTS);
  const ids = graph.input('input_ids', 'int64', ['batch', TOKENS]);
  const size = Object.keys(vocabulary).length;
  const embeddings = Array.from({ length: size * EMBED }, (_, index) => Math.sin(index));
  const embedded = graph.node('Gather', [graph.floats(embeddings, [size, EMBED]), ids]);
  const range = [graph.integers([0]), graph.integers([MAX_WORDS]), graph.integers([1])];
  graph.output('last_hidden_state', graph.node('Slice', [embedded, ...range]), ['batch', MAX_WORDS, EMBED]);
  const traits = UNDERSTOOD.length;
  const table = new Float32Array(size * traits);
  for (const [index, name] of UNDERSTOOD.entries()) {
    const id = vocabulary[`${name.slice(name.indexOf(':') + 1)}</w>`];
    if (id !== undefined) table[id * traits + index] = 8;
  }
  const said = graph.node('Gather', [graph.floats([...table], [size, traits]), ids]);
  const sum = graph.node('Einsum', [said], { equation: 'bwt->bt' });
  const usual = UNDERSTOOD.map((_, index) => (index === 0 ? 2 : -4));
  const likelihoods = graph.node('Sigmoid', [graph.node('Add', [sum, graph.floats(usual)])]);
  graph.output('understood', likelihoods, ['batch', traits]);
  return graph.build();
}

async function writeManifest(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = [];
  for (const entry of entries.filter(
    (candidate) => candidate.isFile() && candidate.name !== 'manifest.json',
  )) {
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    files.push({ path: path.slice(folder.length + 1).replaceAll('\\', '/'), bytes: bytes.length, sha256 });
  }
  const manifest = { name: CONDITIONED_MODEL, version: '1.0.0', licence: 'MIT', files };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
}
