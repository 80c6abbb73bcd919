import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';
import { names } from './names.js';

const { number, plural } = formatsFor('es');

const clipsOf = (count: number) => `${number(count)} ${plural(count, { one: 'clip', other: 'clips' })}`;

export const line: Phrases['line'] = {
  title: 'La cola',
  empty: `No se está haciendo nada y nadie espera. /${names.riff} empieza.`,
  active: 'ahora',
  elsewhere: 'un clip para alguien en otro lugar',
  yours: 'tuyo',
  more: (clips) => `… y ${number(clips)} más.`,
  cancel: (place) => `Cancelar ${number(place)}`,
  all: 'Todos los míos',
  everybodys: 'Todos los de este servidor, sean de quien sean',
  cancelled: (clips) => `Cancelado: ${clipsOf(clips)}.`,
  noneOfYours: 'No tienes nada en la cola.',
  unknown: `No hay ningún clip así en la cola. Elige uno de los que se ofrecen al escribir o mira /${names.queue}.`,
};
