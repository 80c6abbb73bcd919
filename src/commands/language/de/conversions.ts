import type { Phrases } from '../phrases.js';
import { names } from './names.js';

export const conversions: Phrases['conversions'] = {
  heard: 'Ein Bild, gespielt',
  playedPicture: 'Das Spektrogramm, das gespielt wurde.',
  seen: 'Ein Klang, gesehen',
  howToPlay: `Das graue Bild lässt sich mit /${names.listen} abspielen und mit /${names.remix} remixen; dieses hier ist zum Ansehen.`,
  lossy: 'Es ist ein JPEG, weil das genaue Bild zu groß wäre, um es hier hochzuladen.',
  readablePicture: 'Spektrogramm: die Zeit läuft nach rechts, hohe Töne sind oben, Lautes ist hell.',
  playablePicture: 'Dasselbe Spektrogramm in Grau, das man abspielen kann.',
  assumptions: {
    'standard-axes':
      'Es sagt nicht, was es zeigt; darum ist jede Spalte 10 ms lang, und die Zeilen gehen von 0 bis 10 kHz.',
    turned: 'Die Kamera lag auf der Seite, darum habe ich es gedreht.',
    scaled: 'Ich habe es auf 512 Zeilen gestreckt und die Zeit gelassen, wie sie ist.',
    grey: 'Ich habe Helligkeit als Lautstärke genommen, egal in welcher Farbe.',
    inverted: 'Es ist größtenteils dunkel, also ist hell laut.',
    stretched: 'Die hellsten Stellen habe ich still gemacht und die dunkelsten ganz laut.',
  },
};
