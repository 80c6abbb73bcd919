import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { number, tenths } = formatsFor('fr');

export const clips: Phrases['clips'] = {
  seed: 'Graine',
  steps: 'Étapes',
  duration: 'Durée',
  seconds: (seconds) => `${tenths(seconds)} s`,
  number,
  askedBy: 'Demandé par',
  without: 'Sans',
  strength: 'Intensité',
  from: 'À partir de',
  to: 'Vers',
  someFile: 'un fichier',
  spectrogramOf: (prompt) => `Spectrogramme de : ${prompt}`,
  promptTruncated: 'D’un prompt aussi long, le modèle n’entend que le début : un plus court marche mieux.',
  buttons: {
    again: 'Encore',
    varyLittle: 'Varier un peu',
    varyLot: 'Varier beaucoup',
    vary: 'Varier',
    remix: 'Remixer',
    longer: 'Plus long',
    loop: 'Boucle',
    voiceMessage: 'Message vocal',
    soundboard: 'Soundboard',
    recipe: 'Recette',
    delete: 'Supprimer',
  },
};
