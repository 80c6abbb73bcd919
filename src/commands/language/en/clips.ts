/** A finished clip and its buttons. */
import { formatsFor } from '../formats.js';

const { number, tenths } = formatsFor('en');

export const clips = {
  seed: 'Seed',
  steps: 'Steps',
  duration: 'Duration',
  seconds: (seconds: number) => `${tenths(seconds)} s`,
  number,
  askedBy: 'Asked by',
  without: 'Without',
  strength: 'Strength',
  from: 'From',
  to: 'To',
  someFile: 'a file',
  /** For those who cannot see the picture. */
  spectrogramOf: (prompt: string) => `Spectrogram of: ${prompt}`,
  promptTruncated: 'The model hears only the beginning of a prompt this long: a shorter one works better.',
  buttons: {
    again: 'Again',
    varyLittle: 'Vary a little',
    varyLot: 'Vary a lot',
    /** Where there is room for one of the two only. */
    vary: 'Vary',
    remix: 'Remix',
    longer: 'Longer',
    loop: 'Loop',
    voiceMessage: 'Voice message',
    soundboard: 'Soundboard',
    recipe: 'Recipe',
    delete: 'Delete',
  },
};
