/**
 * The engine in this process: joins diffusion, the sound workshop and files. It blocks its thread for a whole denoising
 * step at a time, so programs that must stay responsive run it behind `EngineProcess`.
 */
import { throwIfCancelled } from './cancellation.js';
import { loadPipeline } from './diffusion/load-pipeline.js';
import { readModelDefaults } from './diffusion/model-config.js';
import type { DenoiseRequest, DenoisingStep, RiffcordPipeline } from './diffusion/riffcord-pipeline.js';
import { CancelledError } from './errors.js';
import { writePicture } from './files/write-picture.js';
import { GenerationReport } from './generation-report.js';
import type { GenerationRequest } from './generation-request.js';
import type { AudioFormat } from './limits.js';
import type {
  EncodedAudio,
  GenerateOptions,
  GeneratedClip,
  ModelDescription,
  MusicEngine,
} from './music-engine.js';
import { RECIPE_VERSION } from './recipe/recipe.js';
import type { Recipe } from './recipe/recipe.js';
import type { ModelFolder } from './runtime/model-folder.js';
import { ModelStore } from './runtime/model-store.js';
import type { ModelStoreOptions } from './runtime/model-store.js';
import { OnnxSession } from './runtime/onnx-session.js';
import type { OnnxSessionOptions } from './runtime/onnx-session.js';
import type { SpectrogramParams } from './spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from './spectrogram/spectrogram-picture.js';
import { engineClosed, Turnstile } from './turnstile.js';
import { ENGINE_VERSION } from './version.js';
import type { SoundWorkshop } from './workshop/sound-workshop.js';

export interface LocalEngineOptions extends ModelStoreOptions, OnnxSessionOptions {
  /** Where pictures become sound. It may serve others too, and outlives the engine. */
  readonly workshop: SoundWorkshop;
}

/** Hertz of every clip: that of Discord and of Opus, so that neither has to resample it. */
const CLIP_SAMPLE_RATE = 48_000;

/** How the picture is to sound. */
interface SoundRequest {
  readonly recipe: Recipe;
  readonly params: SpectrogramParams;
  readonly circular: boolean;
  readonly format: AudioFormat;
}

interface LoadedModel {
  readonly folder: ModelFolder;
  readonly pipeline: RiffcordPipeline;
}

export class LocalEngine implements MusicEngine {
  readonly #sessionOptions: OnnxSessionOptions;
  readonly #modelStore: ModelStore;
  readonly #workshop: SoundWorkshop;
  readonly #turnstile = new Turnstile();
  /** The model used last stays in memory. */
  #loaded: LoadedModel | undefined;

  constructor(options: LocalEngineOptions) {
    this.#sessionOptions = options;
    this.#modelStore = new ModelStore(options);
    this.#workshop = options.workshop;
  }

  generate(request: GenerationRequest, options: GenerateOptions = {}): Promise<GeneratedClip> {
    return this.#turnstile.pass(() => this.#generate(request, options), options.signal);
  }

  async models(): Promise<readonly ModelDescription[]> {
    this.#turnstile.throwIfClosed();
    const described = await Promise.allSettled((await this.#modelStore.list()).map(describe));
    const models = described.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const failure = described.find((result) => result.status === 'rejected');
    // A damaged model must not hide the sound ones; asking for it by name tells what is wrong with it.
    if (models.length === 0 && failure) throw failure.reason;
    return models;
  }

  async dispose(): Promise<void> {
    await this.#turnstile.close();
    const loaded = this.#loaded;
    this.#loaded = undefined;
    await loaded?.pipeline.dispose();
  }

  async #generate(request: GenerationRequest, options: GenerateOptions): Promise<GeneratedClip> {
    const { closed } = this.#turnstile;
    const signal = options.signal ? AbortSignal.any([options.signal, closed]) : closed;
    try {
      return await this.#run(request, { ...options, signal });
    } catch (error) {
      if (error instanceof CancelledError && closed.aborted) throw engineClosed();
      throw error;
    }
  }

  async #run(request: GenerationRequest, options: GenerateOptions): Promise<GeneratedClip> {
    const folder = await this.#modelStore.find(request.model);
    const resolved = await resolveKnobs(request, folder);
    const report = new GenerationReport(resolved.numInferenceSteps, options.onProgress);
    report.stageBegan('loading');
    const pipeline = await this.#load(folder);
    const { spectrogramParams: params, circular, width } = pipeline.config;
    const recipe = recipeOf(resolved, folder, width);

    const latents = await denoise(pipeline, resolved, report, options);
    report.stageBegan('decoding');
    const picture = await pipeline.decode(latents);
    throwIfCancelled(options.signal);
    report.stageBegan('sounding');
    const [pictureFile, audio] = await Promise.all([
      writePicture(picture, params, { recipe }),
      this.#sound(picture, { recipe, params, circular, format: request.audioFormat }, report, options),
    ]);
    const isPromptTruncated = await pipeline.truncates(request.prompt);
    report.done();
    return { recipe, picture: pictureFile, audio, isPromptTruncated };
  }

