import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { list, number, percent, plural } = formatsFor('fr');

export const jobs: Phrases['jobs'] = {
  next: 'Ton clip est le prochain.',
  ahead: (clips) =>
    `Il y a ${number(clips)} ${plural(clips, { one: 'clip', other: 'clips' })} avant le tien.`,
  percent,
  stages: {
    loading: 'le modèle se réveille',
    denoising: (step, steps) => `étape ${number(step)} sur ${number(steps)}`,
    decoding: 'l’image se révèle',
    sounding: 'l’image devient du son',
    encoding: 'le son est emballé',
  },
  part: (clip, clips) => `clip ${number(clip)} sur ${number(clips)}`,
  listening: 'L’image devient du son.',
  seeing: 'Le son devient une image.',
  restarting: 'Le bot redémarre ; ton clip garde sa place.',
  cancelled: 'Annulé.',
  ready: (link) => `Ton clip est prêt : ${link}`,
  cancel: 'Annuler',
  preview: 'L’image telle qu’elle est pour l’instant.',
  notAllowedToPost: 'Je n’ai pas pu publier dans ce salon, alors ton clip est ici.',
  missingPermissions: (permissions) =>
    `Je ne peux pas publier dans ce salon (la modération peut me donner : ${list(permissions)}), alors ton clip est ici.`,
  permissions: {
    'View Channel': 'Voir le salon',
    'Embed Links': 'Intégrer des liens',
    'Attach Files': 'Joindre des fichiers',
    'Send Messages': 'Envoyer des messages',
    'Send Messages in Threads': 'Envoyer des messages dans les fils',
  },
};
