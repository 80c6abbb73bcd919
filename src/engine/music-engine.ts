import type { GenerationRequest } from './generation-request.js';
import type { AudioFormat, SchedulerName } from './limits.js';
import type { Recipe } from './recipe/recipe.js';
import type { ModelEvaluation } from './runtime/model-evaluation.js';
import type { UnderstoodTrait } from './understanding/understood-traits.js';

/** What the engine is doing, in order. */
export type GenerationStage = 'loading' | 'denoising' | 'decoding' | 'sounding' | 'encoding';

export interface GenerationProgress {
  readonly stage: GenerationStage;
  /** Denoising steps done, 0..numInferenceSteps. */
  readonly step: number;
  readonly numInferenceSteps: number;
  /** Share of the whole request done, 0..1, never falling. */
  readonly fraction: number;
  /** PNG of the picture as it stands, when asked for. */
  readonly preview?: Uint8Array;
}

export interface GenerateOptions {
  /** Ends the work within one denoising step; the promise then rejects with CancelledError. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: GenerationProgress) => void;
  /** Least milliseconds between two previews; undefined = none. */
  readonly previewIntervalMs?: number;
}

export interface EncodedAudio {
  readonly format: AudioFormat;
  readonly bytes: Uint8Array;
  readonly sampleRate: number;
  readonly numberOfChannels: number;
  readonly durationSeconds: number;
}

/** A finished clip: a pure function of its recipe. Both files carry the recipe in their tags. */
export interface GeneratedClip {
  readonly recipe: Recipe;
  /** Spectrogram picture, PNG, with riffusion's EXIF tags. */
  readonly picture: Uint8Array;
  readonly audio: EncodedAudio;
  /** True when the end of the prompt was left out, having more tokens than the model takes. */
  readonly isPromptTruncated: boolean;
  /** True when the end of the sound runs on into its beginning. */
  readonly loops: boolean;
  /** What the model understood of the prompt, empty when nothing; absent for a model that does not tell. */
  readonly understood?: readonly UnderstoodTrait[];
}

export interface ModelDescription {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the model's manifest, hex. */
  readonly sha256: string;
  readonly defaults: {
    readonly numInferenceSteps: number;
    readonly guidanceScale: number;
    readonly scheduler: SchedulerName;
  };
  readonly samplePrompts: readonly string[];
  /** As its manifest names it; absent where that says nothing. */
  readonly licence?: string;
  /** Absent where nothing was measured. */
  readonly evaluation?: ModelEvaluation;
}

/**
 * Prompt in, clip out. Not part of the contract: queues (concurrent calls wait for one another in call order),
 * Discord, and where files are kept.
 */
export interface MusicEngine {
  /** @throws EngineError, or CancelledError after `signal` aborts. */
  generate(request: GenerationRequest, options?: GenerateOptions): Promise<GeneratedClip>;
  /** The models that can be asked for, the default first. @throws EngineError */
  models(): Promise<readonly ModelDescription[]>;
  /** Ends all work; pending calls reject with EngineError `engine_closed`. Idempotent. */
  dispose(): Promise<void>;
}
