/** Commands of the menu ("Apps") that each message has, as Discord is told of them. */
import { ApplicationCommandType } from 'discord.js';
import type { RESTPostAPIContextMenuApplicationCommandsJSONBody } from 'discord.js';

import { everywhere } from './places.js';

const ofMessages = { type: ApplicationCommandType.Message, ...everywhere } as const;

type MenuPayload = RESTPostAPIContextMenuApplicationCommandsJSONBody;

export const remixMenuPayload = { ...ofMessages, name: 'Remix' } as const satisfies MenuPayload;
export const morphMenuPayload = { ...ofMessages, name: 'Morph with…' } as const satisfies MenuPayload;
export const hearMenuPayload = { ...ofMessages, name: 'Hear it' } as const satisfies MenuPayload;
export const recipeMenuPayload = { ...ofMessages, name: 'Show recipe' } as const satisfies MenuPayload;
