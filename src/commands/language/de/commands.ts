import type { CommandTexts } from '../command-texts.js';
import { names } from './names.js';
import { serverCommands } from './server-commands.js';

export const commands: CommandTexts = {
  names,
  descriptions: {
    ...serverCommands.descriptions,
    'Make a clip of music from words': 'Mach aus Worten einen Musikclip',
    'Make a new clip out of another one, and words': 'Mach aus einem Clip und Worten einen neuen Clip',
    'Hear a picture: a spectrogram, or anything drawn or photographed':
      'Hör dir ein Bild an: ein Spektrogramm oder irgendetwas Gezeichnetes oder Fotografiertes',
    'See a sound of up to five minutes, as a picture that can be played':
      'Sieh dir einen Klang von bis zu fünf Minuten als Bild an, das man wieder abspielen kann',
    'What I can do, and how to ask for it': 'Was ich kann und wie du mich darum bittest',
    'The model that makes the music, its licence, and how well it does':
      'Das Modell, das die Musik macht, seine Lizenz und wie gut es ist',
    'What you would like to hear, for example "funk bassline with a jazzy saxophone solo"':
      'Was du hören möchtest, am besten auf Englisch: „funk bassline with a jazzy saxophone solo“',
    'What you would rather not hear': 'Was du lieber nicht hören möchtest',
    'Beats per minute (default: what the words say, such as "128 bpm")':
      'Schläge pro Minute (Standard: was die Worte sagen, etwa „128 bpm“)',
    'The same seed and options give the same clip (default: a new one each time)':
      'Gleicher Seed, gleiche Optionen: gleicher Clip (Standard: jedes Mal ein neuer)',
    'More steps take longer and are more exact (default: what suits the model)':
      'Mehr Schritte dauern länger und sind genauer (Standard: was zum Modell passt)',
    'How closely to follow the words; 1 = hardly (default: what suits the model)':
      'Wie genau die Worte befolgt werden; 1 = kaum (Standard: was zum Modell passt)',
    'The way from noise to picture (default: what suits the model)':
      'Der Weg vom Rauschen zum Bild (Standard: was zum Modell passt)',
    'Kind of audio file (default: mp3)': 'Art der Audiodatei (Standard: mp3)',
    'A sound or a spectrogram picture (default: my last clip in this channel)':
      'Ein Klang oder ein Spektrogramm (Standard: mein letzter Clip in diesem Kanal)',
    'A picture (default: my last clip in this channel)':
      'Ein Bild (Standard: mein letzter Clip in diesem Kanal)',
    'A sound (default: my last clip in this channel)':
      'Ein Klang (Standard: mein letzter Clip in diesem Kanal)',
    'Or a link to the message that has it (Copy Message Link)':
      'Oder ein Link zur Nachricht, in der er steht (Nachrichtenlink kopieren)',
    'How much may change: 0 = nothing, 1 = everything (default: 0.55, medium)':
      'Wie viel sich ändern darf: 0 = nichts, 1 = alles (Standard: 0,55, mittel)',
    'Seconds, in whole pictures (default: one picture, some five seconds)':
      'Sekunden, in ganzen Bildern (Standard: ein Bild, gut fünf Sekunden)',
    'Variations to choose from, in one message (default: 1)':
      'Varianten zur Auswahl, in einer Nachricht (Standard: 1)',
    'Whether its end must run on into its beginning, whatever the model':
      'Ob das Ende nahtlos in den Anfang übergehen muss, egal bei welchem Modell',
    'Make one piece of music that goes from one sound to another':
      'Mach ein Musikstück, das von einem Klang zu einem anderen geht',
    'What you would like to hear first': 'Was du zuerst hören möchtest',
    'What it becomes': 'Was daraus wird',
    'Pictures on the way, some five seconds each (default: 5)':
      'Bilder auf dem Weg, je gut fünf Sekunden (Standard: 5)',
    'The sound or spectrogram picture to start from': 'Der Klang oder das Spektrogramm, mit dem es losgeht',
    'The sound or spectrogram picture to arrive at': 'Der Klang oder das Spektrogramm, bei dem es ankommt',
    'Or a link to the message of the clip to start from':
      'Oder ein Link zur Nachricht des Clips, mit dem es losgeht',
    'Or a link to the message of the clip to arrive at':
      'Oder ein Link zur Nachricht des Clips, bei dem es ankommt',
    'How much of the clips may change: 0 = nothing, 1 = everything (default: 0.55, medium)':
      'Wie viel von den Clips sich ändern darf: 0 = nichts, 1 = alles (Standard: 0,55, mittel)',
    'Seed of the far end (default: that of the start)': 'Seed des Ziels (Standard: der vom Anfang)',
    'Go there and back, so that it can be played round and round':
      'Hin und zurück, sodass man es immer wieder im Kreis spielen kann',
  },
  choices: {
    ...serverCommands.choices,
  },
};
