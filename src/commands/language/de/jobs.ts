import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { list, number, percent, plural } = formatsFor('de');

export const jobs: Phrases['jobs'] = {
  next: 'Du bist als Nächstes dran.',
  ahead: (clips) =>
    `Vor dir ${plural(clips, { one: 'ist', other: 'sind' })} noch ${number(clips)} ${plural(clips, { one: 'Clip', other: 'Clips' })}.`,
  percent,
  stages: {
    loading: 'das Modell wacht auf',
    denoising: (step, steps) => `Schritt ${number(step)} von ${number(steps)}`,
    decoding: 'das Bild wird entwickelt',
    sounding: 'aus dem Bild wird Klang',
    encoding: 'der Klang wird verpackt',
  },
  part: (clip, clips) => `Clip ${number(clip)} von ${number(clips)}`,
  listening: 'Aus dem Bild wird Klang.',
  seeing: 'Aus dem Klang wird ein Bild.',
  restarting: 'Der Bot startet neu; dein Clip behält seinen Platz.',
  cancelled: 'Abgebrochen.',
  ready: (link) => `Dein Clip ist fertig: ${link}`,
  cancel: 'Abbrechen',
  preview: 'Das Bild, so weit es ist.',
  notAllowedToPost: 'In diesem Kanal durfte ich nichts posten, darum ist dein Clip hier.',
  missingPermissions: (permissions) =>
    `In diesem Kanal darf ich nichts posten (die Moderation kann mir erlauben: ${list(permissions)}), darum ist dein Clip hier.`,
  permissions: {
    'View Channel': 'Kanal ansehen',
    'Embed Links': 'Links einbetten',
    'Attach Files': 'Dateien anhängen',
    'Send Messages': 'Nachrichten senden',
    'Send Messages in Threads': 'Nachrichten in Threads senden',
  },
};
