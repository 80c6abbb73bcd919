import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { list } = formatsFor('fr');

export const mentions: Phrases['mentions'] = {
  openings: 'plus moins avec sans ajoute rends',
  replacing: 'remix remixe',
  looking: 'Je vais l’écouter.',
  howTo:
    'Réponds à un de mes clips avec des mots, comme `plus jazz 0,6`, et j’en fais un nouveau ; `remix church bells seed 7` prend d’autres mots que les siens. Le nombre, de 0 à 1, dit combien peut changer. Tu peux aussi me mentionner dans un message avec un son ou une image, ou dans la réponse à un message que je peux voir.',
  notAllowedToPost: (permissions) =>
    `Je ne peux pas publier de clips dans ce salon : demande à un modérateur de me donner ${list(permissions)}.`,
};