  async #sound(
    picture: SpectrogramPicture,
    { recipe, params, circular, format }: SoundRequest,
    report: GenerationReport,
    { signal }: GenerateOptions,
  ): Promise<EncodedAudio> {
    const { prompt, seed } = recipe;
    const sounding = { quality: 'studio', sampleRate: CLIP_SAMPLE_RATE, seed, circular } as const;
    const clip = await this.#workshop.pictureToSound(picture, params, sounding, { signal });
    report.stageBegan('encoding');
    return this.#workshop.writeAudio(clip, format, { title: prompt, recipe }, { signal, giveAway: true });
  }

  async #load(folder: ModelFolder): Promise<RiffcordPipeline> {
    if (this.#loaded?.folder.sha256 === folder.sha256) return this.#loaded.pipeline;
    await this.#loaded?.pipeline.dispose();
    this.#loaded = undefined;
    await folder.verify();
    const pipeline = await loadPipeline(folder, (path) => OnnxSession.create(path, this.#sessionOptions));
    this.#loaded = { folder, pipeline };
    return pipeline;
  }
}

/** Knobs that the request leaves open take the model's defaults. */
async function resolveKnobs(request: GenerationRequest, folder: ModelFolder): Promise<DenoiseRequest> {
  const defaults = await readModelDefaults(folder);
  return {
    prompt: request.prompt,
    negativePrompt: request.negativePrompt,
    seed: request.seed,
    numInferenceSteps: request.numInferenceSteps ?? defaults.numInferenceSteps,
    guidanceScale: request.guidanceScale ?? defaults.guidanceScale,
    scheduler: request.scheduler ?? defaults.scheduler,
  };
}

function recipeOf(resolved: DenoiseRequest, folder: ModelFolder, width: number): Recipe {
  const { name, version, sha256 } = folder;
  return {
    format: 'riffcord-recipe',
    version: RECIPE_VERSION,
    engine: ENGINE_VERSION,
    model: { name, version, sha256 },
    ...resolved,
    width,
  };
}

function denoise(
  pipeline: RiffcordPipeline,
  request: DenoiseRequest,
  report: GenerationReport,
  { signal, previewIntervalMs }: GenerateOptions,
): Promise<Float32Array> {
  let previewedAt = performance.now();
  const onStep = async ({ step, predOriginalSample }: DenoisingStep): Promise<void> => {
    const isPreviewDue =
      previewIntervalMs !== undefined && performance.now() - previewedAt >= previewIntervalMs;
    const preview = isPreviewDue ? await previewOf(pipeline, predOriginalSample) : undefined;
    if (preview) previewedAt = performance.now();
    report.stepDone(step, preview);
  };
  return pipeline.denoise(request, { signal, onStep });
}

async function previewOf(pipeline: RiffcordPipeline, latents: Float32Array): Promise<Uint8Array> {
  return writePicture(await pipeline.decode(latents), pipeline.config.spectrogramParams);
}

async function describe(folder: ModelFolder): Promise<ModelDescription> {
  const { samplePrompts, ...defaults } = await readModelDefaults(folder);
  return { name: folder.name, version: folder.version, sha256: folder.sha256, defaults, samplePrompts };
}
