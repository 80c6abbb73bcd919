import { throwIfCancelled } from '../cancellation.js';
import type { Rhythm } from '../diffusion/conditions.js';
import type { DenoisingStep, DiffusionPipeline } from '../diffusion/diffusion-pipeline.js';
import { fitToWidth } from '../diffusion/picture-size.js';
import { writePicture } from '../files/write-picture.js';
import type { GenerationRequest } from '../generation-request.js';
import type { EncodedAudio, GenerateOptions, GeneratedClip } from '../music-engine.js';
import type { Recipe } from '../recipe/recipe.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';
import type { SoundWorkshop } from '../workshop/sound-workshop.js';
import { plannedFor } from './chosen-model.js';
import type { ChosenModel, PlannedModel } from './chosen-model.js';
import { firstPictures, wholeInit } from './first-pictures.js';
import { CHECKPOINT_FRACTIONS, EMBEDDED_FRACTIONS, GenerationReport } from './generation-report.js';
import { keptWidth, planPiece } from './piece-plan.js';
import { recipeOf } from './recipe-of.js';
import type { SettledRequest } from './recipe-of.js';
import { resolveRequest } from './resolve-request.js';
import type { ResolvedRequest } from './resolve-request.js';

/** Hertz of every clip: that of Discord and of Opus, so that neither has to resample it. */
const CLIP_SAMPLE_RATE = 48_000;

export interface ClipMakerOptions {
  readonly workshop: SoundWorkshop;
  /** Brings the model into memory. */
  readonly load: (model: PlannedModel) => Promise<DiffusionPipeline>;
}

/** Makes one clip after another: pictures in, diffusion, picture and sound out. */
export class ClipMaker {
  readonly #workshop: SoundWorkshop;
  readonly #load: ClipMakerOptions['load'];

  constructor({ workshop, load }: ClipMakerOptions) {
    this.#workshop = workshop;
    this.#load = load;
  }

  /** @throws EngineError; CancelledError */
  async make(
    request: GenerationRequest,
    chosen: ChosenModel,
    options: GenerateOptions,
  ): Promise<GeneratedClip> {
    // Long first pictures are let go of here.
    const denoised = await this.#denoise(request, chosen, options);
    const picture = await this.#decode(denoised, options);
    throwIfCancelled(options.signal);
    const { pipeline, recipe, model, report } = denoised;
    const isPromptTruncated = await pipeline.truncates(request.prompt);
    const understood = await pipeline.understood(request.prompt);
    return {
      ...(await this.#finish(picture, recipe, { request, model, report, options })),
      isPromptTruncated,
      loops: model.piece.circular,
      ...(understood && { understood }),
    };
  }

  async #denoise(
    request: GenerationRequest,
    chosen: ChosenModel,
    options: GenerateOptions,
  ): Promise<DenoisedClip> {
    const { signal, onProgress } = options;
    const whole = await wholeInit(request, chosen.config, this.#workshop, signal);
    const model = plannedFor(chosen, request, planPiece(request, chosen.config, whole));
    const resolved = resolveRequest(request, model.config.defaults, model.piece);
    const report = new GenerationReport({
      numInferenceSteps: resolved.numInferenceSteps,
      fractions: model.config.networks.kind === 'exported' ? EMBEDDED_FRACTIONS : CHECKPOINT_FRACTIONS,
      onProgress,
    });
    report.stageBegan('loading');
    const pictures = await this.#pictures(request, model, whole?.picture, signal);
    const pipeline = await this.#load(model);
    const rhythm = await rhythmOf(request, model, pipeline);
    const settled = { ...resolved, ...pictures, ...(rhythm && { rhythm }) };
    const latents = await denoise(pipeline, settled, report, options);
    const recipe = recipeOf(request, settled, model);
    return { latents, pipeline, recipe, model, report };
  }

  async #decode(
    { latents, pipeline, model: { piece, config }, report }: DenoisedClip,
    { signal }: GenerateOptions,
  ): Promise<SpectrogramPicture> {
    report.stageBegan('decoding');
    const made = { pictures: piece.pictures, loop: piece.circular };
    const picture = await pipeline.decode(latents, made, { signal, onWindow: () => report.goesOn() });
    return fitToWidth(picture, keptWidth(piece, config), config);
  }

