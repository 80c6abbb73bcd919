import type { Phrases } from '../phrases.js';

export const strengths: Phrases['strengths'] = {
  light: { name: 'légère', meaning: 'le même morceau, joué autrement' },
  medium: { name: 'moyenne', meaning: 'le rythme reste, les instruments changent' },
  heavy: { name: 'forte', meaning: 'un nouveau morceau avec un écho de l’ancien' },
};
