import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';
import { names } from './names.js';

const { choice, number, plural } = formatsFor('es');

const clipsOf = (count: number) => `${number(count)} ${plural(count, { one: 'clip', other: 'clips' })}`;

export const rules: Phrases['rules'] = {
  channel: (channels) =>
    `En este canal no se hacen clips. Pídelo en ${choice(channels)} o en un mensaje directo.`,
  role: (roles) =>
    `En este servidor los clips son para quienes tienen ${choice(roles)}. Pídeselo a un moderador o prueba en un mensaje directo.`,
  ageRestrictedOnly:
    'En este servidor solo se hacen clips en los canales con restricción de edad. Pídelo allí o en un mensaje directo.',
  bannedWord: 'Hay una palabra que aquí no está permitida. Dilo con otras palabras.',
  steps: (max) => `Este servidor permite ${number(max)} pasos como máximo. Pide menos.`,
  length: (seconds) =>
    `Este servidor permite clips de ${number(seconds)} segundos como máximo. Pide uno más corto.`,
  jobsOfUser: (max) =>
    `Tienes ${clipsOf(max)} en la cola, lo máximo por persona en este servidor. Espera a que acabe alguno o cancélalo: /${names.queue} los muestra.`,
  jobsOfGuild: (max) =>
    `Este servidor tiene ${clipsOf(max)} en la cola, su máximo. Inténtalo cuando acabe alguno: /${names.queue} los muestra.`,
  hourOfUser: {
    later: (max, when) =>
      `Puedes pedir ${clipsOf(max)} por hora, y ya lo has hecho. Vuelve a pedirlo ${when}.`,
    never: (max) => `Puedes pedir ${clipsOf(max)} por hora. Pide menos de una vez.`,
  },
  hourOfGuild: {
    later: (max, when) =>
      `Este servidor puede pedir ${clipsOf(max)} por hora, y ya lo ha hecho. Vuelve a pedirlo ${when}.`,
    never: (max) => `Este servidor puede pedir ${clipsOf(max)} por hora. Pide menos de una vez.`,
  },
};
