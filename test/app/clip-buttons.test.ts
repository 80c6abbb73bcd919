import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { readRecipe } from '../../src/engine/files/read-recipe.js';
import { LocalDiscord } from '../discord/local-discord.js';
import type { LocalChannel } from '../discord/people/local-channel.js';
import type { LocalUser } from '../discord/people/local-user.js';
import type { Message } from '../discord/state/message.js';
import { BotUnderTest, deployCommands, environmentFor, temporaryFolder } from './bot-under-test.js';
import { CLIP_MS, clipsIn, expectPlayableClip, isClip } from './clip-checks.js';

const PATIENT = { timeoutMs: CLIP_MS };
const DAY_MS = 25 * 60 * 60_000;

let discord: LocalDiscord;
let studio: LocalChannel;
let ada: LocalUser;
let bo: LocalUser;
let bot: BotUnderTest;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeEach(async () => {
  discord = await LocalDiscord.start();
  studio = discord.createGuild().createTextChannel({ name: 'studio' });
  ada = discord.createUser({ name: 'ada' });
  bo = discord.createUser({ name: 'bo' });
  await deployCommands(discord);
  folder = await temporaryFolder();
  bot = await startBot();
});

afterEach(async () => {
  await bot.stop();
  expect(discord.violations).toEqual([]);
  await discord.stop();
  await folder.remove();
});

describe('the buttons of a clip', () => {
  it(
    'make others like it, for anybody, after a restart and a day, as often as they are pressed',
    async () => {
      const options = { prompt: 'funk', negative: 'drums', seed: 7, steps: 2, guidance: 3, format: 'ogg' };
      ada.useCommand(studio, 'riff', options);
      const clip = await studio.waitForMessage(isClip, PATIENT);
      expect(clip.buttons.map(({ label }) => label)).toEqual(['Again', 'Vary a little', 'Vary a lot']);
      await bot.stop();
      discord.clock.advance(DAY_MS);
      bot = await startBot();

      const again = await pressed(bo, clip, 'Again');
      expect(again.attachments[1]?.filename).toMatch(/^funk-\d+\.ogg$/);
      const { seed, ...recipe } = await recipeOf(again);
      expect(seed).not.toBe(7);
      expect({ seed: 7, ...recipe }).toEqual(await recipeOf(clip));

      const varied = await pressed(ada, clip, 'Vary a little');
      expect(await recipeOf(varied)).toMatchObject({ prompt: 'funk', strength: 0.3, numInferenceSteps: 2 });
      expect(varied.embeds[0]?.fields).toContainEqual(
        expect.objectContaining({ name: 'From', value: expect.stringContaining(clip.id) as string }),
      );
      await expectPlayableClip(varied);
      // What it was made of is not in it, so it is not made again.
      expect(varied.buttons.map(({ label }) => label)).toEqual(['Vary a little', 'Vary a lot']);

      const variedAgain = await pressed(bo, varied, 'Vary a lot');
      expect(await recipeOf(variedAgain)).toMatchObject({ prompt: 'funk', strength: 0.6 });
      expect(clipsIn(studio)).toHaveLength(4);
      expect(clip.edits).toEqual([]);
    },
    2 * CLIP_MS,
  );
});

async function startBot(): Promise<BotUnderTest> {
  const started = BotUnderTest.start(folder.path, environmentFor(discord));
  await started.logged('Connected to Discord.');
  return started;
}

/** The clip that is made when somebody presses a button. */
async function pressed(user: LocalUser, message: Message, label: string): Promise<Message> {
  const known = new Set(clipsIn(studio));
  const press = user.clickButton(message, label);
  const made = await studio.waitForMessage((one) => isClip(one) && !known.has(one), PATIENT);
  await discord.waitUntil('the link', () => press.original?.content.includes(made.id) ?? false, PATIENT);
  return made;
}

function recipeOf(message: Message) {
  return readRecipe(message.attachments[0]?.bytes ?? Buffer.alloc(0));
}
