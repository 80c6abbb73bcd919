/** From a prompt to a spectrogram picture: noise from a seed, made into latents step by step, then decoded. */
import { setImmediate } from 'node:timers/promises';

import { throwIfCancelled } from '../cancellation.js';
import { lerp } from '../math/interpolation.js';
import { SeededRandom } from '../math/random.js';
import type { Tensor } from '../runtime/inference-session.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';
import { knownLatents } from './conditions.js';
import type { Conditions, Rhythm } from './conditions.js';
import { understoodTraits } from '../understanding/understood-traits.js';
import type { UnderstoodTrait } from '../understanding/understood-traits.js';
import { usualRhythm } from '../tempo/usual-rhythm.js';
import type { GuidedUnet, LatentShape } from './guided-unet.js';
import { defaultRules } from './image-to-image-rules.js';
import { conditionsOf } from './model-config.js';
import type { ModelConfig } from './model-config.js';
import { evenPace } from './piece/even-pace.js';
import { autoencoderWindows, isMorph, pieceOf } from './piece/piece.js';
import type { Piece, PieceRequest } from './piece/piece.js';
import type { OnWindow } from './piece/windows.js';
import { pieceNoise } from './piece/piece-noise.js';
import { turnedColumns, turnedDenoise } from './piece/turned-denoise.js';
import { decodeInWindows } from './piece/windowed-autoencoder.js';
import { windowedDenoise } from './piece/windowed-denoise.js';
import { cutColumns } from './piece/windows.js';
import { checkWidth, fitToWidth, widthWithin } from './picture-size.js';
import { blendKnobs } from './pipeline-request.js';
import type { BlendedKnobs, PipelineRequest } from './pipeline-request.js';
import { enlarge, fewerLatents } from './preview.js';
import type { PromptEncoder } from './prompt-encoder.js';
import type { Denoise, NoiseSource, Scheduler } from './scheduler.js';
import { createScheduler } from './schedulers/create-scheduler.js';
import { isFlowMatch } from './schedulers/scheduler-config.js';
import { encodeInit, fromNoise, fromNoisyPicture, startingNoise } from './starting-point.js';
import type { InitContext, InitLatents, OpenNoiseSource, StartingPoint } from './starting-point.js';
import type { VaeDecoder } from './vae-decoder.js';
import type { VaeEncoder } from './vae-encoder.js';

export interface RunOptions {
  /** Looked at before each call of the network. */
  readonly signal?: AbortSignal | undefined;
  /** Awaited after each step. */
  readonly onStep?: (step: DenoisingStep) => Promise<void> | void;
  /** Called before each window of a piece, whose steps take long: the share of the step that is done, 0..1. */
  readonly onWindow?: OnWindow;
}

export interface DenoisingStep {
  /** Steps done, from 1. */
  readonly step: number;
  /** Steps that this run takes: fewer than were asked for when it starts from a picture. */
  readonly numSteps: number;
  /** What the clean latents look like so far. */
  readonly predOriginalSample: Float32Array;
}

export interface PipelineParts {
  readonly config: ModelConfig;
  readonly promptEncoder: PromptEncoder;
  readonly unet: GuidedUnet;
  readonly vaeDecoder: VaeDecoder;
  readonly vaeEncoder: VaeEncoder;
  /**
   * Opened for what the first picture is drawn with, then for the start's noise, then for the end's.
   * @defaultValue SeededRandom: one seed is one noise on every machine
   */
  readonly openNoiseSource?: OpenNoiseSource | undefined;
}

/** A way is tried with this share of the steps. */
const PROBE_STEPS_DIVISOR = 4;

export class DiffusionPipeline {
  readonly config: ModelConfig;
  readonly #promptEncoder: PromptEncoder;
  readonly #unet: GuidedUnet;
  readonly #vaeDecoder: VaeDecoder;
  readonly #vaeEncoder: VaeEncoder;
  readonly #openNoiseSource: OpenNoiseSource;

