import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { number, tenths } = formatsFor('de');

export const clips: Phrases['clips'] = {
  seed: 'Seed',
  steps: 'Schritte',
  duration: 'Dauer',
  seconds: (seconds) => `${tenths(seconds)} s`,
  number,
  askedBy: 'Gewünscht von',
  without: 'Ohne',
  strength: 'Stärke',
  from: 'Aus',
  to: 'Nach',
  someFile: 'einer Datei',
  spectrogramOf: (prompt) => `Spektrogramm von: ${prompt}`,
  promptTruncated: 'Von einem so langen Prompt hört das Modell nur den Anfang: ein kürzerer wirkt besser.',
  buttons: {
    again: 'Nochmal',
    varyLittle: 'Etwas anders',
    varyLot: 'Ganz anders',
    vary: 'Anders',
    remix: 'Remix',
    longer: 'Länger',
    loop: 'Schleife',
    voiceMessage: 'Sprachnachricht',
    soundboard: 'Soundboard',
    recipe: 'Rezept',
    delete: 'Löschen',
  },
};
