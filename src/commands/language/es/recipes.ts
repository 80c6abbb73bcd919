import type { Phrases } from '../phrases.js';
import { names } from './names.js';

export const recipes: Phrases['recipes'] = {
  tempo: 'Tempo',
  understood: 'Entendido',
  surprise: 'No conocía ninguna de estas palabras, así que esto es una sorpresa.',
  guidance: 'Fidelidad',
  scheduler: 'Planificador',
  model: 'Modelo',
  engine: 'Hecho por',
  unknownOrigin: 'un archivo que vino con el comando',
  repeat: 'Para hacerlo otra vez',
  repeatFromFile: `Se hizo a partir de otro clip: usa /${names.remix} con aquel clip y estas palabras, semilla e intensidad, o pulsa «Otra vez».`,
  promise:
    'La misma versión hace el mismo clip con la misma receta. La imagen y el sonido también la llevan.',
};
