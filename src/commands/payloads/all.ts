/** Every command, in English; each with the very texts as its type, so that none lacks a translation. */
import { aboutPayload } from './about.js';
import { helpPayload } from './help.js';
import { listenPayload } from './listen.js';
import { morphPayload } from './morph.js';
import { remixPayload } from './remix.js';
import { riffPayload } from './riff.js';
import { seePayload } from './see.js';

export const englishPayloads = [
  riffPayload,
  remixPayload,
  morphPayload,
  listenPayload,
  seePayload,
  helpPayload,
  aboutPayload,
] as const;
