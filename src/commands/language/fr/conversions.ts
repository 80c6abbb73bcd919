import type { Phrases } from '../phrases.js';
import { names } from './names.js';

export const conversions: Phrases['conversions'] = {
  heard: 'Une image, jouée',
  playedPicture: 'Le spectrogramme qui a été joué.',
  seen: 'Un son, vu',
  howToPlay: `L’image grise peut être jouée avec /${names.listen} et remixée avec /${names.remix} ; celle-ci est à regarder.`,
  lossy: 'C’est un JPEG, car l’image exacte serait trop lourde pour être envoyée ici.',
  readablePicture:
    'Spectrogramme : le temps va vers la droite, l’aigu est en haut, ce qui est fort est clair.',
  playablePicture: 'Le même spectrogramme en gris, que l’on peut jouer.',
  assumptions: {
    'standard-axes':
      'Elle ne dit pas ce qu’elle montre : chaque colonne dure donc 10 ms, et les lignes vont de 0 à 10 kHz.',
    turned: 'L’appareil photo était de côté, alors je l’ai tournée.',
    scaled: 'Je l’ai étirée à 512 lignes, sans toucher au temps.',
    grey: 'J’ai pris la luminosité pour le volume, quelle que soit la couleur.',
    inverted: 'Elle est surtout sombre : ce qui est clair est donc fort.',
    stretched:
      'J’ai rendu ses parties les plus claires silencieuses et les plus sombres aussi fortes que possible.',
  },
};
