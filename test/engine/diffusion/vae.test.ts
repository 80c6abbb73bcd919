import { describe, expect, it } from 'vitest';

import {
  vaeConfigSchema,
  vaeDecoderGraph,
  vaeEncoderGraph,
} from '../../../src/engine/checkpoint/networks/autoencoder-kl.js';
import { parseNetworkConfig } from '../../../src/engine/checkpoint/networks/config.js';
import { CheckpointWeights } from '../../../src/engine/checkpoint/safetensors/checkpoint-weights.js';
import { VaeDecoder } from '../../../src/engine/diffusion/vae-decoder.js';
import { VaeEncoder, drawLatents } from '../../../src/engine/diffusion/vae-encoder.js';
import { OnnxSession } from '../../../src/engine/runtime/onnx-session.js';
import type { SpectrogramPicture } from '../../../src/engine/spectrogram/spectrogram-picture.js';
import {
  WEIGHTS,
  checkpointFolder,
  configText,
  maxRelativeError,
  ReferenceTensors,
} from '../checkpoint/sd1x-checkpoints.js';
import { aPicture } from './sd1x-models.js';

const FOLDER = checkpointFolder('sd1');
const SCALE = 0.18215;

async function open(graphOf: typeof vaeDecoderGraph): Promise<OnnxSession> {
  const config = parseNetworkConfig(configText('sd1', 'vae'), vaeConfigSchema, 'config.json');
  const graph = graphOf(config, await CheckpointWeights.open(FOLDER, WEIGHTS.vae));
  return OnnxSession.create(graph, { externalDataFolder: FOLDER });
}

describe('decoding', () => {
  it('gives the colours of the reference, of latents in the denoiser’s scale', async () => {
    const reference = await ReferenceTensors.of('sd1');
    const [latents, decoded] = [
      await reference.tensor('vae/latent_sample'),
      await reference.tensor('vae/decoded'),
    ];
    const decoder = new VaeDecoder(await open(vaeDecoderGraph), SCALE);
    const scaled = latents.data.subarray(0, latents.data.length / 2).map((value) => value * SCALE);
    const { width, height, rgb } = await decoder.decode(scaled, [4, 4, 10]);
    expect([width, height]).toEqual([40, 16]);
    const pixels = width * height;
    rgb.forEach((byte, index) => {
      const [pixel, plane] = [Math.floor(index / 3), index % 3];
      const value = 255 * ((decoded.data[plane * pixels + pixel] ?? NaN) / 2 + 0.5);
      expect(Math.abs(byte - Math.min(255, Math.max(0, value)))).toBeLessThan(0.51);
    });
    await decoder.dispose();
  });
});

describe('encoding', () => {
  it('draws latents around their mean, in the denoiser’s scale', async () => {
    const session = await open(vaeEncoderGraph);
    const encoder = new VaeEncoder({
      open: () => Promise.resolve(session),
      channels: 3,
      scalingFactor: SCALE,
    });
    const picture = aPicture(40, 16);
    const { mean, std } = await encoder.encode(picture);
    const { mean: raw, logvar } = await session.run({
      sample: { shape: [1, 3, 16, 40], data: planesOf(picture) },
    });
    expect(
      maxRelativeError(
        mean,
        (raw?.data as Float32Array).map((value) => value * SCALE),
      ),
    ).toBeLessThan(1e-6);
    const expected = (logvar?.data as Float32Array).map((value) => Math.exp(0.5 * value) * SCALE);
    expect(maxRelativeError(std ?? new Float32Array(), expected)).toBeLessThan(1e-6);
    const noise = mean.map((_, index) => (index % 3) - 1);
    const drawn = drawLatents({ mean, std: expected }, noise);
    drawn.forEach((value, index) => {
      expect(value).toBeCloseTo((mean[index] ?? NaN) + (expected[index] ?? NaN) * (noise[index] ?? NaN), 5);
    });
    expect(drawLatents({ mean }, noise)).toEqual(mean);
    await encoder.dispose();
  });

  it('tries again to load its network when that failed', async () => {
    let attempts = 0;
    const openSecondTime = async (): Promise<OnnxSession> => {
      attempts += 1;
      if (attempts === 1) throw new Error('no memory');
      return open(vaeEncoderGraph);
    };
    const encoder = new VaeEncoder({ open: openSecondTime, channels: 3, scalingFactor: SCALE });
    await expect(encoder.encode(aPicture(8, 8))).rejects.toThrow('no memory');
    expect((await encoder.encode(aPicture(8, 8))).mean).toHaveLength(4 * 2 * 2);
    expect(attempts).toBe(2);
    await encoder.dispose();
    await new VaeEncoder({ open: openSecondTime, channels: 3, scalingFactor: SCALE }).dispose();
    expect(attempts).toBe(2);
  });
});

function planesOf({ width, height, rgb }: SpectrogramPicture): Float32Array {
  const pixels = width * height;
  return Float32Array.from({ length: 3 * pixels }, (_, index) => {
    const byte = rgb[3 * (index % pixels) + Math.floor(index / pixels)] ?? NaN;
    return byte / 127.5 - 1;
  });
}
