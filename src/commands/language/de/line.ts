import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';
import { names } from './names.js';

const { number, plural } = formatsFor('de');

const clipsOf = (count: number) => `${number(count)} ${plural(count, { one: 'Clip', other: 'Clips' })}`;

export const line: Phrases['line'] = {
  title: 'Die Warteschlange',
  empty: `Es wird nichts gemacht und niemand wartet. /${names.riff} fängt an.`,
  active: 'jetzt',
  elsewhere: 'ein Clip für jemand anderswo',
  yours: 'deiner',
  more: (clips) => `… und ${number(clips)} weitere.`,
  cancel: (place) => `${number(place)} abbrechen`,
  all: 'Alle meine',
  everybodys: 'Alle dieses Servers, egal von wem',
  cancelled: (clips) => `${clipsOf(clips)} abgebrochen.`,
  noneOfYours: 'Du hast nichts in der Warteschlange.',
  unknown: `So ein Clip ist nicht in der Warteschlange. Bitte wähl einen von denen, die beim Tippen angeboten werden, oder sieh in /${names.queue} nach.`,
};
