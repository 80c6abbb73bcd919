import type { Phrases } from '../phrases.js';

export const strengths: Phrases['strengths'] = {
  light: { name: 'ligera', meaning: 'la misma pieza, tocada de otra manera' },
  medium: { name: 'media', meaning: 'el ritmo se queda, los instrumentos cambian' },
  heavy: { name: 'fuerte', meaning: 'una pieza nueva con un eco de la anterior' },
};
