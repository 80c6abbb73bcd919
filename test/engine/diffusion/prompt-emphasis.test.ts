import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { CONDITIONS, conditionFeeds } from '../../../src/engine/diffusion/conditions.js';
import { PromptEncoder } from '../../../src/engine/diffusion/prompt-encoder.js';
import { loadTokenizer } from '../../../src/engine/diffusion/tokenizer.js';
import { SeededRandom } from '../../../src/engine/math/random.js';
import { floatOutput } from '../../../src/engine/runtime/inference-session.js';
import type { InferenceSession } from '../../../src/engine/runtime/inference-session.js';
import { ModelFolder } from '../../../src/engine/runtime/model-folder.js';
import { OnnxSession } from '../../../src/engine/runtime/onnx-session.js';
import { SHIPPED_MODEL_ROOT } from '../tiny-model.js';

const LATENTS = [48, 32, 16] as const;
const NOISE_LEVEL = 900;

describe('emphasis on the shipped model', () => {
  let promptEncoder: PromptEncoder;
  let unet: InferenceSession;
  beforeAll(async () => {
    const folder = await ModelFolder.open(join(SHIPPED_MODEL_ROOT, 'riffcord-small'));
    const textEncoder = await OnnxSession.create(await folder.path('text_encoder/model.onnx'));
    promptEncoder = new PromptEncoder(await loadTokenizer(folder), textEncoder);
    unet = await OnnxSession.create(await folder.path('unet/model.onnx'));
  });
  afterAll(() => Promise.all([promptEncoder.dispose(), unet.dispose()]));

  async function velocity(prompt: string): Promise<Float32Array> {
    const noise = new Float32Array(48 * 32 * 16);
    new SeededRandom(1).fillGaussian(noise);
    const { embeds } = await promptEncoder.encode(prompt);
    const outputs = await unet.run({
      sample: { shape: [1, ...LATENTS], data: noise },
      timestep: { shape: [1], data: Float32Array.of(NOISE_LEVEL) },
      encoder_hidden_states: embeds,
      ...conditionFeeds(CONDITIONS, {}, LATENTS, 1),
    });
    return floatOutput(outputs, 'out_sample').data;
  }

  it.each([
    ['funk bassline', 'funk bassline with a saxophone', 'funk bassline with a (saxophone:%)'],
    ['techno beat', 'techno beat with trumpet', 'techno beat with (trumpet:%)'],
  ])('goes from "%s" to "%s" and beyond, as the weight says', async (without, plain, weighted) => {
    const from = await velocity(without);
    const to = await velocity(plain);
    const along = (direction: Float32Array): number =>
      direction.reduce((sum, value, index) => sum + value * ((to[index] ?? NaN) - (from[index] ?? NaN)), 0);
    const difference = (prompt: Float32Array): Float32Array =>
      prompt.map((value, i) => value - (from[i] ?? NaN));
    const whole = along(difference(to));
    const shares = [];
    for (const weight of ['0', '0.5', '1', '1.5']) {
      shares.push(along(difference(await velocity(weighted.replace('%', weight)))) / whole);
    }
    expect(shares[2]).toBeCloseTo(1, 5);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares[0]).toBeLessThan(0.95);
    expect(shares[3]).toBeGreaterThan(1.02);
  });
});
