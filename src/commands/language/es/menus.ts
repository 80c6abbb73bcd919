import type { Phrases } from '../phrases.js';

export const menus: Phrases['menus'] = {
  morphBegins:
    'El morph empieza en este clip. Ahora elige adónde va: abre el menú de otro mensaje con un clip y elige Aplicaciones → Transformar con…',
};