  constructor(parts: PipelineParts) {
    this.config = parts.config;
    this.#promptEncoder = parts.promptEncoder;
    this.#unet = parts.unet;
    this.#vaeDecoder = parts.vaeDecoder;
    this.#vaeEncoder = parts.vaeEncoder;
    this.#openNoiseSource = parts.openNoiseSource ?? ((seed) => new SeededRandom(seed));
  }

  /**
   * @returns latents, channels x rows x columns
   * @throws CancelledError within one call of a network after the signal aborts
   * @throws EngineError `invalid_request` for a width, a scheduler or a number of steps that the model cannot do,
   * `image_not_spectrogram` for a first picture of another height than the model's
   */
  async run(request: PipelineRequest, options: RunOptions = {}): Promise<Float32Array> {
    const width = this.widthOf(request);
    const shape = this.#shapeOf(width);
    const knobs = blendKnobs(request);
    throwIfCancelled(options.signal);
    const piece = await this.#evenPiece(request, shape, options);
    const init = await this.#encodeInit(request, width, { shape, piece, onWindow: watched(options) });
    const openNoiseSource = this.#openNoiseSource;
    const { noise, noiseSource } = piece
      ? pieceNoise(request, { shape, piece, openNoiseSource })
      : startingNoise(request, knobs.alpha, sizeOf(shape), openNoiseSource);
    const scheduler = this.#createScheduler(request, noiseSource);
    const start = init
      ? this.#fromPicture(init, { request, knobs, scheduler, noise })
      : fromNoise(noise, scheduler);
    const told = { latentShape: shape, conditions: conditionsIn(request, init, shape) };
    const denoise = piece
      ? await this.#pieceDenoiser(request, piece, told, options)
      : cancellable(await this.#guidedUnet(request, knobs, told), options.signal);
    return takeSteps(start, scheduler, denoise, options);
  }

  /**
   * Columns of the picture that a request is going to have.
   * @throws EngineError `invalid_request` for a width that the model cannot make
   */
  widthOf({ width, init, pictures = 1 }: Pick<PipelineRequest, 'width' | 'init' | 'pictures'>): number {
    if (width !== undefined) return pictures * checkWidth(width / pictures, this.config);
    return init && pictures === 1 ? widthWithin(init, this.config) : pictures * this.config.width;
  }

  /** True when the model hears only the beginning of this text. */
  async truncates(prompt: string): Promise<boolean> {
    return (await this.#promptEncoder.encode(prompt)).isTruncated;
  }

  /**
   * What the model understood of a prompt.
   * @returns `undefined` of a model that does not tell
   */
  async understood(prompt: string): Promise<readonly UnderstoodTrait[] | undefined> {
    const { networks } = this.config;
    if (networks.kind !== 'exported' || networks.understood.length === 0) return undefined;
    const likelihoods = await this.#promptEncoder.understood(prompt);
    const unasked = await this.#promptEncoder.understood('');
    return likelihoods && unasked && understoodTraits(networks.understood, likelihoods, unasked);
  }

  /**
   * The rhythm of what a prompt calls for, to be told where nobody asks for another.
   * @param pictureWidth columns of each picture
   * @returns `undefined` of a model that cannot be told one, or does not know
   */
  async usualRhythm(prompt: string, pictureWidth: number): Promise<Rhythm | undefined> {
    const { networks, width } = this.config;
    if (networks.kind !== 'exported' || !conditionsOf(this.config).includes('rhythm')) return undefined;
    const likelihoods = await this.#promptEncoder.understood(prompt);
    return likelihoods && usualRhythm(networks.understood, likelihoods, pictureWidth / width);
  }

  /**
   * @param latents as `run` returns them; they tell the width
   * @param request what of the run's says how the piece is made up
   * @throws CancelledError after the signal aborts, between windows of a piece
   */
  decode(
    latents: Float32Array,
    request: PieceRequest = {},
    options: Pick<RunOptions, 'signal' | 'onWindow'> = {},
  ): Promise<SpectrogramPicture> {
    const shape = this.#shapeOfLatents(latents);
    const piece = pieceOf(request, shape);
    if (!piece) return this.#vaeDecoder.decode(latents, shape);
    const { pixelsPerLatent } = this.config;
    const windows = { layout: autoencoderWindows(piece), pixelsPerLatent, onWindow: watched(options) };
    return decodeInWindows(this.#vaeDecoder, latents, shape, windows);
  }

  /**
   * The same, for a glance on the way: of a checkpoint's latents, whose decoder takes longer than a step, as large but
   * blurred, in a sixteenth of the time. Of a piece, its first picture.
   */
  async preview(
    latents: Float32Array,
    { pictures = 1 }: Pick<PieceRequest, 'pictures'> = {},
  ): Promise<SpectrogramPicture> {
    const [, , columns] = this.#shapeOfLatents(latents);
    const first = cutColumns({ data: latents, columnSize: 1 }, columns, {
      start: 0,
      window: columns / pictures,
    });
    if (this.config.networks.kind === 'exported') return this.decode(first);
    const fewer = fewerLatents(first, this.#shapeOfLatents(first));
    return enlarge(await this.#vaeDecoder.decode(fewer.latents, fewer.shape), fewer.factor);
  }

  /**
   * The middle of what a picture's latents may be.
   * @param picture cut to the model's multiple of columns
   * @throws EngineError `image_not_spectrogram` for a picture of another height than the model's
   */
  async encode(picture: SpectrogramPicture): Promise<Float32Array> {
    const fitted = fitToWidth(picture, widthWithin(picture, this.config), this.config);
    return (await this.#vaeEncoder.encode(fitted)).mean;
  }

  async dispose(): Promise<void> {
    const parts = [this.#promptEncoder, this.#unet, this.#vaeDecoder, this.#vaeEncoder];
    await Promise.all(parts.map((part) => part.dispose()));
  }

  #shapeOf(width: number): LatentShape {
    const [channels, rows] = this.config.latentShape;
    return [channels, rows, width / this.config.pixelsPerLatent[1]];
  }

  #shapeOfLatents(latents: Float32Array): LatentShape {
    const [channels, rows] = this.config.latentShape;
    return [channels, rows, latents.length / (channels * rows)];
  }

  #encodeInit(
    request: PipelineRequest,
    width: number,
    made: Pick<InitContext, 'shape' | 'piece' | 'onWindow'>,
  ): Promise<InitLatents | undefined> {
    return encodeInit(request, width, {
      ...made,
      size: this.config,
      vaeEncoder: this.#vaeEncoder,
      openNoiseSource: this.#openNoiseSource,
    });
  }

  #createScheduler({ scheduler, numInferenceSteps }: PipelineRequest, noiseSource: NoiseSource): Scheduler {
    const { scheduler: config } = this.config;
    return createScheduler({ name: scheduler, numInferenceSteps, config, noiseSource });
  }

  #fromPicture(init: InitLatents, { request, knobs, scheduler, noise }: PictureRun): StartingPoint {
    const { scheduler: config } = this.config;
    return fromNoisyPicture(init, {
      scheduler,
      noise,
      strength: knobs.strength,
      rules: request.imageToImageRules ?? defaultRules(config, request.scheduler),
      numInferenceSteps: request.numInferenceSteps,
      stepsOffset: isFlowMatch(config) ? 0 : config.steps_offset,
    });
  }

  /** The way of a piece from start to end is tried with few steps first. */
  async #evenPiece(
    request: PipelineRequest,
    shape: LatentShape,
    options: RunOptions,
  ): Promise<Piece | undefined> {
    const piece = pieceOf(request, shape);
    if (!piece || !isMorph(request)) return piece;
    const width = piece.windows.window * this.config.pixelsPerLatent[1];
    const numInferenceSteps = Math.ceil(request.numInferenceSteps / PROBE_STEPS_DIVISOR);
    const probe = { ...request, width, numInferenceSteps, pictures: 1, loop: false };
    const pace = await evenPace((alpha) => {
      options.onWindow?.(0);
      return this.run({ ...probe, alpha }, { signal: options.signal });
    });
    return { ...piece, glide: (column) => pace(piece.glide(column)) };
  }

  #pieceDenoiser(
    request: PipelineRequest,
    { windows, glide }: Piece,
    { latentShape: [channels, rows, columns], conditions: { known, rhythm } }: Told,
    { signal, onWindow }: RunOptions,
  ): Promise<Denoise> {
    const { window } = windows;
    const shape = [channels, rows, window] as const;
    const denoiseAt = async (start: number): Promise<Denoise> => {
      const knobs = blendKnobs({ ...request, alpha: glide(start + (window - 1) / 2) });
      const part = known && cutColumns({ data: known, columnSize: 1 }, columns, { start, window });
      // Only a rhythm says where in time a picture begins.
      const seen = part && rhythm ? turnedColumns(part, start, window) : part;
      const told = { latentShape: shape, conditions: { known: seen, rhythm } };
      const denoise = cancellable(await this.#guidedUnet(request, knobs, told), signal);
      return rhythm ? turnedDenoise(denoise, start, window) : denoise;
    };
    return windowedDenoise(windows, shape, { denoiseAt, onWindow });
  }

  async #guidedUnet(
    { start, end = start, acceleration }: PipelineRequest,
    { alpha, guidanceScale }: BlendedKnobs,
    told: Told,
  ): Promise<Denoise> {
    const prompts = [start.prompt, end.prompt];
    // Nobody hears the negative prompts when guidance is off, so they must not lengthen the others.
    const negatives = guidanceScale === 1 ? prompts : [start.negativePrompt, end.negativePrompt];
    const encoded = await this.#promptEncoder.encodeTogether([...prompts, ...negatives]);
    const [from, to, negativeFrom, negativeTo] = encoded.map(({ embeds }) => embeds);
    return this.#unet.guidedBy({
      promptEmbeds: between(from, to, alpha),
      negativePromptEmbeds: between(negativeFrom, negativeTo, alpha),
      guidanceScale,
      ...told,
      acceleration,
    });
  }
}

