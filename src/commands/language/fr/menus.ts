import type { Phrases } from '../phrases.js';

export const menus: Phrases['menus'] = {
  morphBegins:
    'Le morph part de ce clip. Choisis maintenant où il va : ouvre le menu d’un autre message avec un clip, puis Applications → Morpher avec…',
};
