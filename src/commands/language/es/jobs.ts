import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { list, number, percent, plural } = formatsFor('es');

export const jobs: Phrases['jobs'] = {
  next: 'El tuyo es el siguiente.',
  ahead: (clips) =>
    `Hay ${number(clips)} ${plural(clips, { one: 'clip', other: 'clips' })} antes que el tuyo.`,
  percent,
  stages: {
    loading: 'despertando al modelo',
    denoising: (step, steps) => `paso ${number(step)} de ${number(steps)}`,
    decoding: 'revelando la imagen',
    sounding: 'convirtiendo la imagen en sonido',
    encoding: 'empaquetando el sonido',
  },
  part: (clip, clips) => `clip ${number(clip)} de ${number(clips)}`,
  listening: 'Convirtiendo la imagen en sonido.',
  seeing: 'Convirtiendo el sonido en imagen.',
  restarting: 'El bot se está reiniciando; tu clip conserva su lugar.',
  cancelled: 'Cancelado.',
  ready: (link) => `Tu clip está listo: ${link}`,
  cancel: 'Cancelar',
  preview: 'La imagen tal como está por ahora.',
  notAllowedToPost: 'No se me permitió publicar en este canal, por eso tu clip está aquí.',
  missingPermissions: (permissions) =>
    `No puedo publicar en este canal (la moderación puede darme estos permisos: ${list(permissions)}), por eso tu clip está aquí.`,
  permissions: {
    'View Channel': 'Ver canal',
    'Embed Links': 'Insertar enlaces',
    'Attach Files': 'Adjuntar archivos',
    'Send Messages': 'Enviar mensajes',
    'Send Messages in Threads': 'Enviar mensajes en hilos',
  },
};
