import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { floatOutput } from '../../../src/engine/runtime/inference-session.js';
import { OnnxSession } from '../../../src/engine/runtime/onnx-session.js';
import { TINY_MODEL, TINY_MODEL_ROOT } from '../tiny-model.js';

const decoder = join(TINY_MODEL_ROOT, TINY_MODEL, 'vae_decoder/model.onnx');
const latents = { shape: [1, 4, 32, 2], data: new Float32Array(256).fill(0.25) };

describe('OnnxSession', () => {
  it('runs a network, and says what goes in and out', async () => {
    const session = await OnnxSession.create(decoder);
    expect([session.inputNames, session.outputNames]).toEqual([['latent_sample'], ['sample']]);
    const sample = floatOutput(await session.run({ latent_sample: latents }), 'sample');
    expect(sample.shape).toEqual([1, 1, 512, 64]);
    expect(sample.data).toHaveLength(512 * 64);
    await session.dispose();
    await session.dispose();
  });

  it('gives the same numbers on one thread and on two', async () => {
    const outputs = [];
    for (const intraOpNumThreads of [1, 2]) {
      const session = await OnnxSession.create(decoder, { intraOpNumThreads });
      outputs.push(floatOutput(await session.run({ latent_sample: latents }), 'sample').data);
      await session.dispose();
    }
    expect(outputs[1]).toEqual(outputs[0]);
  });

  it('rejects when its provider is not there, and does not run on another', async () => {
    const executionProvider = process.platform === 'darwin' ? 'dml' : 'coreml';
    const creating = OnnxSession.create(decoder, { executionProvider });
    await expect(creating).rejects.toThrow(`no execution provider "${executionProvider}"`);
  });

  it('rejects, and lives on, when the input does not fit', async () => {
    const session = await OnnxSession.create(decoder);
    const misshapen = { shape: [1, 3, 32, 2], data: new Float32Array(192) };
    await expect(session.run({ latent_sample: misshapen })).rejects.toThrow();
    await expect(session.run({ wrong_name: latents })).rejects.toThrow();
    expect(Object.keys(await session.run({ latent_sample: latents }))).toEqual(['sample']);
    await session.dispose();
  });

  it('rejects what is no network', async () => {
    await expect(OnnxSession.create(new Uint8Array(100))).rejects.toThrow();
    await expect(OnnxSession.create('/nowhere/model.onnx')).rejects.toThrow();
  });

  it('finds no output of a name that the network does not have', () => {
    expect(() => floatOutput({ a: latents }, 'b')).toThrow('no float32 output "b" (it has a)');
  });
});
