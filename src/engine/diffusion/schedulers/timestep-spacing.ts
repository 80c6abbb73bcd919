/** Which of the training times a run visits (Lin et al. 2024, table 2), with the roundings of diffusers. */

/**
 * Leading: every so many times from the end that is data, so the noisiest are left out. Trailing: every so many from
 * the noisiest. Linspace: evenly from end to end.
 */
export type TimestepSpacing = 'leading' | 'trailing' | 'linspace';

export interface TimestepOptions {
  readonly timestepSpacing: TimestepSpacing;
  readonly numInferenceSteps: number;
  readonly numTrainTimesteps: number;
  /** Added to leading times. */
  readonly stepsOffset: number;
}

/** Falling; fractions when linspace. */
export function spacedTimesteps(options: TimestepOptions): number[] {
  const { timestepSpacing, numInferenceSteps, numTrainTimesteps, stepsOffset } = options;
  const last = numTrainTimesteps - 1;
  // Of one time, two of the spacings would make the one without noise, from which nothing leads anywhere.
  if (numInferenceSteps === 1) return [last];
  switch (timestepSpacing) {
    case 'leading': {
      const distance = Math.floor(numTrainTimesteps / numInferenceSteps);
      return withoutRepetition(
        falling(numInferenceSteps, (index) => Math.min(index * distance + stepsOffset, last)),
      );
    }
    case 'trailing':
      return trailingTimesteps(options);
    case 'linspace': {
      const distance = last / (numInferenceSteps - 1);
      return falling(numInferenceSteps, (index) => index * distance);
    }
  }
}

/** The same, whole. */
export function wholeTimesteps(options: TimestepOptions): number[] {
  return withoutRepetition(spacedTimesteps(options).map(roundHalfToEven));
}

/** Whole times whose last one is followed by another step, to no noise: all but the end of one more time. */
export function multistepTimesteps(options: TimestepOptions): number[] {
  const { timestepSpacing, numInferenceSteps, numTrainTimesteps, stepsOffset } = options;
  const last = numTrainTimesteps - 1;
  if (timestepSpacing === 'trailing' || numInferenceSteps === 1) return wholeTimesteps(options);
  const [distance, offset] =
    timestepSpacing === 'leading'
      ? [Math.max(1, Math.floor(numTrainTimesteps / (numInferenceSteps + 1))), stepsOffset]
      : [last / numInferenceSteps, 0];
  const timesteps = falling(numInferenceSteps, (index) => roundHalfToEven((index + 1) * distance) + offset);
  return withoutRepetition(timesteps.map((timestep) => Math.min(timestep, last)));
}

/** As many steps as there are times leave no room between them: a time that would come twice comes once. */
export function withoutRepetition(timesteps: readonly number[]): number[] {
  return [...new Set(timesteps)];
}

/** NumPy's rounding: 0.5 to 0, 1.5 to 2. */
export function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

function trailingTimesteps({ numInferenceSteps, numTrainTimesteps }: TimestepOptions): number[] {
  const distance = numTrainTimesteps / numInferenceSteps;
  return Array.from(
    { length: numInferenceSteps },
    (_, index) => roundHalfToEven(numTrainTimesteps - index * distance) - 1,
  );
}

/** @param timeAt by index from the end that is data */
function falling(length: number, timeAt: (index: number) => number): number[] {
  return Array.from({ length }, (_, index) => timeAt(length - 1 - index));
}
