import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { number } = formatsFor('de');

export const forms: Phrases['forms'] = {
  rounds: (times) =>
    `${number(times)}-mal im Kreis, ohne Naht. Auch die Datei selbst lässt sich immer weiter im Kreis spielen.`,
  soundboard:
    'Das ist klein und kurz genug für ein Soundboard: speichere es und füge es unter Servereinstellungen → Soundboard hinzu.',
  remixTitle: 'Diesen Clip remixen',
  remixPrompt: 'Was soll daraus werden?',
  remixStrength: 'Wie viel sich ändert: 0 = nichts, 0,3 leicht, 0,55 mittel, 0,75 stark, 1 = alles',
};
