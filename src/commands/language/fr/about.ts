import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { number, percent } = formatsFor('fr');

export const about: Phrases['about'] = {
  intro:
    'Je fais de la musique sur la machine où je tourne : aucun autre service ne connaît tes mots ni tes clips.',
  model: 'Modèle',
  licence: 'Licence',
  notStated: 'non précisée',
  software: 'Programme',
  otherModels: 'Autres modèles ici',
  measured: (clips) => `Mesuré sur ${number(clips)} clips`,
  percent,
  shares: (generated, real) => `${percent(generated)} (autre musique : ${percent(real)})`,
  measures: {
    genre: 'le genre est celui demandé',
    genreTopThree: 'il est parmi les trois premières réponses',
    lead: 'l’instrument principal est celui demandé',
    drums: 'il y a une batterie ou non, comme demandé',
    tempo: 'le tempo est celui demandé, à deux pour cent près',
  },
  judge:
    'Un programme qui a appris à distinguer la musique les a écoutés. Entre parenthèses : la même chose pour de la musique qui ne vient pas du modèle.',
  notMeasured: 'Rien n’a été mesuré pour ce modèle.',
};
