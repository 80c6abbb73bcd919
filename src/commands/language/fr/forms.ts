import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { number } = formatsFor('fr');

export const forms: Phrases['forms'] = {
  rounds: (times) =>
    `${number(times)} tours, sans couture. Le fichier lui-même peut aussi être joué en boucle.`,
  soundboard:
    'C’est assez petit et court pour une soundboard : enregistre-le et ajoute-le dans Paramètres du serveur → Soundboard.',
  remixTitle: 'Remixer ce clip',
  remixPrompt: 'Que doit-il devenir ?',
  remixStrength: 'Ce qui peut changer : 0 = rien, 0,3 légère, 0,55 moyenne, 0,75 forte, 1 = tout',
};
