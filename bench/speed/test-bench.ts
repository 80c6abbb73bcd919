/** One model under the accelerations of a run: what a setting costs, and how far it leads from the run without any. */
import type { AccelerationOptions } from '../../src/engine/diffusion/acceleration/acceleration-options.js';
import type { GuidedUnet, LatentShape } from '../../src/engine/diffusion/guided-unet.js';
import type { Denoise } from '../../src/engine/diffusion/scheduler.js';
import { createScheduler } from '../../src/engine/diffusion/schedulers/create-scheduler.js';
import type { SchedulerConfig } from '../../src/engine/diffusion/schedulers/scheduler-config.js';
import type { SchedulerName } from '../../src/engine/limits.js';
import { SeededRandom } from '../../src/engine/math/random.js';
import { floatOutput } from '../../src/engine/runtime/inference-session.js';
import type { InferenceSession, Tensor } from '../../src/engine/runtime/inference-session.js';
import { mean } from '../markdown.js';
import { Stopwatch } from '../stopwatch.js';

export interface RunSettings {
  readonly numInferenceSteps: number;
  readonly scheduler: SchedulerName;
  readonly guidanceScale: number;
  readonly acceleration?: AccelerationOptions;
  /** Added to the seeds. @defaultValue 0 */
  readonly otherSeed?: number;
}

export interface TestModel {
  readonly unet: GuidedUnet;
  readonly latentShape: LatentShape;
  readonly schedulerConfig: SchedulerConfig;
  /** One run each; the seed is the index. */
  readonly prompts: readonly Tensor<Float32Array>[];
  readonly negativePrompt: Tensor<Float32Array>;
  readonly decoder: InferenceSession;
}

export interface Run {
  readonly latents: Float32Array;
  readonly picture: Float32Array;
}

export interface Measured {
  readonly runs: readonly Run[];
  /** Of denoising one of them, the least. */
  readonly cpuSeconds: number;
}

export async function measureRuns(model: TestModel, settings: RunSettings): Promise<Measured> {
  const runs: Run[] = [];
  const seconds: number[] = [];
  for (const [index, promptEmbeds] of model.prompts.entries()) {
    const stopwatch = new Stopwatch();
    const { guidanceScale, acceleration } = settings;
    const denoise = model.unet.guidedBy({
      promptEmbeds,
      negativePromptEmbeds: model.negativePrompt,
      guidanceScale,
      latentShape: model.latentShape,
      acceleration,
    });
    const latents = await denoised(model, settings, denoise, index + (settings.otherSeed ?? 0));
    seconds.push(stopwatch.lap().cpuSeconds);
    runs.push({ latents, picture: await decode(model, latents) });
  }
  return { runs, cpuSeconds: Math.min(...seconds) };
}

/** @returns grey levels, 0..255, not rounded */
async function decode({ decoder, latentShape }: TestModel, latents: Float32Array): Promise<Float32Array> {
  const outputs = await decoder.run({ latent_sample: { shape: [1, ...latentShape], data: latents } });
  return floatOutput(outputs, 'sample').data.map((value) => Math.min(255, Math.max(0, 127.5 * (value + 1))));
}

export async function closeTestModel({ unet, decoder }: TestModel): Promise<void> {
  await Promise.all([unet.dispose(), decoder.dispose()]);
}

async function denoised(
  { latentShape: [channels, rows, columns], schedulerConfig: config }: TestModel,
  { numInferenceSteps, scheduler: name }: RunSettings,
  denoise: Denoise,
  seed: number,
): Promise<Float32Array> {
  const noiseSource = new SeededRandom(seed);
  const scheduler = createScheduler({ name, numInferenceSteps, config, noiseSource });
  const noise = new Float32Array(channels * rows * columns);
  noiseSource.fillGaussian(noise);
  let sample: Float32Array = noise.map((value) => value * scheduler.initNoiseSigma);
  for (const stepIndex of scheduler.timesteps.keys()) {
    ({ sample } = await scheduler.step(stepIndex, sample, denoise));
  }
  return sample;
}

export interface Difference {
  /** Of the latents: mean and lowest. */
  readonly cosine: { readonly mean: number; readonly min: number };
  /** Root mean square over a picture, grey levels: mean of the pictures. */
  readonly greyLevels: number;
}

export function differenceOf(runs: readonly Run[], originals: readonly Run[]): Difference {
  const pairs = runs.map((run, index) => [run, originals[index] ?? run] as const);
  const cosines = pairs.map(([a, b]) => cosine(a.latents, b.latents));
  const distances = pairs.map(([a, b]) => rootMeanSquare(a.picture, b.picture));
  return { cosine: { mean: mean(cosines), min: Math.min(...cosines) }, greyLevels: mean(distances) };
}

function cosine(a: Float32Array, b: Float32Array): number {
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

function rootMeanSquare(a: Float32Array, b: Float32Array): number {
  const squares = a.reduce((sum, value, index) => sum + (value - (b[index] ?? 0)) ** 2, 0);
  return Math.sqrt(squares / a.length);
}
