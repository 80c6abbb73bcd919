import type { Phrases } from '../phrases.js';

export const help: Phrases['help'] = {
  title: 'Was ich kann',
  intro: (example) =>
    `Sag mir, was du hören möchtest, und ich mache es: ein Bild des Klangs und den Klang selbst. Zum Beispiel:\n${example}`,
  commands: 'Befehle',
  replies: 'Remixen per Antwort',
  howToReply:
    'Antworte auf einen Clip von mir mit Worten, und ich mache daraus einen neuen: `more jazzy 0.6 seed 42`. Die Zahl ist die Stärke; sie und der Seed können fehlen. Um Klänge oder Bilder von anderen zu remixen, erwähn mich in deiner Antwort darauf. Englische Worte verstehe ich am besten.',
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
  ideas: 'Worte zum Ausprobieren',
};
