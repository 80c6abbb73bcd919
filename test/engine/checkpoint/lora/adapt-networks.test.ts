import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

import { adaptNetworks } from '../../../../src/engine/checkpoint/lora/adapt-networks.js';
import type { ChosenLora } from '../../../../src/engine/checkpoint/lora/adapt-networks.js';
import type { AdaptableWeights } from '../../../../src/engine/checkpoint/lora/lora-fit.js';
import {
  clipTextConfigSchema,
  clipTextGraph,
} from '../../../../src/engine/checkpoint/networks/clip-text-model.js';
import { parseNetworkConfig } from '../../../../src/engine/checkpoint/networks/config.js';
import { unetGraph } from '../../../../src/engine/checkpoint/networks/unet-2d-condition-model.js';
import { unetConfigSchema } from '../../../../src/engine/checkpoint/networks/unet-config.js';
import { SafetensorsFile } from '../../../../src/engine/checkpoint/safetensors/safetensors-file.js';
import type { WeightSource } from '../../../../src/engine/checkpoint/weight-source.js';
import type { NamedTensors } from '../../../../src/engine/runtime/inference-session.js';
import { configText, expectClose, ReferenceTensors, runGraph } from '../sd1x-checkpoints.js';
import { fixturesFolder, LORA_FOLDER, openBases, openLora } from './lora-files.js';

const unetConfig = parseNetworkConfig(configText('sd1', 'unet'), unetConfigSchema, 'config.json');
const textConfig = parseNetworkConfig(configText('sd1', 'text_encoder'), clipTextConfigSchema, 'config.json');

const CASE = 'unet/t333.3';
/** Names and weights, as in the names of the recorded runs. */
const RUNS = {
  'kohya_0.8': [['kohya', 0.8]],
  'kohya_-0.5': [['kohya', -0.5]],
  processors_1: [['processors', 1]],
  'kohya_0.5_peft_0.7_processors_-0.4': [
    ['kohya', 0.5],
    ['peft', 0.7],
    ['processors', -0.4],
  ],
} as const satisfies Record<string, readonly (readonly [string, number])[]>;

let bases: AdaptableWeights;
let inputs: ReferenceTensors;
let expected: SafetensorsFile;

beforeAll(async () => {
  bases = await openBases('sd1');
  inputs = await ReferenceTensors.of('sd1');
  expected = await SafetensorsFile.open(join(LORA_FOLDER, 'expected.safetensors'));
});

describe('checkpoint with LoRAs', () => {
  it.each(Object.entries(RUNS))('makes of given inputs what the reference makes: %s', async (run, names) => {
    const { weights } = adaptNetworks(bases, await choose(names));
    await expectOutput(run, 'out_sample', await runUnet(weights.unet));
    await expectOutput(run, 'last_hidden_state', await runTextEncoder(weights.text_encoder));
  });

  it('does not depend on the order of the LoRAs', async () => {
    const run = 'kohya_0.5_peft_0.7_processors_-0.4';
    const { weights } = adaptNetworks(bases, (await choose(RUNS[run])).reverse());
    await expectOutput(run, 'last_hidden_state', await runTextEncoder(weights.text_encoder));
  });

  it('is the checkpoint itself at weight 0, and without any', async () => {
    const plainUnet = unetGraph(unetConfig, bases.unet).join();
    for (const chosen of [await choose([['kohya', 0]]), []]) {
      const { weights } = adaptNetworks(bases, chosen);
      expect(unetGraph(unetConfig, weights.unet).join()).toBe(plainUnet);
      const text = clipTextGraph(textConfig, weights.text_encoder);
      expect(text.join()).toBe(clipTextGraph(textConfig, bases.text_encoder).join());
    }
  });

  it('may be adapted further', async () => {
    const run = 'kohya_0.5_peft_0.7_processors_-0.4';
    const [first, ...others] = await choose(RUNS[run]);
    const { weights } = adaptNetworks(adaptNetworks(bases, first ? [first] : []).weights, others);
    await expectOutput(run, 'last_hidden_state', await runTextEncoder(weights.text_encoder));
  });

  it('is told which parts fit', async () => {
    const chosen = await choose([
      ['kohya', 1],
      ['peft', 1],
    ]);
    expect(adaptNetworks(bases, chosen).reports).toMatchObject([
      { fittedParts: 216, totalParts: 216, unknownNames: [] },
      { fittedParts: 61, totalParts: 61, unknownNames: [] },
    ]);
  });

  it.each([NaN, Infinity, 1e300])('refuses the weight %s', async (weight) => {
    const chosen = await choose([['kohya', weight]]);
    expect(() => adaptNetworks(bases, chosen)).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        message: expect.stringContaining('kohya') as string,
      }),
    );
  });
});

async function choose(names: readonly (readonly [string, number])[]): Promise<ChosenLora[]> {
  return Promise.all(names.map(async ([name, weight]) => ({ lora: await openLora(name), weight })));
}

async function runUnet(weights: WeightSource): Promise<NamedTensors | undefined> {
  const feeds = {
    sample: await inputs.tensor(`${CASE}/sample`),
    timestep: await inputs.tensor(`${CASE}/timestep`),
    encoder_hidden_states: await inputs.tensor(`${CASE}/encoder_hidden_states`),
  };
  const [outputs] = await runGraph(unetGraph(unetConfig, weights), await fixturesFolder(), feeds);
  return outputs;
}

async function runTextEncoder(weights: WeightSource): Promise<NamedTensors | undefined> {
  const ids = await inputs.ids('text/input_ids');
  const feeds = { input_ids: { shape: [1, 77], data: ids.data.slice(0, 77) } };
  const [outputs] = await runGraph(clipTextGraph(textConfig, weights), await fixturesFolder(), feeds);
  return outputs;
}

async function expectOutput(run: string, name: string, outputs: NamedTensors | undefined): Promise<void> {
  const shape = expected.tensors.get(`${run}/${name}`)?.shape ?? [];
  expectClose(outputs, name, { shape, data: await expected.readFloats(`${run}/${name}`) });
}
