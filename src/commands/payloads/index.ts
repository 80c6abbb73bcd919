/** Every command that Discord is told of. */
import type { RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';

import { remixPayload } from './remix.js';
import { riffPayload } from './riff.js';

export const payloads: readonly RESTPostAPIApplicationCommandsJSONBody[] = [riffPayload, remixPayload];
