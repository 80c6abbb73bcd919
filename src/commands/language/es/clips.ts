import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { number, tenths } = formatsFor('es');

export const clips: Phrases['clips'] = {
  seed: 'Semilla',
  steps: 'Pasos',
  duration: 'Duración',
  seconds: (seconds) => `${tenths(seconds)} s`,
  number,
  askedBy: 'Pedido por',
  without: 'Sin',
  strength: 'Intensidad',
  from: 'A partir de',
  to: 'Hacia',
  someFile: 'un archivo',
  spectrogramOf: (prompt) => `Espectrograma de: ${prompt}`,
  promptTruncated:
    'De un prompt tan largo, el modelo solo escucha el principio: uno más corto funciona mejor.',
  buttons: {
    again: 'Otra vez',
    varyLittle: 'Variar un poco',
    varyLot: 'Variar mucho',
    vary: 'Variar',
    remix: 'Remezclar',
    longer: 'Más largo',
    loop: 'Bucle',
    voiceMessage: 'Mensaje de voz',
    soundboard: 'Panel de sonidos',
    recipe: 'Receta',
    delete: 'Borrar',
  },
};
