import type { CommandTexts } from '../command-texts.js';
import { names } from './names.js';
import { serverCommands } from './server-commands.js';

export const commands: CommandTexts = {
  names,
  descriptions: {
    ...serverCommands.descriptions,
    'Make a clip of music from words': 'Crea un clip de música a partir de palabras',
    'Make a new clip out of another one, and words': 'Crea un clip nuevo a partir de otro y de unas palabras',
    'Hear a picture: a spectrogram, or anything drawn or photographed':
      'Escucha una imagen: un espectrograma, o cualquier dibujo o foto',
    'See a sound of up to five minutes, as a picture that can be played':
      'Mira un sonido de hasta cinco minutos como una imagen que se puede reproducir',
    'What I can do, and how to ask for it': 'Qué sé hacer y cómo pedírmelo',
    'The model that makes the music, its licence, and how well it does':
      'El modelo que hace la música, su licencia y lo bien que lo hace',
    'What you would like to hear, for example "funk bassline with a jazzy saxophone solo"':
      'Lo que quieres oír, mejor en inglés: «funk bassline with a jazzy saxophone solo»',
    'What you would rather not hear': 'Lo que prefieres no oír',
    'Beats per minute (default: what the words say, such as "128 bpm")':
      'Pulsos por minuto (por defecto: lo que digan las palabras, como «128 bpm»)',
    'The same seed and options give the same clip (default: a new one each time)':
      'La misma semilla y opciones dan el mismo clip (por defecto: una nueva cada vez)',
    'More steps take longer and are more exact (default: what suits the model)':
      'Más pasos tardan más y son más precisos (por defecto: lo que le va bien al modelo)',
    'How closely to follow the words; 1 = hardly (default: what suits the model)':
      'Cuánto seguir las palabras; 1 = apenas (por defecto: lo que le va bien al modelo)',
    'The way from noise to picture (default: what suits the model)':
      'El camino del ruido a la imagen (por defecto: lo que le va bien al modelo)',
    'Kind of audio file (default: mp3)': 'Tipo de archivo de audio (por defecto: mp3)',
    'A sound or a spectrogram picture (default: my last clip in this channel)':
      'Un sonido o un espectrograma (por defecto: mi último clip en este canal)',
    'A picture (default: my last clip in this channel)':
      'Una imagen (por defecto: mi último clip en este canal)',
    'A sound (default: my last clip in this channel)':
      'Un sonido (por defecto: mi último clip en este canal)',
    'Or a link to the message that has it (Copy Message Link)':
      'O un enlace al mensaje que lo tiene (Copiar enlace del mensaje)',
    'How much may change: 0 = nothing, 1 = everything (default: 0.55, medium)':
      'Cuánto puede cambiar: 0 = nada, 1 = todo (por defecto: 0,55, media)',
    'Seconds, in whole pictures (default: one picture, some five seconds)':
      'Segundos, en imágenes enteras (por defecto: una imagen, unos cinco segundos)',
    'Variations to choose from, in one message (default: 1)':
      'Variaciones para elegir, en un solo mensaje (por defecto: 1)',
    'Whether its end must run on into its beginning, whatever the model':
      'Si el final debe enlazar sin corte con el principio, sea cual sea el modelo',
    'Make one piece of music that goes from one sound to another':
      'Crea una sola pieza que va de un sonido a otro',
    'What you would like to hear first': 'Lo que quieres oír primero',
    'What it becomes': 'En qué se convierte',
    'Pictures on the way, some five seconds each (default: 5)':
      'Imágenes del camino, de unos cinco segundos cada una (por defecto: 5)',
    'The sound or spectrogram picture to start from': 'El sonido o espectrograma de partida',
    'The sound or spectrogram picture to arrive at': 'El sonido o espectrograma de llegada',
    'Or a link to the message of the clip to start from': 'O un enlace al mensaje del clip de partida',
    'Or a link to the message of the clip to arrive at': 'O un enlace al mensaje del clip de llegada',
    'How much of the clips may change: 0 = nothing, 1 = everything (default: 0.55, medium)':
      'Cuánto de los clips puede cambiar: 0 = nada, 1 = todo (por defecto: 0,55, media)',
    'Seed of the far end (default: that of the start)':
      'Semilla del otro extremo (por defecto: la del principio)',
    'Go there and back, so that it can be played round and round':
      'Ir y volver, para poder reproducirlo en bucle',
  },
  choices: {
    ...serverCommands.choices,
  },
};
