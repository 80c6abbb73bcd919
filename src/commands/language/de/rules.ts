import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';
import { names } from './names.js';

const { choice, number, plural } = formatsFor('de');

const clipsOf = (count: number) => `${number(count)} ${plural(count, { one: 'Clip', other: 'Clips' })}`;

export const rules: Phrases['rules'] = {
  channel: (channels) =>
    `Clips werden nicht in diesem Kanal gemacht. Bitte frag in ${choice(channels)} oder in einer Direktnachricht.`,
  role: (roles) =>
    `Clips sind auf diesem Server für alle, die ${choice(roles)} haben. Bitte frag die Moderation danach oder versuch es in einer Direktnachricht.`,
  ageRestrictedOnly:
    'Auf diesem Server werden Clips nur in altersbeschränkten Kanälen gemacht. Bitte frag dort oder in einer Direktnachricht.',
  bannedWord: 'Darin steht ein Wort, das hier nicht erlaubt ist. Bitte sag es mit anderen Worten.',
  steps: (max) => `Dieser Server erlaubt höchstens ${number(max)} Schritte. Bitte nimm weniger.`,
  length: (seconds) =>
    `Dieser Server erlaubt Clips von höchstens ${number(seconds)} Sekunden. Bitte nimm einen kürzeren.`,
  jobsOfUser: (max) =>
    `Du hast ${clipsOf(max)} in der Warteschlange, mehr darf auf diesem Server niemand haben. Warte auf einen oder brich einen ab: /${names.queue} zeigt sie.`,
  jobsOfGuild: (max) =>
    `Dieser Server hat ${clipsOf(max)} in der Warteschlange, mehr darf er nicht haben. Versuch es wieder, wenn einer fertig ist: /${names.queue} zeigt sie.`,
  hourOfUser: {
    later: (max, when) =>
      `Du darfst dir in einer Stunde ${clipsOf(max)} wünschen, und das hast du. Bitte versuch es ${when} wieder.`,
    never: (max) => `Du darfst dir in einer Stunde ${clipsOf(max)} wünschen. Bitte nimm weniger auf einmal.`,
  },
  hourOfGuild: {
    later: (max, when) =>
      `Dieser Server darf sich in einer Stunde ${clipsOf(max)} wünschen, und das hat er. Bitte versuch es ${when} wieder.`,
    never: (max) =>
      `Dieser Server darf sich in einer Stunde ${clipsOf(max)} wünschen. Bitte nimm weniger auf einmal.`,
  },
};
