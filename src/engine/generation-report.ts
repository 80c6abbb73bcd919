import type { GenerateOptions, GenerationProgress, GenerationStage } from './music-engine.js';

/** Share of the whole request done when a stage begins: about what each takes on two cores. */
const FRACTION_AT_START = {
  loading: 0,
  denoising: 0.02,
  decoding: 0.35,
  sounding: 0.38,
  encoding: 0.93,
} as const satisfies Record<GenerationStage, number>;

/** Tells a listener how far one request is, in fractions that never fall. */
export class GenerationReport {
  readonly #numInferenceSteps: number;
  readonly #onProgress: GenerateOptions['onProgress'];
  #step = 0;

  constructor(numInferenceSteps: number, onProgress: GenerateOptions['onProgress']) {
    this.#numInferenceSteps = numInferenceSteps;
    this.#onProgress = onProgress;
  }

  stageBegan(stage: Exclude<GenerationStage, 'denoising'>): void {
    this.#tell({ stage, fraction: FRACTION_AT_START[stage] });
  }

  /** @param step denoising steps done, from 1 */
  stepDone(step: number, preview: Uint8Array | undefined): void {
    this.#step = step;
    const span = FRACTION_AT_START.decoding - FRACTION_AT_START.denoising;
    const fraction = FRACTION_AT_START.denoising + (span * step) / this.#numInferenceSteps;
    this.#tell({ stage: 'denoising', fraction, ...(preview && { preview }) });
  }

  done(): void {
    this.#tell({ stage: 'encoding', fraction: 1 });
  }

  #tell(progress: Pick<GenerationProgress, 'stage' | 'fraction' | 'preview'>): void {
    this.#onProgress?.({ ...progress, step: this.#step, numInferenceSteps: this.#numInferenceSteps });
  }
}
