import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { number } = formatsFor('es');

export const forms: Phrases['forms'] = {
  rounds: (times) =>
    `${number(times)} vueltas, sin costura. El propio archivo también se puede reproducir en bucle.`,
  soundboard:
    'Es lo bastante pequeño y corto para un panel de sonidos: guárdalo y añádelo en Ajustes del servidor → Panel de sonidos.',
  remixTitle: 'Remezclar este clip',
  remixPrompt: '¿En qué debe convertirse?',
  remixStrength: 'Cuánto puede cambiar: 0 = nada, 0,3 ligera, 0,55 media, 0,75 fuerte, 1 = todo',
};
