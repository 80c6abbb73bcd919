/** Where a run starts: from nothing but noise, or from a picture made noisy. */
import { slerp } from '../math/interpolation.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';
import type { LatentShape } from './guided-unet.js';
import { keptNoiseStep, startOf } from './image-to-image-rules.js';
import type { ImageToImageRules } from './image-to-image-rules.js';
import { keptShares, mixByShare } from './latent-mask.js';
import type { ModelConfig } from './model-config.js';
import { slerpColumns } from './piece/glide.js';
import { autoencoderWindows } from './piece/piece.js';
import type { Piece } from './piece/piece.js';
import type { OnWindow } from './piece/windows.js';
import { encodeInWindows } from './piece/windowed-autoencoder.js';
import { fitToWidth } from './picture-size.js';
import type { PictureSize } from './picture-size.js';
import type { PipelineRequest } from './pipeline-request.js';
import type { NoiseSource, Scheduler } from './scheduler.js';
import { drawLatents } from './vae-encoder.js';
import type { LatentDistribution, VaeEncoder } from './vae-encoder.js';

/** New at its beginning with each call. */
export type OpenNoiseSource = (seed: number) => NoiseSource;

/** What a run needs before its first step. */
export interface StartingPoint {
  readonly sample: Float32Array;
  readonly firstStepIndex: number;
  /** Applied to the sample after each step. */
  readonly afterStep: (sample: Float32Array, stepIndex: number) => Float32Array;
}

/** Noise between those of the two seeds, along the arc; the schedulers' own comes after the first one's. */
export interface StartingNoise {
  readonly noise: Float32Array;
  readonly noiseSource: NoiseSource;
}

/** A picture that a run starts from, as latents. */
export interface InitLatents {
  /** Channels x rows x columns, scaled. */
  readonly latents: Float32Array;
  /** 1 = kept; absent = nothing is. */
  readonly keptShares?: Float32Array;
}

/** @param alpha 0..1; no `end` = that of the start */
export function startingNoise(
  { start, end }: PipelineRequest,
  alpha: number,
  length: number,
  openNoiseSource: OpenNoiseSource,
): StartingNoise {
  const noiseSource = openNoiseSource(start.seed);
  const noise = gaussians(noiseSource, length);
  if (!end || end.seed === start.seed) return { noise, noiseSource };
  return { noise: slerp(noise, gaussians(openNoiseSource(end.seed), length), alpha), noiseSource };
}

/**
 * Latents of the request's picture, drawn with noise of the start's seed: the same noise as that of the run, as
 * riffusion has it.
 *
 * @returns `undefined` when the request has none
 * @throws EngineError `image_not_spectrogram` for a picture of another height than the model's
 */
export async function encodeInit(
  { init, endInit, alpha = 0, mask, start }: PipelineRequest,
  width: number,
  context: InitContext,
): Promise<InitLatents | undefined> {
  const { shape, piece, size, openNoiseSource } = context;
  if (!init) return undefined;
  const drawn = async (picture: SpectrogramPicture): Promise<Float32Array> => {
    const distribution = await encoded(fitToWidth(picture, width, size), context);
    return drawLatents(distribution, gaussians(openNoiseSource(start.seed), distribution.mean.length));
  };
  const first = await drawn(init);
  const glide = piece?.glide ?? ((): number => alpha);
  const latents = endInit ? slerpColumns(first, await drawn(endInit), shape[2], glide) : first;
  if (!mask) return { latents };
  return { latents, keptShares: keptShares({ mask, width: init.width, runWidth: width }, shape) };
}

export interface InitContext {
  readonly shape: LatentShape;
  readonly piece: Piece | undefined;
  readonly onWindow: OnWindow;
  readonly size: PictureSize & Pick<ModelConfig, 'pixelsPerLatent'>;
  readonly vaeEncoder: VaeEncoder;
  readonly openNoiseSource: OpenNoiseSource;
}

function encoded(
  picture: SpectrogramPicture,
  { shape, piece, size: { pixelsPerLatent }, vaeEncoder, onWindow }: InitContext,
): Promise<LatentDistribution> {
  if (!piece) return vaeEncoder.encode(picture);
  return encodeInWindows(vaeEncoder, picture, shape, {
    layout: autoencoderWindows(piece),
    pixelsPerLatent,
    onWindow,
  });
}

export function fromNoise(noise: Float32Array, scheduler: Scheduler): StartingPoint {
  const sample = noise.map((value) => value * scheduler.initNoiseSigma);
  return { sample, firstStepIndex: 0, afterStep: (stepped) => stepped };
}

export interface NoisyPictureOptions {
  readonly scheduler: Scheduler;
  readonly noise: Float32Array;
  readonly strength: number;
  readonly rules: ImageToImageRules;
  readonly numInferenceSteps: number;
  /** The model's, as in its `scheduler_config.json`. */
  readonly stepsOffset: number;
}

/** At a strength too small for a step, the picture itself, with no step left to take. */
export function fromNoisyPicture(init: InitLatents, options: NoisyPictureOptions): StartingPoint {
  const { scheduler, noise, strength, rules } = options;
  const numTimesteps = scheduler.timesteps.length;
  const start = startOf(rules, strength, { ...options, numTimesteps });
  const noisyAt = (stepIndex: number | undefined): Float32Array =>
    stepIndex === undefined || stepIndex >= numTimesteps
      ? init.latents
      : scheduler.addNoise(init.latents, noise, stepIndex);
  const { keptShares: shares } = init;
  return {
    sample: noisyAt(start.noiseStepIndex),
    firstStepIndex: start.firstStepIndex,
    afterStep: (sample, stepIndex) =>
      shares ? mixByShare(shares, noisyAt(keptNoiseStep(rules, stepIndex, numTimesteps)), sample) : sample,
  };
}

function gaussians(noiseSource: NoiseSource, length: number): Float32Array {
  const noise = new Float32Array(length);
  noiseSource.fillGaussian(noise);
  return noise;
}
