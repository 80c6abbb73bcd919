import type { Phrases } from '../phrases.js';
import { names } from './names.js';

export const recipes: Phrases['recipes'] = {
  tempo: 'Tempo',
  understood: 'Verstanden',
  surprise: 'Ich kannte keines dieser Worte, also ist das eine Überraschung.',
  guidance: 'Treue',
  scheduler: 'Scheduler',
  model: 'Modell',
  engine: 'Gemacht von',
  unknownOrigin: 'einer Datei, die mit dem Befehl kam',
  repeat: 'Um ihn noch einmal zu machen',
  repeatFromFile: `Er wurde aus einem anderen Clip gemacht: nimm /${names.remix} mit jenem Clip, diesen Worten, diesem Seed und dieser Stärke, oder drück „Nochmal“.`,
  promise: 'Dieselbe Version macht aus demselben Rezept denselben Clip. Bild und Ton tragen es ebenfalls.',
};
