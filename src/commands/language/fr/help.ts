import type { Phrases } from '../phrases.js';

export const help: Phrases['help'] = {
  title: 'Ce que je sais faire',
  intro: (example) =>
    `Dis-moi ce que tu veux entendre, et je le fais : une image du son, et le son lui-même. Par exemple :\n${example}`,
  replies: 'Remixer en répondant',
  menu: 'Dans le menu d’un message, sous Applications',
  buttons: 'Boutons sous un clip',
  buttonMeanings: {
    again: 'les mêmes mots, une autre graine',
    varyLittle: 'très proche de celui-ci',
    varyLot: 'assez loin de celui-ci',
    remix: 'avec tes propres mots',
    longer: 'il continue encore aussi longtemps',
    loop: 'en boucle, sans coupure',
    voiceMessage: 'à écouter dans le chat, même sur téléphone',
    soundboard: 'un fichier pour la soundboard d’un serveur',
    recipe: 'de quoi il est fait, et comment le refaire',
    delete: 'pour qui l’a demandé, et pour la modération',
  },
  strength: 'Intensité d’un remix',
  howStrong: 'De 0, qui rend le clip tel quel, à 1, qui n’en laisse rien.',
  ideas: 'Des mots à essayer (c’est l’anglais que je comprends le mieux)',
};
