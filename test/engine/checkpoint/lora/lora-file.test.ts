import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { adaptNetworks } from '../../../../src/engine/checkpoint/lora/adapt-networks.js';
import { LoraFile } from '../../../../src/engine/checkpoint/lora/lora-file.js';
import { EngineError } from '../../../../src/engine/errors.js';
import { SeededRandom } from '../../../../src/engine/math/random.js';
import { floatBytes, tensorsBytes } from '../safetensors-bytes.js';
import type { MadeUpTensor } from '../safetensors-bytes.js';
import { withTemporaryFolder } from '../temporary-folder.js';
import { openBases, openLora, openMadeUp } from './lora-files.js';

const QUERY = 'lora_unet_mid_block_attentions_0_transformer_blocks_0_attn1_to_q';
const CONV = 'lora_unet_mid_block_resnets_0_conv1';
const TEXT = 'lora_te_text_model_encoder_layers_0_self_attn_q_proj';
/** Fits `sd1`, where the layer is 16 wide. */
const PART = part(QUERY, [16, 2], [2, 16]);

function part(
  module: string,
  up: readonly number[],
  down: readonly number[],
): Readonly<Record<string, MadeUpTensor>> {
  return { [`${module}.lora_up.weight`]: { shape: up }, [`${module}.lora_down.weight`]: { shape: down } };
}

describe('LoraFile', () => {
  it.each([
    ['alpha over rank', { [`${QUERY}.alpha`]: { shape: [], data: floatBytes([3]) } }, {}, 1.5],
    ['1 without an alpha', {}, {}, 1],
    ['the alpha of the metadata over rank', {}, { 'unet.lora_alpha': 4 }, 2],
    [
      'that over the root of the rank where they say so',
      {},
      { 'unet.lora_alpha': 4, 'unet.use_rslora': true },
      4 / Math.SQRT2,
    ],
  ])('scales its parts by %s', async (_, alpha: Readonly<Record<string, MadeUpTensor>>, settings, scale) => {
    await withTemporaryFolder(async (folder) => {
      const metadata = { lora_adapter_metadata: JSON.stringify(settings) };
      const lora = await openMadeUp(folder, { ...PART, ...alpha }, metadata);
      expect(lora.parts.map(({ delta }) => delta.scale)).toEqual([scale]);
    });
  });

  const alpha = (value: number, shape: readonly number[] = []) => ({
    ...PART,
    [`${QUERY}.alpha`]: { shape, data: floatBytes([value, value].slice(0, shape[0] ?? 1)) },
  });
  it.each<[string, Readonly<Record<string, MadeUpTensor>>, string]>([
    ['is empty', {}, 'no part in a known format'],
    ['is of another kind', { 'lora_unet_conv_in.hada_w1_a': { shape: [2, 2] } }, 'no part in a known format'],
    ['is a DoRA', { ...PART, [`${QUERY}.dora_scale`]: { shape: [16, 1] } }, 'it is a DoRA'],
    ['lacks a half', { [`${QUERY}.lora_up.weight`]: { shape: [16, 2] } }, 'is not complete'],
    ['has an alpha alone', { [`${QUERY}.alpha`]: { shape: [] } }, 'is not complete'],
    ['has NaN for an alpha', alpha(NaN), 'is no number'],
    ['has an infinite alpha', alpha(-Infinity), 'is no number'],
    ['has an alpha without a value', { ...PART, [`${QUERY}.alpha`]: { shape: [0] } }, 'has no value'],
    ['has two alphas in one', alpha(1, [2]), 'is too large to be read'],
    ['has halves of two ranks', part(QUERY, [16, 2], [3, 16]), '[16, 2] and [3, 16], do not fit one another'],
    ['has rank 0', part(QUERY, [16, 0], [0, 16]), 'has the shape [16, 0]'],
    ['has vectors', part(QUERY, [16], [16]), 'has the shape [16]'],
    ['has a kernel at the wrong end', part(CONV, [16, 2, 3, 3], [2, 16, 1, 1]), 'do not fit one another'],
    [
      'has a core of another rank',
      {
        ...part(CONV, [16, 2, 1, 1], [2, 16, 1, 1]),
        [`${CONV}.lora_mid.weight`]: { shape: [2, 3, 3, 3] },
      },
      'do not fit one another',
    ],
    [
      'has whole numbers',
      { ...PART, [`${QUERY}.lora_up.weight`]: { dtype: 'I8', shape: [16, 2] } },
      'is of type I8',
    ],
    [
      'has a part twice, spelt differently',
      {
        ...PART,
        'unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q.lora_A.weight': { shape: [2, 16] },
      },
      'two tensors like',
    ],
  ])('refuses a file that %s', async (_, tensors, message) => {
    await withTemporaryFolder(async (folder) => {
      const opened = openMadeUp(folder, tensors);
      await expect(opened).rejects.toThrow(message);
      await expect(opened).rejects.toMatchObject({ name: 'EngineError', code: 'model_corrupt' });
    });
  });

  it.each([
    ['are no JSON', '{', 'cannot be read'],
    ['have a word for an alpha', '{"unet.lora_alpha": "much"}', 'unet.lora_alpha cannot be read'],
    ['scale part by part', '{"unet.alpha_pattern": {"to_q": 3}}', 'differ from part to part'],
  ])('refuses settings that %s', async (_, settings, message) => {
    await withTemporaryFolder(async (folder) => {
      const opened = openMadeUp(folder, PART, { lora_adapter_metadata: settings });
      await expect(opened).rejects.toThrow(message);
    });
  });

  it('opens no file outside its folder through a link', async () => {
    await withTemporaryFolder(async (outside) => {
      await withTemporaryFolder(async (folder) => {
        await writeFile(join(outside, 'secret.safetensors'), tensorsBytes(PART));
        await symlink(join(outside, 'secret.safetensors'), join(folder, 'lora.safetensors'));
        const opened = LoraFile.open(folder, 'lora.safetensors', { relativeTo: outside });
        await expect(opened).rejects.toThrow('lies outside the model folder');
      });
    });
  });
});

