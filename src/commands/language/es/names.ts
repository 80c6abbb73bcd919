import type { CommandName } from '../command-texts.js';

/** Names of commands and options; also where sentences mention them. */
export const names = {
  riff: 'riff',
  remix: 'remix',
  listen: 'escuchar',
  see: 'ver',
  help: 'ayuda',
  about: 'acerca-de',
  prompt: 'prompt',
  negative: 'sin',
  seed: 'semilla',
  steps: 'pasos',
  guidance: 'fidelidad',
  scheduler: 'scheduler',
  format: 'formato',
  clip: 'clip',
  link: 'enlace',
  strength: 'intensidad',
  length: 'duración',
  loop: 'bucle',
  count: 'cantidad',
} satisfies Record<CommandName, string>;
