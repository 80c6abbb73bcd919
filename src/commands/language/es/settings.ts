import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { list, number, plural } = formatsFor('es');

const clipsOf = (count: number) => `${number(count)} ${plural(count, { one: 'clip', other: 'clips' })}`;

export const settings: Phrases['settings'] = {
  title: 'Ajustes de este servidor',
  changed: 'Cambiado.',
  nothingGiven: 'No ha cambiado nada: rellena lo que quieras cambiar.',
  fields: {
    model: 'Modelo',
    steps: 'Pasos',
    length: 'Duración',
    language: 'Idioma',
    channels: 'Canales',
    roles: 'Quién puede pedir',
    deletion: 'Quién puede borrar',
    spoilers: 'Spoilers',
    ageRestricted: 'Canales con restricción de edad',
    words: 'Palabras prohibidas',
    queue: 'En la cola',
    hour: 'En una hora',
  },
  asModel: 'lo que va bien al modelo',
  asBot: 'el mío por defecto',
  modelGone: (model) => `${model} (ya no está instalado: se usa el mío por defecto)`,
  asAsker: 'el del servidor o el de quien pide',
  atMost: (count) => `${number(count)} como máximo`,
  seconds: (count) => `${number(count)} s como máximo`,
  unlimited: 'lo que pueda',
  everywhere: 'todos',
  everybody: 'todos',
  deleters: {
    requester: 'quien lo pidió y los moderadores',
    moderator: 'los moderadores',
    everybody: 'todos',
  },
  spoilers: { never: 'nunca', listed: 'en ningún canal', always: 'siempre' },
  ageRules: {
    same: 'como en todas partes',
    'any-words': 'allí se permiten las palabras prohibidas',
    only: 'los clips solo se hacen allí',
  },
  noWords: 'ninguna',
  perPerson: (clips) => `${clipsOf(clips)} por persona`,
  perServer: (clips) => `${clipsOf(clips)} para el servidor`,
  asOperator: 'tantos como permito en todas partes',
  list,
  unknownModel: (models) => `No tengo ese modelo. Hay: ${list(models)}.`,
  unusableWords: (words) => `No hay letras en ${list(words)}. Da palabras con letras o cifras.`,
  tooLongWords: (max) => `Da palabras de ${number(max)} caracteres como máximo.`,
  tooMany: (max) => `Caben ${number(max)}. Quita antes alguna.`,
  notMember: 'No soy miembro de este servidor: invítame primero.',
  forgotten: (clips) =>
    (clips === 0 ? '' : `Cancelado: ${clipsOf(clips)}. `) +
    'He borrado los archivos, las palabras y los recuentos que guardaba sobre ti. ' +
    'Queda esto: los mensajes que he publicado, que su botón Borrar elimina, y, en memoria durante una hora como máximo, cuántos clips has pedido, para que los límites se cumplan.',
};
