import { CLIP_FILE_MAX_BYTES } from '../../attachment-source.js';
import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';
import { names } from './names.js';

const { number } = formatsFor('es');

const OPERATOR = 'Avisa por favor a quien administra el bot';

export const failures: Phrases['failures'] = {
  unexpected: (incident) =>
    `Algo ha salido mal por mi parte. Inténtalo de nuevo; si sigue igual, dile a quien administra el bot este incidente: ${incident}.`,
  unknownCommand: 'Ya no conozco este comando. Recarga Discord e inténtalo de nuevo.',
  unknownButton: 'Este botón ya no hace nada.',
  request: {
    empty: (option) => `Di qué quieres que haga: no hay nada en «${option}».`,
    notANumber: (option) => `«${option}» tiene que ser un número.`,
    tooLong: (option, most) => `«${option}» es demasiado largo: ${number(most)} caracteres como mucho.`,
    tooSmall: (option, least) => `«${option}» tiene que ser ${number(least)} como mínimo.`,
    tooLarge: (option, most) => `«${option}» tiene que ser ${number(most)} como máximo.`,
    inEnglish: (message) => `Así no puede ser. Los detalles solo los sé decir en inglés: ${message}`,
  },
  parameters: {
    prompt: names.prompt,
    negativePrompt: names.negative,
    seed: names.seed,
    numInferenceSteps: names.steps,
    guidanceScale: names.guidance,
    strength: names.strength,
    bpm: names.bpm,
    seconds: names.length,
  },
  command: {
    two_clips: 'Da un archivo o un enlace, no los dos.',
    clip_not_found: `No encuentro ningún clip mío entre los últimos mensajes de aquí. Adjunta uno, da un enlace a su mensaje o crea uno con /${names.riff}.`,
    link_unreadable:
      'Eso no es un enlace a un mensaje. Elige «Copiar enlace del mensaje» en el menú del mensaje que tiene el clip, o adjunta el archivo.',
    link_foreign:
      'Solo puedo tomar clips de mensajes que tanto tú como yo podamos leer. Adjunta el archivo directamente.',
    message_gone: 'No encuentro ese mensaje: puede que se haya borrado. Adjunta el archivo directamente.',
    message_without_clip:
      'No veo ningún sonido ni imagen en ese mensaje. Discord solo me muestra los archivos de mensajes ajenos si me mencionan: adjunta el archivo directamente.',
    no_clip_there: 'En ese mensaje no hay ningún sonido ni imagen.',
    choice_forgotten: 'Ya no sé de qué clip se trataba. Elígelo otra vez en el menú de su mensaje.',
    channel_unreadable:
      'No puedo leer los mensajes de ahí. Adjunta el archivo directamente, o pide a la moderación que me dé los permisos «Ver canal» y «Leer el historial de mensajes».',
    address_forbidden:
      'Solo descargo archivos de Discord. Adjunta el archivo, o da un enlace a un mensaje que lo tenga.',
    file_too_large: `Este archivo pesa más de ${CLIP_FILE_MAX_BYTES / 2 ** 20} MB. Recorta una parte, o guárdalo como MP3 u Ogg.`,
    file_gone:
      'Discord ya no tiene ese archivo, o su dirección ha caducado. Adjunta el archivo directamente.',
    file_unreachable:
      'Discord no me ha entregado ese archivo. Inténtalo dentro de un minuto, o adjúntalo otra vez.',
    not_a_clip:
      'Este archivo no es un sonido ni una imagen que yo sepa leer. Prueba con WAV, MP3, Ogg o FLAC, o con PNG, JPEG o WebP.',
    not_a_sound: `Esto es una imagen, y necesito un sonido. Para oír una imagen, usa /${names.listen}.`,
    not_a_picture: `Esto es un sonido, y necesito una imagen. Para ver un sonido, usa /${names.see}.`,
    not_a_strength: 'La intensidad tiene que ser un número de 0 a 1, por ejemplo 0,55.',
    input_lost: 'He perdido el archivo con el que había que hacerlo. Envíalo otra vez.',
    too_many_jobs:
      'Ya tienes en la cola tantos clips como puede tener una persona. Espera a que acabe uno, o cancela alguno.',
    job_over: 'Demasiado tarde: este clip ya está terminado o se canceló.',
    clip_too_large:
      'El clip terminado pesa más de lo que se puede subir aquí. Prueba en un servidor o un mensaje directo con un límite mayor.',
    clip_undeliverable:
      'El clip está terminado, pero no se me permitió publicarlo aquí. Pide a la moderación que me deje publicar y adjuntar archivos, e inténtalo de nuevo.',
    batch_too_long: 'Varios clips a la vez pueden durar tres minutos en total. Pide menos, o más cortos.',
    morph_without_words: 'Di con palabras de dónde a dónde ir: solo puedo tomarlas de un clip si lo hice yo.',
    morph_without_start: 'Da también el clip de partida, o los dos extremos con palabras.',
    long_enough: 'Este clip ya es tan largo como los hago: tres minutos.',
    not_your_clip: 'Solo puede borrar este clip quien lo pidió o la moderación.',
    not_your_job: 'Solo puede cancelar este clip quien lo pidió o quien puede gestionar mensajes.',
  },
  queue: {
    closed: 'El bot se está reiniciando. Inténtalo de nuevo en un minuto.',
    full: 'La cola está llena. Inténtalo de nuevo en unos minutos.',
    storage_failed:
      'No se aceptó tu petición porque no se pudo guardar: puede que el disco esté lleno. Inténtalo más tarde, o avisa a quien administra el bot.',
    locked: 'El bot está arrancando. Inténtalo de nuevo en un minuto.',
    abandoned:
      'El bot se detuvo varias veces mientras hacía este clip, así que lo dejó. Prueba con otras opciones, o avisa a quien lo administra.',
    timed_out: 'Esto tardaba demasiado y lo he parado. Prueba con un clip más corto o con menos pasos.',
  },
  engine: {
    model_missing: `El modelo para esto no está instalado. ${OPERATOR}: \`npx riffcord doctor\` dice qué falta.`,
    model_corrupt: `El modelo para esto está dañado. ${OPERATOR}: \`npx riffcord doctor\` dice qué archivo.`,
    model_unsupported: `El modelo para esto es de un tipo que no sé ejecutar. ${OPERATOR}: \`npx riffcord doctor\` dice más.`,
    device_unavailable: `El dispositivo en el que debo calcular no funciona. ${OPERATOR}: \`npx riffcord doctor\` dice por qué.`,
    audio_unreadable: 'No se puede leer este archivo de audio. Prueba con un archivo WAV, MP3, Ogg o FLAC.',
    audio_too_long: 'Este archivo de audio es demasiado largo. Prueba con uno más corto.',
    audio_empty: 'En este archivo de audio no hay sonido. Prueba con otro.',
    image_unreadable: 'No se puede leer esta imagen. Prueba con un archivo PNG, JPEG o WebP.',
    image_too_large:
      'Esta imagen tiene demasiados píxeles, o sonaría más de cinco minutos. Prueba con una más pequeña.',
    image_not_spectrogram: `Esta imagen no es un espectrograma que pueda usar tal cual. Dásela primero a /${names.listen}: la imagen que publicaré entonces sí servirá.`,
    recipe_missing: 'Este archivo no dice cómo se hizo. Prueba con uno que haya publicado yo.',
    recipe_invalid: 'No sé leer cómo se hizo este archivo; puede que lo hiciera una versión mía más nueva.',
    disk_full: `El disco está lleno. ${OPERATOR} e inténtalo más tarde.`,
    io_failed: `No se pudo leer o escribir un archivo. ${OPERATOR} e inténtalo más tarde.`,
    engine_crashed: 'El motor se detuvo varias veces con este clip. Prueba con otras opciones.',
    engine_hung: 'El motor dejó de responder varias veces con este clip. Prueba con menos pasos.',
    engine_closed: 'El bot se está reiniciando. Inténtalo de nuevo en un minuto.',
  },
};
