import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';
import { names } from './names.js';

const { number, plural } = formatsFor('fr');

const clipsOf = (count: number) => `${number(count)} ${plural(count, { one: 'clip', other: 'clips' })}`;

export const line: Phrases['line'] = {
  title: 'La file d’attente',
  empty: `Rien n’est en cours, et personne n’attend. /${names.riff} commence.`,
  active: 'maintenant',
  elsewhere: 'un clip pour quelqu’un d’ailleurs',
  yours: 'à toi',
  more: (clips) => `… et ${number(clips)} de plus.`,
  cancel: (place) => `Annuler ${number(place)}`,
  all: 'Tous les miens',
  everybodys: 'Tous ceux de ce serveur, de qui que ce soit',
  cancelled: (clips) => `Annulé : ${clipsOf(clips)}.`,
  noneOfYours: 'Tu n’as rien dans la file.',
  unknown: `Il n’y a pas de tel clip dans la file. Choisis parmi ceux qui sont proposés pendant que tu écris, ou regarde /${names.queue}.`,
};
