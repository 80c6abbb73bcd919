import type { Phrases } from '../phrases.js';

export const help: Phrases['help'] = {
  title: 'Qué sé hacer',
  intro: (example) =>
    `Dime qué quieres oír y lo hago: una imagen del sonido, y el sonido. Por ejemplo:\n${example}`,
  replies: 'Remezclar respondiendo',
  menu: 'En el menú de un mensaje, en Aplicaciones',
  buttons: 'Botones debajo de un clip',
  buttonMeanings: {
    again: 'las mismas palabras, otra semilla',
    varyLittle: 'muy parecido a este',
    varyLot: 'poco parecido a este',
    remix: 'con tus propias palabras',
    longer: 'sigue otro tanto',
    loop: 'vuelta tras vuelta, sin corte',
    voiceMessage: 'se reproduce en el chat, también en el móvil',
    soundboard: 'un archivo para el panel de sonidos de un servidor',
    recipe: 'con qué se hizo y cómo hacerlo otra vez',
    delete: 'para quien lo pidió y para la moderación',
  },
  strength: 'Intensidad de un remix',
  howStrong: 'De 0, que devuelve el clip tal cual, a 1, que no deja nada de él.',
  ideas: 'Palabras para probar (en inglés es como mejor entiendo)',
};
