import type { CommandName } from '../command-texts.js';

/** Names of commands and options; also where sentences mention them. */
export const names = {
  riff: 'riff',
  remix: 'remix',
  listen: 'anhören',
  see: 'ansehen',
  help: 'hilfe',
  about: 'über',
  prompt: 'prompt',
  negative: 'ohne',
  seed: 'seed',
  steps: 'schritte',
  guidance: 'treue',
  scheduler: 'scheduler',
  format: 'format',
  clip: 'clip',
  link: 'link',
  strength: 'stärke',
  length: 'länge',
  loop: 'schleife',
  count: 'anzahl',
} satisfies Record<CommandName, string>;
