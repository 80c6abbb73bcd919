import type { SchedulerName } from '../limits.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';
import type { AccelerationOptions } from './acceleration/acceleration-options.js';
import type { Rhythm } from './conditions.js';
import type { ImageToImageRules } from './image-to-image-rules.js';

/** What a run asks of a model: picture of a prompt, of a picture and a prompt, or of a point between two of these. */
export interface PipelineRequest {
  readonly start: PromptPoint;
  /** The far end of an interpolation. */
  readonly end?: PromptPoint | undefined;
  /** How far from the start to the end, 0..1. @defaultValue 0; a piece goes all the way */
  readonly alpha?: number | undefined;
  readonly numInferenceSteps: number;
  readonly scheduler: SchedulerName;
  /** @defaultValue everything is computed in every step */
  readonly acceleration?: AccelerationOptions | undefined;
  /**
   * Columns of the picture to be, all of a piece's together. @defaultValue as many as `init` has that fit, or the model's
   * own for each picture
   */
  readonly width?: number | undefined;
  /**
   * More than one: a piece of music so many pictures long, made by windows of a picture's width that overlap. All of it
   * has the start's strength. @defaultValue 1
   */
  readonly pictures?: number | undefined;
  /** The end of a piece goes on at its beginning. @defaultValue false */
  readonly loop?: boolean | undefined;
  /**
   * How much the pictures of a piece differ besides what a way from the start to the end makes of them, 0..1.
   * @defaultValue 0.5, or 0 on such a way
   */
  readonly variation?: number | undefined;
  /** Image to image: where the run starts from. */
  readonly init?: SpectrogramPicture | undefined;
  /** The same for the far end; both are of one size. @defaultValue `init` */
  readonly endInit?: SpectrogramPicture | undefined;
  /** What of `init` is to change: white is painted anew, black is kept, grey is in between. */
  readonly mask?: SpectrogramPicture | undefined;
  /** Of each picture. A model that cannot be told a rhythm does not hear of it. @defaultValue the model's choice */
  readonly rhythm?: Rhythm | undefined;
  /** @defaultValue 'riffusion' for diffusion models with DDIM or PNDM, 'diffusers' for all else */
  readonly imageToImageRules?: ImageToImageRules | undefined;
}

/** One end of an interpolation, or all there is to a run without one. */
export interface PromptPoint {
  readonly prompt: string;
  readonly negativePrompt: string;
  /** Of the noise: whole, at least 0. The same on every machine, but not the noise of torch for that seed. */
  readonly seed: number;
  /** 1 = guidance off. */
  readonly guidanceScale: number;
  /** Share of the steps taken, 0..1; 1 = hardly anything of `init` is left. Nothing without it. */
  readonly strength: number;
}

/** Guidance and strength between the two ends, on a straight line. */
export interface BlendedKnobs {
  /** 0 without an end. */
  readonly alpha: number;
  readonly guidanceScale: number;
  readonly strength: number;
}

export function blendKnobs({ start, end = start, alpha = 0 }: PipelineRequest): BlendedKnobs {
  const between = (from: number, to: number): number => from + alpha * (to - from);
  return {
    alpha,
    guidanceScale: between(start.guidanceScale, end.guidanceScale),
    strength: between(start.strength, end.strength),
  };
}
