import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { number, percent } = formatsFor('es');

export const about: Phrases['about'] = {
  intro:
    'Hago música en la máquina en la que funciono: ningún otro servicio conoce tus palabras ni tus clips.',
  model: 'Modelo',
  licence: 'Licencia',
  notStated: 'no indicada',
  software: 'Programa',
  otherModels: 'Otros modelos aquí',
  measured: (clips) => `Medido en ${number(clips)} clips`,
  percent,
  shares: (generated, real) => `${percent(generated)} (otra música: ${percent(real)})`,
  measures: {
    genre: 'el género es el pedido',
    genreTopThree: 'está entre los tres primeros intentos',
    lead: 'el instrumento principal es el pedido',
    drums: 'hay batería o no, según lo pedido',
    tempo: 'el tempo es el pedido, con un margen del dos por ciento',
  },
  judge:
    'Los ha escuchado un programa que ha aprendido a distinguir música. Entre paréntesis: lo mismo con música que no es del modelo.',
  notMeasured: 'De este modelo no se ha medido nada.',
};