describe('LoRA for a checkpoint', () => {
  it.each<[string, Readonly<Record<string, MadeUpTensor>>, string]>([
    ['of another width', part(QUERY, [32, 2], [2, 32]), 'is [32, 32], where the checkpoint has [16, 16]'],
    [
      'of another kernel',
      part(CONV, [16, 2, 1, 1], [2, 16, 5, 5]),
      '[16, 16, 5, 5], where the checkpoint has',
    ],
    ['of other layers', part('lora_unet_input_blocks_1_1_proj_in', [16, 2], [2, 16]), 'fits the unet'],
    [
      'for two text encoders',
      { ...part(TEXT, [16, 2], [2, 16]), ...part(TEXT.replace('te', 'te2'), [16, 2], [2, 16]) },
      'two text encoders',
    ],
    [
      'of the token table',
      part('lora_te_text_model_embeddings_token_embedding', [64, 1], [1, 16]),
      'fits the text_encoder',
    ],
  ])('is refused when it is %s', async (_, tensors, message) => {
    await withTemporaryFolder(async (folder) => {
      const lora = await openMadeUp(folder, tensors);
      const bases = await openBases('sd1');
      expect(() => adaptNetworks(bases, [{ lora }])).toThrow(message);
    });
  });

  it('is refused when it was made for version 1 and the checkpoint is of version 2', async () => {
    const [lora, bases] = [await openLora('kohya'), await openBases('sd2')];
    expect(() => adaptNetworks(bases, [{ lora }])).toThrow('it was made for another model');
  });

  it('may stand for a convolution of size 1 by matrices, and for a matrix by such convolutions', async () => {
    await withTemporaryFolder(async (folder) => {
      const lora = await openMadeUp(folder, {
        ...part('lora_unet_mid_block_attentions_0_proj_in', [16, 2], [2, 16]),
        ...part(QUERY, [16, 2, 1, 1], [2, 16, 1, 1]),
      });
      expect(adaptNetworks(await openBases('sd1'), [{ lora }]).reports[0]?.fittedParts).toBe(2);
    });
  });

  it('is used as far as it fits, and the rest is named', async () => {
    await withTemporaryFolder(async (folder) => {
      const lora = await openMadeUp(folder, {
        ...PART,
        ...part('lora_unet_elsewhere', [16, 2], [2, 16]),
        'bundle_emb.word.string_to_param.*': { shape: [1, 16] },
      });
      const [report] = adaptNetworks(await openBases('sd1'), [{ lora }]).reports;
      expect(report).toEqual({
        path: join(folder, 'lora.safetensors'),
        fittedParts: 1,
        totalParts: 2,
        unknownNames: ['bundle_emb.word.string_to_param.*', 'unet.elsewhere'],
      });
    });
  });

  it('may have thousands of parts that the checkpoint has not', async () => {
    await withTemporaryFolder(async (folder) => {
      const others = Array.from({ length: 3000 }, (_, index) => part(`lora_unet_x_${index}`, [1, 1], [1, 1]));
      const lora = await openMadeUp(folder, Object.assign({ ...PART }, ...others) as typeof PART);
      const [report] = adaptNetworks(await openBases('sd1'), [{ lora }]).reports;
      expect(report).toMatchObject({ fittedParts: 1, totalParts: 3001 });
    });
  });

  it('is used or refused clearly in 200 spoilt forms', async () => {
    const bases = await openBases('sd1');
    const random = new SeededRandom(31);
    const outcomes: unknown[] = [];
    await withTemporaryFolder(async (folder) => {
      for (let round = 0; round < 200; round++) {
        const opened = openMadeUp(folder, spoilt(random)).then((lora) => adaptNetworks(bases, [{ lora }]));
        outcomes.push(await opened.then(() => undefined).catch((error: unknown) => error));
      }
    });
    const errors = outcomes.filter((outcome) => outcome !== undefined);
    expect(
      errors.filter((error) => !(error instanceof EngineError) || error.code !== 'model_corrupt'),
    ).toEqual([]);
    expect(errors.length).toBeGreaterThan(50);
    expect(errors.length).toBeLessThan(200);
  });
});

