/** Every command, in English; each with the very texts as its type, so that none lacks a translation. */
import { aboutPayload } from './about.js';
import { forgetMePayload } from './forget-me.js';
import { helpPayload } from './help.js';
import { listenPayload } from './listen.js';
import { hearMenuPayload, morphMenuPayload, recipeMenuPayload, remixMenuPayload } from './menus.js';
import { morphPayload } from './morph.js';
import { cancelPayload, queuePayload } from './queue.js';
import { remixPayload } from './remix.js';
import { riffPayload } from './riff.js';
import { seePayload } from './see.js';
import { settingsPayload } from './settings.js';

export const englishPayloads = [
  riffPayload,
  remixPayload,
  morphPayload,
  listenPayload,
  seePayload,
  queuePayload,
  cancelPayload,
  settingsPayload,
  forgetMePayload,
  helpPayload,
  aboutPayload,
  remixMenuPayload,
  morphMenuPayload,
  hearMenuPayload,
  recipeMenuPayload,
] as const;
