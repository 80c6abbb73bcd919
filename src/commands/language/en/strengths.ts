/** How much of a clip a remix changes: names that people may type, and what they mean. */
export const strengths = {
  light: { name: 'light', meaning: 'the same piece, played differently' },
  medium: { name: 'medium', meaning: 'the rhythm stays, the instruments change' },
  heavy: { name: 'heavy', meaning: 'a new piece with an echo of the old one' },
};
