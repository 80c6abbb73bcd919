/** Draws what people see of the bot, for docs/discord.md: the real bot against the local double of Discord. */
import { writeFileSync } from 'node:fs';

import { PATIENT, Studio } from '../test/app/studio.js';
import type { Message } from '../test/discord/state/message.js';
import { formPicture, messagePicture } from './plot/message-picture.js';

const FOLDER = new URL('../docs/pictures/', import.meta.url);
const PROMPT = 'funk bassline with a jazzy saxophone solo';

export async function benchMessages(): Promise<void> {
  const studio = await Studio.open();
  try {
    await draw(studio);
  } finally {
    await studio.close();
  }
}

async function draw({ ada, bo, room }: Studio): Promise<void> {
  const names = new Map([ada, bo].map(({ id, name }) => [id, name]));
  const shot = async (name: string, message: Message) => save(name, await messagePicture(message, names));
  ada.useCommand(room, 'riff', { prompt: PROMPT, seed: 42 });
  const clip = await room.waitForMessage(({ origin, author }) => author.bot && origin === undefined, PATIENT);
  await shot('discord-clip.png', clip);

  const click = bo.clickButton(clip, 'Remix');
  save('discord-remix-form.png', await formPicture(await click.openedModal()));
  await shot('discord-recipe.png', await bo.clickButton(clip, 'Recipe').response());
  const refused = bo.useCommand(room, 'remix', { prompt: 'x', link: 'https://example.com/a.mp3' });
  await shot('discord-refusal.png', await refused.response());
}

function save(name: string, png: Uint8Array): void {
  writeFileSync(new URL(name, FOLDER), png);
  console.log(`Wrote docs/pictures/${name}.`);
}
