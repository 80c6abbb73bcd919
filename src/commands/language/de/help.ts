import type { Phrases } from '../phrases.js';

export const help: Phrases['help'] = {
  title: 'Was ich kann',
  intro: (example) =>
    `Sag mir, was du hören möchtest, und ich mache es: ein Bild des Klangs und den Klang selbst. Zum Beispiel:\n${example}`,
  replies: 'Remixen per Antwort',
  menu: 'Im Menü einer Nachricht, unter Apps',
  buttons: 'Knöpfe unter einem Clip',
  buttonMeanings: {
    again: 'dieselben Worte, ein anderer Seed',
    varyLittle: 'diesem Clip sehr ähnlich',
    varyLot: 'diesem Clip kaum ähnlich',
    remix: 'mit deinen eigenen Worten',
    longer: 'es geht noch einmal so lange weiter',
    loop: 'immer rundherum, ohne Naht',
    voiceMessage: 'direkt abspielbar, auch auf dem Handy',
    soundboard: 'eine Datei für das Soundboard eines Servers',
    recipe: 'woraus er gemacht ist und wie er wieder entsteht',
    delete: 'für den, der ihn sich gewünscht hat, und die Moderation',
  },
  strength: 'Stärke eines Remix',
  howStrong: 'Von 0, da kommt der Clip unverändert zurück, bis 1, da bleibt nichts von ihm.',
  ideas: 'Worte zum Ausprobieren (auf Englisch verstehe ich am besten)',
};
