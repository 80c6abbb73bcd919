import type { SingleBar } from 'cli-progress';

import type { GenerationProgress, GenerationStage } from '../engine/music-engine.js';
import { terminalBar } from './terminal-bar.js';

const STAGES = {
  loading: 'loading the model',
  denoising: 'painting',
  decoding: 'developing the picture',
  sounding: 'turning it into sound',
  encoding: 'encoding',
} as const satisfies Record<GenerationStage, string>;

const RESOLUTION = 1000;

/** A clip's progress on a terminal: share done, stage, time left. Silent where there is no terminal. */
export class ProgressBar {
  readonly #startedAt = performance.now();
  readonly #bar: SingleBar | undefined;

  constructor(stream: NodeJS.WriteStream) {
    this.#bar = terminalBar(stream, '{bar} {percentage} %  {stage}{left}');
    this.#bar?.start(RESOLUTION, 0, { stage: 'starting', left: '' });
  }

  show(progress: GenerationProgress): void {
    const { stage, step, numInferenceSteps, fraction } = progress;
    const steps = stage === 'denoising' ? `, step ${step} of ${numInferenceSteps}` : '';
    const left = timeLeft(fraction, performance.now() - this.#startedAt);
    this.#bar?.update(Math.floor(fraction * RESOLUTION), { stage: STAGES[stage] + steps, left });
  }

  /** Wipes the bar and gives the cursor back. */
  stop(): void {
    this.#bar?.stop();
  }
}

/** Assumes that the rest goes as fast as what is done; says nothing before that means something. */
function timeLeft(fraction: number, elapsedMs: number): string {
  if (fraction < 0.05 || fraction >= 1) return '';
  return `, ${Math.ceil((elapsedMs * (1 - fraction)) / fraction / 1000)} s left`;
}
