import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { list } = formatsFor('es');

export const mentions: Phrases['mentions'] = {
  openings: 'más menos con sin añade hazlo',
  replacing: 'remix remezcla',
  looking: 'Voy a escucharlo.',
  howTo:
    'Responde a un clip mío con palabras, como `más jazz 0,6`, y hago otro a partir de él; `remix church bells seed 7` usa otras palabras que las suyas. El número, de 0 a 1, es cuánto puede cambiar. También puedes mencionarme en un mensaje con un sonido o una imagen, o en la respuesta a uno que yo pueda ver.',
  notAllowedToPost: (permissions) =>
    `No puedo publicar clips en este canal: pide a un moderador que me dé ${list(permissions)}.`,
};
