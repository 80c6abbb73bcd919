import type { CommandTexts } from '../command-texts.js';
import { names } from './names.js';
import { serverCommands } from './server-commands.js';

export const commands: CommandTexts = {
  names,
  descriptions: {
    ...serverCommands.descriptions,
    'Make a clip of music from words': 'Crée un clip de musique à partir de mots',
    'Make a new clip out of another one, and words': 'Crée un nouveau clip à partir d’un autre et de mots',
    'Hear a picture: a spectrogram, or anything drawn or photographed':
      'Écoute une image : un spectrogramme, ou n’importe quel dessin ou photo',
    'See a sound of up to five minutes, as a picture that can be played':
      'Regarde un son de cinq minutes au plus, sous forme d’image que l’on peut rejouer',
    'What I can do, and how to ask for it': 'Ce que je sais faire, et comment me le demander',
    'The model that makes the music, its licence, and how well it does':
      'Le modèle qui fait la musique, sa licence et ce qu’il vaut',
    'What you would like to hear, for example "funk bassline with a jazzy saxophone solo"':
      'Ce que tu veux entendre, plutôt en anglais : « funk bassline with a jazzy saxophone solo »',
    'What you would rather not hear': 'Ce que tu préfères ne pas entendre',
    'Beats per minute (default: what the words say, such as "128 bpm")':
      'Battements par minute (par défaut : ce que disent les mots, comme « 128 bpm »)',
    'The same seed and options give the same clip (default: a new one each time)':
      'La même graine et les mêmes options donnent le même clip (par défaut : une nouvelle)',
    'More steps take longer and are more exact (default: what suits the model)':
      'Plus d’étapes : plus long et plus précis (par défaut : ce qui convient au modèle)',
    'How closely to follow the words; 1 = hardly (default: what suits the model)':
      'Fidélité aux mots ; 1 = presque aucune (par défaut : ce qui convient au modèle)',
    'The way from noise to picture (default: what suits the model)':
      'Le chemin du bruit à l’image (par défaut : ce qui convient au modèle)',
    'Kind of audio file (default: mp3)': 'Type de fichier audio (par défaut : mp3)',
    'A sound or a spectrogram picture (default: my last clip in this channel)':
      'Un son ou un spectrogramme (par défaut : mon dernier clip dans ce salon)',
    'A picture (default: my last clip in this channel)':
      'Une image (par défaut : mon dernier clip dans ce salon)',
    'A sound (default: my last clip in this channel)': 'Un son (par défaut : mon dernier clip dans ce salon)',
    'Or a link to the message that has it (Copy Message Link)':
      'Ou un lien vers le message où il se trouve (Copier le lien du message)',
    'How much may change: 0 = nothing, 1 = everything (default: 0.55, medium)':
      'Ce qui peut changer : 0 = rien, 1 = tout (par défaut : 0,55, moyenne)',
    'Seconds, in whole pictures (default: one picture, some five seconds)':
      'Secondes, en images entières (par défaut : une image, environ cinq secondes)',
    'Variations to choose from, in one message (default: 1)':
      'Variations au choix, dans un seul message (par défaut : 1)',
    'Whether its end must run on into its beginning, whatever the model':
      'Si la fin doit s’enchaîner sans coupure sur le début, quel que soit le modèle',
    'Make one piece of music that goes from one sound to another':
      'Crée un seul morceau qui va d’un son à un autre',
    'What you would like to hear first': 'Ce que tu veux entendre d’abord',
    'What it becomes': 'Ce que cela devient',
    'Pictures on the way, some five seconds each (default: 5)':
      'Images sur le chemin, d’environ cinq secondes chacune (par défaut : 5)',
    'The sound or spectrogram picture to start from': 'Le son ou le spectrogramme de départ',
    'The sound or spectrogram picture to arrive at': 'Le son ou le spectrogramme d’arrivée',
    'Or a link to the message of the clip to start from': 'Ou un lien vers le message du clip de départ',
    'Or a link to the message of the clip to arrive at': 'Ou un lien vers le message du clip d’arrivée',
    'How much of the clips may change: 0 = nothing, 1 = everything (default: 0.55, medium)':
      'Ce qui peut changer des clips : 0 = rien, 1 = tout (par défaut : 0,55, moyenne)',
    'Seed of the far end (default: that of the start)':
      'Graine de l’autre bout (par défaut : celle du début)',
    'Go there and back, so that it can be played round and round':
      'Aller et retour, pour pouvoir le jouer en boucle',
  },
  choices: {
    ...serverCommands.choices,
  },
};
