/** Clips in other forms, and the form that is filled in for a remix. */
import { formatsFor } from '../formats.js';

const { number } = formatsFor('en');

export const forms = {
  rounds: (times: number) =>
    `${number(times)} times round, without a seam. The file itself can be played round and round, too.`,
  soundboard:
    'This is small and short enough for a soundboard: save it, and add it under Server Settings → Soundboard.',
  /** At most 45 characters. */
  remixTitle: 'Remix this clip',
  /** At most 45 characters. */
  remixPrompt: 'What should it become?',
  /** At most 100 characters. */
  remixStrength: 'How much may change: 0 = nothing, 0.3 light, 0.55 medium, 0.75 heavy, 1 = everything',
};
