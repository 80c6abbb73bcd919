import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { list, number, plural } = formatsFor('de');

const clipsOf = (count: number) => `${number(count)} ${plural(count, { one: 'Clip', other: 'Clips' })}`;

export const settings: Phrases['settings'] = {
  title: 'Einstellungen dieses Servers',
  changed: 'Geändert.',
  nothingGiven: 'Es hat sich nichts geändert: Bitte füll aus, was du ändern möchtest.',
  fields: {
    model: 'Modell',
    steps: 'Schritte',
    length: 'Länge',
    language: 'Sprache',
    channels: 'Kanäle',
    roles: 'Wer um Clips bitten darf',
    deletion: 'Wer löschen darf',
    spoilers: 'Spoiler',
    ageRestricted: 'Altersbeschränkte Kanäle',
    words: 'Verbotene Wörter',
    queue: 'In der Warteschlange',
    hour: 'In einer Stunde',
  },
  asModel: 'was zum Modell passt',
  asBot: 'mein Standard',
  modelGone: (model) => `${model} (nicht mehr installiert: stattdessen mein Standard)`,
  asAsker: 'die des Servers oder von dem, der fragt',
  atMost: (count) => `höchstens ${number(count)}`,
  seconds: (count) => `höchstens ${number(count)} s`,
  unlimited: 'was ich kann',
  everywhere: 'alle',
  everybody: 'alle',
  deleters: {
    requester: 'wer darum gebeten hat und die Moderation',
    moderator: 'die Moderation',
    everybody: 'alle',
  },
  spoilers: { never: 'nie', listed: 'in keinem Kanal', always: 'immer' },
  ageRules: {
    same: 'wie überall',
    'any-words': 'verbotene Wörter sind dort erlaubt',
    only: 'Clips werden nur dort gemacht',
  },
  noWords: 'keine',
  perPerson: (clips) => `${clipsOf(clips)} für jede Person`,
  perServer: (clips) => `${clipsOf(clips)} für den Server`,
  asOperator: 'so viele, wie ich überall erlaube',
  list,
  unknownModel: (models) => `So ein Modell habe ich nicht. Es gibt: ${list(models)}.`,
  unusableWords: (words) =>
    `In ${list(words)} ist kein Buchstabe. Bitte gib Wörter aus Buchstaben oder Ziffern an.`,
  tooLongWords: (max) => `Bitte gib Wörter mit höchstens ${number(max)} Zeichen an.`,
  tooMany: (max) => `Es ist Platz für ${number(max)} davon. Bitte entferne erst welche.`,
  notMember: 'Ich bin auf diesem Server kein Mitglied: Bitte lade mich erst ein.',
  forgotten: (clips) =>
    (clips === 0 ? '' : `${clipsOf(clips)} abgebrochen. `) +
    'Ich habe die Dateien, Worte und Zählungen entfernt, die ich über dich aufbewahrt habe. ' +
    'Was bleibt: die Nachrichten, die ich geschrieben habe und die ihr Löschen-Knopf entfernt, und höchstens eine Stunde lang im Speicher, um wie viele Clips du gebeten hast, damit die Grenzen gelten.',
};
