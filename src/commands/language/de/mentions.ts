import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { list } = formatsFor('de');

export const mentions: Phrases['mentions'] = {
  openings: 'mehr weniger mit ohne noch mach',
  replacing: 'remix',
  looking: 'Ich höre es mir an.',
  howTo:
    'Antworte auf einen Clip von mir mit Worten wie `mehr Jazz 0,6`, und ich mache daraus einen neuen; `remix church bells seed 7` nimmt andere Worte als seine eigenen. Die Zahl von 0 bis 1 sagt, wie viel sich ändern darf. Du kannst mich auch in einer Nachricht mit einem Klang oder Bild erwähnen, oder in der Antwort auf eine, die ich sehen darf.',
  notAllowedToPost: (permissions) =>
    `Ich darf in diesem Kanal keine Clips posten: Bitte einen Moderator, mir ${list(permissions)} zu geben.`,
};
