/**
 * The engine in this process: joins diffusion, the sound workshop and files. It blocks its thread for a whole denoising
 * step at a time, so programs that must stay responsive run it behind `EngineProcess`.
 */
import type { DiffusionPipeline } from './diffusion/diffusion-pipeline.js';
import { loadPipeline } from './diffusion/load-pipeline.js';
import { readModelDefaults } from './diffusion/model-config.js';
import { CancelledError } from './errors.js';
import { chooseModel, memoryKey } from './generation/chosen-model.js';
import type { PlannedModel } from './generation/chosen-model.js';
import { ClipMaker } from './generation/clip-maker.js';
import type { GenerationRequest } from './generation-request.js';
import type { GenerateOptions, GeneratedClip, ModelDescription, MusicEngine } from './music-engine.js';
import type { Precision } from './limits.js';
import { readModelEvaluation } from './runtime/model-evaluation.js';
import type { ModelFolder } from './runtime/model-folder.js';
import { ModelStore } from './runtime/model-store.js';
import type { ModelStoreOptions } from './runtime/model-store.js';
import { networkLoadOf, SessionOpener } from './runtime/session-opener.js';
import type { SessionOpenerOptions } from './runtime/session-opener.js';
import { engineClosed, Turnstile } from './turnstile.js';
import type { SoundWorkshop } from './workshop/sound-workshop.js';

export interface LocalEngineOptions extends ModelStoreOptions, SessionOpenerOptions {
  /** Where pictures become sound. It may serve others too, and outlives the engine. */
  readonly workshop: SoundWorkshop;
  /** Of the sums in a checkpoint's denoiser. @defaultValue 'float32' */
  readonly precision?: Precision;
}

interface LoadedModel {
  readonly key: string;
  readonly pipeline: DiffusionPipeline;
}

export class LocalEngine implements MusicEngine {
  readonly #sessionOpener: SessionOpener;
  readonly #precision: Precision;
  readonly #modelStore: ModelStore;
  readonly #clipMaker: ClipMaker;
  readonly #turnstile = new Turnstile();
  /** The model used last stays in memory. */
  #loaded: LoadedModel | undefined;

  constructor(options: LocalEngineOptions) {
    this.#sessionOpener = new SessionOpener(options);
    this.#precision = options.precision ?? 'float32';
    this.#modelStore = new ModelStore(options);
    this.#clipMaker = new ClipMaker({ workshop: options.workshop, load: (model) => this.#load(model) });
  }

  generate(request: GenerationRequest, options: GenerateOptions = {}): Promise<GeneratedClip> {
    return this.#turnstile.pass(() => this.#generate(request, options), options.signal);
  }

  async models(): Promise<readonly ModelDescription[]> {
    this.#turnstile.throwIfClosed();
    // Programs ask for the models when they start, which is when people look.
    await this.#sessionOpener.tryInsistedDevice();
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
    const model = await chooseModel(request, this.#modelStore, this.#precision);
    return this.#clipMaker.make(request, model, options);
  }

  async #load(model: PlannedModel): Promise<DiffusionPipeline> {
    const key = memoryKey(model);
    if (this.#loaded?.key === key) return this.#loaded.pipeline;
    await this.#loaded?.pipeline.dispose();
    this.#loaded = undefined;
    await model.checkpoint.verify();
    const load = networkLoadOf(model.checkpoint.bytes);
    const pipeline = await loadPipeline(
      model.checkpoint,
      (network, networkOptions) => this.#sessionOpener.open(network, load, networkOptions),
      {
        loras: model.loras,
        circular: model.loop,
        precision: model.precision,
        clipSkip: model.clipSkip,
        tinyDecoder: model.tinyDecoder,
      },
    );
    this.#loaded = { key, pipeline };
    return pipeline;
  }
}

async function describe(folder: ModelFolder): Promise<ModelDescription> {
  const { name, version, sha256, licence } = folder;
  const { samplePrompts, ...defaults } = await readModelDefaults(folder);
  const evaluation = await readModelEvaluation(folder);
  return {
    ...{ name, version, sha256, defaults, samplePrompts },
    ...(licence !== undefined && { licence }),
    ...(evaluation && { evaluation }),
  };
}
