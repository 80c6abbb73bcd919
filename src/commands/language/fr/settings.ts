import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { list, number, plural } = formatsFor('fr');

const clipsOf = (count: number) => `${number(count)} ${plural(count, { one: 'clip', other: 'clips' })}`;

export const settings: Phrases['settings'] = {
  title: 'Réglages de ce serveur',
  changed: 'C’est changé.',
  nothingGiven: 'Rien n’a changé : remplis ce que tu veux changer.',
  fields: {
    model: 'Modèle',
    steps: 'Étapes',
    length: 'Durée',
    language: 'Langue',
    channels: 'Salons',
    roles: 'Qui peut demander',
    deletion: 'Qui peut supprimer',
    spoilers: 'Spoilers',
    ageRestricted: 'Salons soumis à une limite d’âge',
    words: 'Mots interdits',
    queue: 'Dans la file',
    hour: 'En une heure',
  },
  asModel: 'ce qui convient au modèle',
  asBot: 'le mien par défaut',
  modelGone: (model) => `${model} (n’est plus installé : le mien par défaut le remplace)`,
  asAsker: 'celle du serveur, ou de qui demande',
  atMost: (count) => `${number(count)} au plus`,
  seconds: (count) => `${number(count)} s au plus`,
  unlimited: 'ce que je peux',
  everywhere: 'tous',
  everybody: 'tout le monde',
  deleters: {
    requester: 'qui l’a demandé, et la modération',
    moderator: 'la modération',
    everybody: 'tout le monde',
  },
  spoilers: { never: 'jamais', listed: 'dans aucun salon', always: 'toujours' },
  ageRules: {
    same: 'comme partout',
    'any-words': 'les mots interdits y sont permis',
    only: 'on ne fait des clips que là',
  },
  noWords: 'aucun',
  perPerson: (clips) => `${clipsOf(clips)} par personne`,
  perServer: (clips) => `${clipsOf(clips)} pour le serveur`,
  asOperator: 'autant que j’en permets partout',
  list,
  unknownModel: (models) => `Je n’ai pas ce modèle. Il y a : ${list(models)}.`,
  unusableWords: (words) =>
    `Il n’y a pas de lettres dans ${list(words)}. Donne des mots faits de lettres ou de chiffres.`,
  tooLongWords: (max) => `Donne des mots de ${number(max)} caractères au plus.`,
  tooMany: (max) => `Il y a de la place pour ${number(max)}. Enlèves-en d’abord.`,
  notMember: 'Je ne suis pas membre de ce serveur : invite-moi d’abord.',
  forgotten: (clips) =>
    (clips === 0 ? '' : `Annulé : ${clipsOf(clips)}. `) +
    'J’ai supprimé les fichiers, les mots et les décomptes que je gardais sur toi. ' +
    'Ce qui reste : les messages que j’ai postés, que leur bouton Supprimer enlève, et, en mémoire pendant une heure au plus, combien de clips tu as demandés, pour que les limites tiennent.',
};
