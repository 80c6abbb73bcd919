/** Every command that Discord is told of. */
import type { RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';

import { listenPayload } from './listen.js';
import { remixPayload } from './remix.js';
import { riffPayload } from './riff.js';
import { seePayload } from './see.js';

export const payloads: readonly RESTPostAPIApplicationCommandsJSONBody[] = [
  riffPayload,
  remixPayload,
  listenPayload,
  seePayload,
];