/** What the network is asked about, and told, besides the prompts. */
interface Told {
  readonly latentShape: LatentShape;
  readonly conditions: Conditions;
}

interface PictureRun {
  readonly request: PipelineRequest;
  readonly knobs: BlendedKnobs;
  readonly scheduler: Scheduler;
  readonly noise: Float32Array;
}

function conditionsIn(
  { rhythm }: PipelineRequest,
  init: InitLatents | undefined,
  shape: LatentShape,
): Conditions {
  const known = init?.keptShares && knownLatents(init.latents, init.keptShares, shape);
  return { known, rhythm };
}

async function takeSteps(
  { sample: first, firstStepIndex, afterStep }: StartingPoint,
  scheduler: Scheduler,
  denoise: Denoise,
  { onStep }: RunOptions,
): Promise<Float32Array> {
  let sample = first;
  const numSteps = scheduler.timesteps.length - firstStepIndex;
  for (let step = 1; step <= numSteps; step++) {
    const stepIndex = firstStepIndex + step - 1;
    const { sample: stepped, predOriginalSample } = await scheduler.step(stepIndex, sample, denoise);
    sample = afterStep(stepped, stepIndex);
    await onStep?.({ step, numSteps, predOriginalSample });
  }
  return sample;
}

/** The network blocks its thread: only between its calls can messages, such as one that cancels, come in. */
function cancellable(denoise: Denoise, signal: AbortSignal | undefined): Denoise {
  return async (sample, timestep) => {
    await setImmediate();
    throwIfCancelled(signal);
    return denoise(sample, timestep);
  };
}

/** Ends the work between windows. */
function watched({ signal, onWindow }: Pick<RunOptions, 'signal' | 'onWindow'>): OnWindow {
  return (share) => {
    throwIfCancelled(signal);
    onWindow?.(share);
  };
}

/** On the straight line, as riffusion has it; both of one shape. */
function between(
  from: Tensor<Float32Array> | undefined,
  to: Tensor<Float32Array> | undefined,
  alpha: number,
): Tensor<Float32Array> {
  if (!from || !to) throw new Error('unreachable: as many embeddings as texts');
  return from === to || alpha === 0 ? from : { ...from, data: lerp(from.data, to.data, alpha) };
}

function sizeOf([channels, rows, columns]: LatentShape): number {
  return channels * rows * columns;
}
