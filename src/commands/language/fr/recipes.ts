import type { Phrases } from '../phrases.js';
import { names } from './names.js';

export const recipes: Phrases['recipes'] = {
  tempo: 'Tempo',
  understood: 'Compris',
  surprise: 'Je ne connaissais aucun de ces mots : c’est donc une surprise.',
  guidance: 'Fidélité',
  scheduler: 'Planificateur',
  model: 'Modèle',
  engine: 'Fait par',
  unknownOrigin: 'un fichier venu avec la commande',
  repeat: 'Pour le refaire',
  repeatFromFile: `Il est fait à partir d’un autre clip : utilise /${names.remix} sur ce clip avec ces mots, cette graine et cette intensité, ou appuie sur « Encore ».`,
  promise: 'La même version fait le même clip de la même recette. L’image et le son la portent aussi.',
};