  /** The picture's size, and the pictures to start from. */
  async #pictures(
    request: GenerationRequest,
    { config, piece }: PlannedModel,
    whole: SpectrogramPicture | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Omit<SettledRequest, keyof ResolvedRequest>> {
    const { pictures, pictureWidth, circular } = piece;
    const width = pictures * pictureWidth;
    const size = { width, pictureWidth, keptWidth: keptWidth(piece, config) };
    const target = { params: config.spectrogramParams, ...size, circular, whole };
    const first = await firstPictures(request, target, this.#workshop, signal);
    return { width, pictures, loop: circular, ...first };
  }

  async #finish(
    picture: SpectrogramPicture,
    recipe: Recipe,
    { request, model, report, options }: Finishing,
  ): Promise<Pick<GeneratedClip, 'recipe' | 'picture' | 'audio'>> {
    report.stageBegan('sounding');
    const writing = writePicture(picture, model.config.spectrogramParams, { recipe });
    // Then a long picture can move into the thread that plays it, so that there are never two of it.
    if (model.piece.pictures > 1) await writing;
    const [pictureFile, audio] = await Promise.all([
      writing,
      this.#sound(picture, recipe, { request, model, report, options }),
    ]);
    report.done();
    return { recipe, picture: pictureFile, audio };
  }

  async #sound(
    picture: SpectrogramPicture,
    recipe: Recipe,
    { request, model: { config, piece }, report, options: { signal } }: Finishing,
  ): Promise<EncodedAudio> {
    const sounding = {
      quality: 'studio',
      sampleRate: CLIP_SAMPLE_RATE,
      seed: recipe.seed,
      circular: piece.circular,
      ...(piece.seconds !== undefined && { seconds: piece.seconds }),
    } as const;
    const params = config.spectrogramParams;
    const giveAway = piece.pictures > 1;
    const clip = await this.#workshop.pictureToSound(picture, params, sounding, { signal, giveAway });
    report.stageBegan('encoding');
    const tags = { title: recipe.prompt, recipe };
    return this.#workshop.writeAudio(clip, request.audioFormat, tags, { signal, giveAway: true });
  }
}

/** What is known of a clip before it is a picture. */
interface DenoisedClip {
  readonly latents: Float32Array;
  readonly pipeline: DiffusionPipeline;
  readonly recipe: Recipe;
  readonly model: PlannedModel;
  readonly report: GenerationReport;
}

/** What the last part of the work is about. */
interface Finishing {
  readonly request: GenerationRequest;
  readonly model: PlannedModel;
  readonly report: GenerationReport;
  readonly options: GenerateOptions;
}

/** As it was asked for, or else as the words call for; a first clip has one of its own, which nobody has told. */
function rhythmOf(
  { prompt, init }: GenerationRequest,
  { tempo, piece }: PlannedModel,
  pipeline: DiffusionPipeline,
): Rhythm | undefined | Promise<Rhythm | undefined> {
  return tempo?.rhythm ?? (init ? undefined : pipeline.usualRhythm(prompt, piece.pictureWidth));
}

function denoise(
  pipeline: DiffusionPipeline,
  request: SettledRequest,
  report: GenerationReport,
  { signal, previewIntervalMs }: GenerateOptions,
): Promise<Float32Array> {
  let previewedAt = performance.now();
  const onStep = async ({ step, numSteps, predOriginalSample }: DenoisingStep): Promise<void> => {
    const isPreviewDue =
      previewIntervalMs !== undefined && performance.now() - previewedAt >= previewIntervalMs;
    const preview = isPreviewDue ? await previewOf(pipeline, request, predOriginalSample) : undefined;
    if (preview) previewedAt = performance.now();
    report.stepDone(step, numSteps, preview);
  };
  return pipeline.run(request, { signal, onStep, onWindow: (share) => report.stepGoesOn(share) });
}

async function previewOf(
  pipeline: DiffusionPipeline,
  request: SettledRequest,
  latents: Float32Array,
): Promise<Uint8Array> {
  return writePicture(await pipeline.preview(latents, request), pipeline.config.spectrogramParams);
}
