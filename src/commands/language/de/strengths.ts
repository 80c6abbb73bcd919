import type { Phrases } from '../phrases.js';

export const strengths: Phrases['strengths'] = {
  light: { name: 'leicht', meaning: 'dasselbe Stück, anders gespielt' },
  medium: { name: 'mittel', meaning: 'der Rhythmus bleibt, die Instrumente wechseln' },
  heavy: { name: 'stark', meaning: 'ein neues Stück mit einem Echo des alten' },
};
