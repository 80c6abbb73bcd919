import type { CommandName } from '../command-texts.js';

/** Names of commands and options; also where sentences mention them. */
export const names = {
  riff: 'riff',
  remix: 'remix',
  listen: 'écouter',
  see: 'voir',
  help: 'aide',
  about: 'à-propos',
  prompt: 'prompt',
  negative: 'sans',
  seed: 'graine',
  steps: 'étapes',
  guidance: 'fidélité',
  scheduler: 'scheduler',
  format: 'format',
  clip: 'clip',
  link: 'lien',
  strength: 'intensité',
  length: 'durée',
  loop: 'boucle',
  count: 'nombre',
} satisfies Record<CommandName, string>;
