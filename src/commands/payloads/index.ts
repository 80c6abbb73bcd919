/** Every command that Discord is told of, in every language. */
import type { RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';

import { languages } from '../language/languages.js';
import { localised } from '../language/localised-payload.js';
import { englishPayloads } from './all.js';

export const payloads: readonly RESTPostAPIApplicationCommandsJSONBody[] = englishPayloads.map((payload) =>
  localised(payload, languages),
);
