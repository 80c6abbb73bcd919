import type { GenerateOptions, GenerationProgress, GenerationStage } from '../music-engine.js';

/** Share of the whole request done when a stage begins. */
export type StageFractions = Readonly<Record<GenerationStage, number>>;

/** About what each stage takes on two cores, of the embedded model. */
export const EMBEDDED_FRACTIONS: StageFractions = {
  loading: 0,
  denoising: 0.02,
  decoding: 0.35,
  sounding: 0.38,
  encoding: 0.93,
};

/** And of a checkpoint of Stable Diffusion, next to whose denoising the rest is nothing. */
export const CHECKPOINT_FRACTIONS: StageFractions = {
  loading: 0,
  denoising: 0.03,
  decoding: 0.95,
  sounding: 0.98,
  encoding: 0.99,
};

export interface GenerationReportOptions {
  /** Steps that were asked for. */
  readonly numInferenceSteps: number;
  readonly fractions: StageFractions;
  readonly onProgress: GenerateOptions['onProgress'];
}

/** Tells a listener how far one request is, in fractions that never fall. */
export class GenerationReport {
  readonly #fractions: StageFractions;
  readonly #onProgress: GenerateOptions['onProgress'];
  #numInferenceSteps: number;
  #step = 0;
  #stage: GenerationStage = 'loading';
  #fraction = 0;

  constructor({ numInferenceSteps, fractions, onProgress }: GenerationReportOptions) {
    this.#numInferenceSteps = numInferenceSteps;
    this.#fractions = fractions;
    this.#onProgress = onProgress;
  }

  stageBegan(stage: Exclude<GenerationStage, 'denoising'>): void {
    this.#tell({ stage, fraction: this.#fractions[stage] });
  }

  /**
   * @param step denoising steps done, from 1
   * @param numSteps steps that there really are, which is known once they begin
   */
  stepDone(step: number, numSteps: number, preview: Uint8Array | undefined): void {
    this.#step = step;
    this.#numInferenceSteps = numSteps;
    const { denoising, decoding } = this.#fractions;
    const fraction = denoising + ((decoding - denoising) * step) / numSteps;
    this.#tell({ stage: 'denoising', fraction, ...(preview && { preview }) });
  }

  /** @param share of the step under way that is done, 0..1 */
  stepGoesOn(share: number): void {
    const { denoising, decoding } = this.#fractions;
    const fraction = denoising + ((decoding - denoising) * (this.#step + share)) / this.#numInferenceSteps;
    this.#tell({ stage: 'denoising', fraction: Math.min(decoding, fraction) });
  }

  /** Says the same again, so that nobody takes long work for none. */
  goesOn(): void {
    this.#tell({ stage: this.#stage, fraction: this.#fraction });
  }

  done(): void {
    this.#tell({ stage: 'encoding', fraction: 1 });
  }

  #tell({ stage, fraction, preview }: Pick<GenerationProgress, 'stage' | 'fraction' | 'preview'>): void {
    this.#stage = stage;
    this.#fraction = Math.max(this.#fraction, fraction);
    this.#onProgress?.({
      stage,
      fraction: this.#fraction,
      step: this.#step,
      numInferenceSteps: this.#numInferenceSteps,
      ...(preview && { preview }),
    });
  }
}
