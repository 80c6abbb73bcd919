import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';
import { names } from './names.js';

const { choice, number, plural } = formatsFor('fr');

const clipsOf = (count: number) => `${number(count)} ${plural(count, { one: 'clip', other: 'clips' })}`;

export const rules: Phrases['rules'] = {
  channel: (channels) =>
    `On ne fait pas de clips dans ce salon. Demande dans ${choice(channels)}, ou en message privé.`,
  role: (roles) =>
    `Sur ce serveur, les clips sont pour ceux qui ont ${choice(roles)}. Demande-le à la modération, ou essaie en message privé.`,
  ageRestrictedOnly:
    'Sur ce serveur, on ne fait des clips que dans les salons soumis à une limite d’âge. Demande là-bas, ou en message privé.',
  bannedWord: 'Il y a là un mot qui n’est pas permis ici. Dis-le autrement.',
  steps: (max) => `Ce serveur permet ${number(max)} étapes au plus. Demandes-en moins.`,
  length: (seconds) =>
    `Ce serveur permet des clips de ${number(seconds)} secondes au plus. Demandes-en un plus court.`,
  jobsOfUser: (max) =>
    `Tu as ${clipsOf(max)} dans la file, autant qu’une personne peut en avoir sur ce serveur. Attends-en un, ou annule-le : /${names.queue} les montre.`,
  jobsOfGuild: (max) =>
    `Ce serveur a ${clipsOf(max)} dans la file, autant qu’il peut en avoir. Réessaie quand l’un sera fini : /${names.queue} les montre.`,
  hourOfUser: {
    later: (max, when) => `Tu peux demander ${clipsOf(max)} par heure, et c’est fait. Redemande ${when}.`,
    never: (max) => `Tu peux demander ${clipsOf(max)} par heure. Demandes-en moins à la fois.`,
  },
  hourOfGuild: {
    later: (max, when) =>
      `Ce serveur peut demander ${clipsOf(max)} par heure, et c’est fait. Redemande ${when}.`,
    never: (max) => `Ce serveur peut demander ${clipsOf(max)} par heure. Demandes-en moins à la fois.`,
  },
};