const SHAPES = [[], [0], [16], [16, 2], [2, 16], [16, 2, 1, 1], [2, 16, 3, 3], [2, 2, 3, 3], [1, 1, 1, 1, 1]];
const NAMES = [QUERY, CONV, TEXT, 'unet.conv_in', 'text_encoder_2.x', 'constructor', '__proto__'].flatMap(
  (module) =>
    ['lora_up.weight', 'lora_down.weight', 'lora_mid.weight', 'alpha', 'dora_scale', 'lora_A.weight'].map(
      (ending) => `${module}.${ending}`,
    ),
);

/** A sound LoRA of three parts in which a tensor or two has been added, lost, renamed or reshaped. */
function spoilt(random: SeededRandom): Record<string, MadeUpTensor> {
  const pick = <Item>(items: readonly Item[]): Item =>
    items[Math.floor(random.nextUniform() * items.length)] ?? expect.fail('there is nothing to pick');
  const tensors: Record<string, MadeUpTensor> = {
    ...PART,
    ...part(TEXT, [16, 2], [2, 16]),
    ...part(CONV, [16, 2, 1, 1], [2, 16, 3, 3]),
    [`${TEXT}.alpha`]: { shape: [], data: floatBytes([1]) },
  };
  for (let change = pick([0, 1]); change >= 0; change--) {
    const name = pick(Object.keys(tensors));
    const { [name]: chosen, ...others } = tensors;
    const changed: Record<string, MadeUpTensor> = pick([
      others,
      { ...others, [pick(NAMES)]: chosen ?? { shape: [] } },
      { ...tensors, [name]: { shape: pick(SHAPES) } },
      {
        ...tensors,
        [pick(NAMES)]: { shape: pick(SHAPES), dtype: pick(['F32', 'F16', 'I64', 'BOOL'] as const) },
      },
      {
        ...tensors,
        [`${QUERY}.alpha`]: { shape: [], data: floatBytes([pick([NaN, 0, -1, 1e38, Infinity])]) },
      },
      { ...tensors, [pick(['notes', 'x.diff', 'x.lora_up.bias'])]: { shape: [1] } },
    ]);
    for (const key of Object.keys(tensors)) delete tensors[key];
    Object.assign(tensors, changed);
  }
  return tensors;
}
