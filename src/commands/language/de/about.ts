import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { number, percent } = formatsFor('de');

export const about: Phrases['about'] = {
  intro:
    'Ich mache Musik auf dem Rechner, auf dem ich laufe: kein anderer Dienst erfährt deine Worte oder deine Clips.',
  model: 'Modell',
  licence: 'Lizenz',
  notStated: 'nicht angegeben',
  software: 'Programm',
  otherModels: 'Weitere Modelle hier',
  measured: (clips) => `Gemessen an ${number(clips)} Clips`,
  percent,
  shares: (generated, real) => `${percent(generated)} (andere Musik: ${percent(real)})`,
  measures: {
    genre: 'das Genre ist das gewünschte',
    genreTopThree: 'es ist unter den ersten drei Vermutungen',
    lead: 'das Soloinstrument ist das gewünschte',
    drums: 'Schlagzeug ist da oder nicht, wie gewünscht',
    tempo: 'das Tempo ist wie gewünscht, auf zwei Prozent genau',
  },
  judge:
    'Ein Programm, das gelernt hat, Musik zu unterscheiden, hat sie angehört. In Klammern: dasselbe bei Musik, die nicht vom Modell ist.',
  notMeasured: 'Von diesem Modell wurde nichts gemessen.',
};
