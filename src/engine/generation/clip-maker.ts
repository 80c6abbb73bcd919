import { throwIfCancelled } from '../cancellation.js';
import type { DenoisingStep, DiffusionPipeline } from '../diffusion/diffusion-pipeline.js';
import { writePicture } from '../files/write-picture.js';
import type { GenerationRequest } from '../generation-request.js';
import type { EncodedAudio, GenerateOptions, GeneratedClip } from '../music-engine.js';
import type { Recipe } from '../recipe/recipe.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';
import type { SoundWorkshop } from '../workshop/sound-workshop.js';
import type { ChosenModel } from './chosen-model.js';
import { firstPictures } from './first-pictures.js';
import { CHECKPOINT_FRACTIONS, EMBEDDED_FRACTIONS, GenerationReport } from './generation-report.js';
import { recipeOf } from './recipe-of.js';
import type { SettledRequest } from './recipe-of.js';
import { resolveRequest } from './resolve-request.js';
import type { ResolvedRequest } from './resolve-request.js';

/** Hertz of every clip: that of Discord and of Opus, so that neither has to resample it. */
const CLIP_SAMPLE_RATE = 48_000;

export interface ClipMakerOptions {
  readonly workshop: SoundWorkshop;
  /** Brings the model into memory. */
  readonly load: (model: ChosenModel) => Promise<DiffusionPipeline>;
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
    model: ChosenModel,
    options: GenerateOptions,
  ): Promise<GeneratedClip> {
    const resolved = resolveRequest(request, model.config.defaults, model.piece);
    const report = new GenerationReport({
      numInferenceSteps: resolved.numInferenceSteps,
      fractions: model.config.networks.kind === 'exported' ? EMBEDDED_FRACTIONS : CHECKPOINT_FRACTIONS,
      onProgress: options.onProgress,
    });
    report.stageBegan('loading');
    const settled = { ...resolved, ...(await this.#pictures(request, model, options)) };
    const pipeline = await this.#load(model);
    const latents = await denoise(pipeline, settled, report, options);
    report.stageBegan('decoding');
    const { signal } = options;
    const picture = await pipeline.decode(latents, settled, { signal, onWindow: () => report.goesOn() });
    throwIfCancelled(options.signal);
    const recipe = recipeOf(request, settled, model);
    const isPromptTruncated = await pipeline.truncates(request.prompt);
    return {
      ...(await this.#finish(picture, recipe, { request, model, report, options })),
      isPromptTruncated,
    };
  }

  /** The picture's size, and the pictures to start from. */
  async #pictures(
    request: GenerationRequest,
    { config, piece: { pictures, pictureWidth, circular } }: ChosenModel,
    { signal }: GenerateOptions,
  ): Promise<Omit<SettledRequest, keyof ResolvedRequest>> {
    const width = pictures * pictureWidth;
    const target = { params: config.spectrogramParams, width, pictureWidth, circular };
    const first = await firstPictures(request, target, this.#workshop, signal);
    return { width, pictures, loop: circular, ...first };
  }

  async #finish(
    picture: SpectrogramPicture,
    recipe: Recipe,
    { request, model, report, options }: Finishing,
  ): Promise<Pick<GeneratedClip, 'recipe' | 'picture' | 'audio'>> {
    report.stageBegan('sounding');
    const [pictureFile, audio] = await Promise.all([
      writePicture(picture, model.config.spectrogramParams, { recipe }),
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
    } as const;
    const params = config.spectrogramParams;
    const clip = await this.#workshop.pictureToSound(picture, params, sounding, { signal });
    report.stageBegan('encoding');
    const tags = { title: recipe.prompt, recipe };
    return this.#workshop.writeAudio(clip, request.audioFormat, tags, { signal, giveAway: true });
  }
}

/** What the last part of the work is about. */
interface Finishing {
  readonly request: GenerationRequest;
  readonly model: ChosenModel;
  readonly report: GenerationReport;
  readonly options: GenerateOptions;
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
