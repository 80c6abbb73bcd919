import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { SafetensorsFile } from '../../../src/engine/checkpoint/safetensors/safetensors-file.js';
import { CHECKPOINT_MAX_CHUNKS, PromptEncoder } from '../../../src/engine/diffusion/prompt-encoder.js';
import { loadTokenizer } from '../../../src/engine/diffusion/tokenizer.js';
import type { Tokenizer } from '../../../src/engine/diffusion/tokenizer.js';
import { maxRelativeError } from '../checkpoint/sd1x-checkpoints.js';
import {
  CountingTextEncoder,
  EXPECTED_EMBEDS,
  FilesInMemory,
  fixtureJson,
} from './prompt/prompt-fixtures.js';

const prompts = fixtureJson('embedded_prompts.json') as string[];
/** 8 tokens. */
const PHRASE = 'rain and drums with a slow driving bass ';
const SHORT = 'jazz piano';
const TWO_CHUNKS = PHRASE.repeat(12);
const THREE_CHUNKS = PHRASE.repeat(20);

let tokenizer: Tokenizer;
let textEncoder: CountingTextEncoder;
let encoder: PromptEncoder;
let expected: SafetensorsFile;

beforeAll(async () => {
  tokenizer = await loadTokenizer(FilesInMemory.of('sd1'));
  textEncoder = await CountingTextEncoder.open();
  expected = await SafetensorsFile.open(EXPECTED_EMBEDS);
});
beforeEach(() => {
  encoder = new PromptEncoder(tokenizer, textEncoder, { maxChunks: CHECKPOINT_MAX_CHUNKS });
  textEncoder.runs = 0;
});
afterAll(() => textEncoder.dispose());

describe('PromptEncoder', () => {
  it.each(prompts.map((prompt, index) => ({ prompt, index })))(
    'makes of "$prompt" what riffusion makes',
    async ({ prompt, index }) => {
      const { embeds } = await encoder.encode(prompt);
      expect(embeds.shape).toEqual(expected.tensors.get(`prompt/${index}`)?.shape);
      expect(maxRelativeError(embeds.data, await expected.readFloats(`prompt/${index}`))).toBeLessThan(1e-5);
    },
  );

  it('says that a prompt is truncated only beyond its last chunk', async () => {
    const tokens = (count: number): string => 'jazz '.repeat(count);
    const isTruncated = async (count: number) => (await encoder.encode(tokens(count))).isTruncated;
    expect([await isTruncated(75), await isTruncated(76), await isTruncated(225)]).toEqual([
      false,
      false,
      false,
    ]);
    expect(await isTruncated(226)).toBe(true);
    expect((await encoder.encode(tokens(226))).embeds).toEqual((await encoder.encode(tokens(225))).embeds);
  });

  it('hears one chunk unless told otherwise', async () => {
    const single = new PromptEncoder(tokenizer, textEncoder);
    const { embeds, isTruncated } = await single.encode(TWO_CHUNKS);
    expect(embeds.shape).toEqual([1, 77, 16]);
    expect(isTruncated).toBe(true);
    expect((await single.encode(PHRASE.repeat(9))).isTruncated).toBe(false);
  });

  it('asks the text encoder nothing about a prompt that it has heard', async () => {
    const first = await encoder.encodeTogether([TWO_CHUNKS, '']);
    expect(textEncoder.runs).toBe(3);
    const second = await encoder.encodeTogether([TWO_CHUNKS, '']);
    expect(second).toEqual(first);
    expect((await encoder.encode(TWO_CHUNKS)).embeds).toEqual(first[0]?.embeds);
    expect(textEncoder.runs).toBe(3);
  });

  it('asks nothing either when only a weight has changed', async () => {
    const soft = await encoder.encode('(jazz:0.5) piano');
    const loud = await encoder.encode('(jazz:1.5) piano');
    expect(textEncoder.runs).toBe(1);
    expect(loud.embeds).not.toEqual(soft.embeds);
  });

  it('gives numbers of its own: what is done to them is forgotten', async () => {
    const first = await encoder.encode(SHORT);
    const before = first.embeds.data.slice();
    first.embeds.data.fill(0);
    expect((await encoder.encode(SHORT)).embeds.data).toEqual(before);
  });
});

describe('PromptEncoder.encodeTogether', () => {
  it('gives prompts of one, two and three chunks the same shape', async () => {
    const together = await encoder.encodeTogether([SHORT, THREE_CHUNKS, '', TWO_CHUNKS]);
    expect(together.map(({ embeds }) => embeds.shape)).toEqual(Array(4).fill([1, 231, 16]));
    expect(together.map(({ isTruncated }) => isTruncated)).toEqual([false, false, false, false]);
  });

  it('continues the shorter ones with the empty prompt, and leaves alone what stands before', async () => {
    const weighted = '(jazz:1.5) piano';
    const [together] = await encoder.encodeTogether([weighted, THREE_CHUNKS]);
    const alone = await encoder.encode(weighted);
    const empty = await encoder.encode('');
    const rows = [alone, empty, empty].map(({ embeds }) => [...embeds.data]);
    expect([...(together?.embeds.data ?? [])]).toEqual(rows.flat());
  });

  it('is encode for prompts of the same length', async () => {
    const together = await encoder.encodeTogether([SHORT, 'funk']);
    expect(together).toEqual([await encoder.encode(SHORT), await encoder.encode('funk')]);
  });

  it('says which of them is truncated', async () => {
    const together = await encoder.encodeTogether([SHORT, 'jazz '.repeat(226)]);
    expect(together.map(({ isTruncated }) => isTruncated)).toEqual([false, true]);
  });

  it('takes none at all', async () => {
    expect(await encoder.encodeTogether([])).toEqual([]);
  });
});
