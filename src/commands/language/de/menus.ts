import type { Phrases } from '../phrases.js';

export const menus: Phrases['menus'] = {
  morphBegins:
    'Der Morph beginnt bei diesem Clip. Wähle nun, wohin er geht: öffne das Menü einer anderen Nachricht mit einem Clip, dann Apps → Morphen mit …',
};
