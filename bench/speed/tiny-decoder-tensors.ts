/** Weights for a decoder as large as TAESD's: random, in the published layout. */
import { SeededRandom } from '../../src/engine/math/random.js';
import { floatBytes } from '../../test/engine/checkpoint/safetensors-bytes.js';
import type { MadeUpTensor } from '../../test/engine/checkpoint/safetensors-bytes.js';

const CHANNELS = 64;
/** Residual blocks of each stage. */
const STAGES = [3, 3, 3, 1];

export function tinyDecoderTensors(): Record<string, MadeUpTensor> {
  const random = new SeededRandom(1);
  const tensors: Record<string, MadeUpTensor> = {};
  let layer = 0;
  const add = (name: string, shape: readonly number[]): void => {
    const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
    random.fillGaussian(values);
    const scale = 1 / Math.sqrt(shape.slice(1).reduce((product, size) => product * size, 1));
    tensors[`decoder.layers.${name}`] = {
      shape,
      data: floatBytes([...values].map((value) => scale * value)),
    };
  };
  const convolution = (name: string, inputs: number, outputs: number, hasBias = true): void => {
    add(`${name}.weight`, [outputs, inputs, 3, 3]);
    if (hasBias) add(`${name}.bias`, [outputs]);
  };
  convolution(`${layer++}`, 4, CHANNELS);
  layer++; // an activation
  for (const [stage, blocks] of STAGES.entries()) {
    for (let block = 0; block < blocks; block++) {
      for (const part of [0, 2, 4]) convolution(`${layer}.conv.${part}`, CHANNELS, CHANNELS);
      layer++;
    }
    if (stage === STAGES.length - 1) continue;
    layer++; // doubles the size
    convolution(`${layer++}`, CHANNELS, CHANNELS, false);
  }
  convolution(`${layer}`, CHANNELS, 3);
  return tensors;
}
