import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { LocalDiscord } from '../discord/local-discord.js';
import type { LocalChannel } from '../discord/people/local-channel.js';
import type { LocalUser } from '../discord/people/local-user.js';
import type { Interaction } from '../discord/state/interaction.js';
import type { Message } from '../discord/state/message.js';
import { BotUnderTest, deployCommands, environmentFor, temporaryFolder } from './bot-under-test.js';
import { CLIP_MS, clipsIn, expectPlayableClip, isClip } from './clip-checks.js';

const PATIENT = { timeoutMs: CLIP_MS };
const TEST_MS = 2 * CLIP_MS;
/** So many that no machine is done with them before it is interrupted. */
const STEPS = 100;
const POSTING = { method: 'POST', route: '/channels/:channel/messages' } as const;

let discord: LocalDiscord;
let studio: LocalChannel;
let ada: LocalUser;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let bot: BotUnderTest;

beforeEach(async () => {
  discord = await LocalDiscord.start();
  studio = discord.createGuild().createTextChannel({ name: 'studio' });
  ada = discord.createUser({ name: 'ada' });
  await deployCommands(discord);
  folder = await temporaryFolder();
  bot = await startBot();
});

afterEach(async () => {
  await bot.stop();
  await discord.stop();
  await folder.remove();
});

describe('a clip in the making', () => {
  it(
    'is made again after kill -9 of the engine, and posted once',
    async ({ skip }) => {
      const command = ada.useCommand(studio, 'riff', { prompt: 'slow piano', steps: STEPS, seed: 3 });
      await untilUnderWay();
      const { enginePid } = bot;
      if (enginePid === undefined) skip('this system does not tell which process the engine is');
      else process.kill(enginePid, 'SIGKILL');

      await expectPlayableClip(await expectPostedOnce(command));
      expect(bot.enginePid).not.toBe(enginePid);
      const begun = bot.log.filter(({ msg }) => msg === 'A job has begun.');
      expect(begun.map(({ attempts }) => attempts)).toEqual([1, 2]);
    },
    TEST_MS,
  );

  it(
    'keeps its place over SIGTERM, says so, and is posted once after the restart',
    async () => {
      const command = ada.useCommand(studio, 'riff', { prompt: 'slow piano', steps: STEPS, seed: 3 });
      await untilUnderWay();
      const waiting = ada.useCommand(studio, 'riff', { prompt: 'never heard', steps: 1 });
      await waiting.response();
      expect(await bot.stop()).toEqual({ code: 0, signal: null });
      expect(command.original?.content).toContain('your clip keeps its place');
      expect(command.original?.buttons).toEqual([]);
      expect(clipsIn(studio)).toEqual([]);

      bot = await startBot();
      await discord.waitUntil('the button', () => (waiting.original?.buttons.length ?? 0) > 0, PATIENT);
      if (waiting.original) ada.clickButton(waiting.original, 'Cancel');
      await expectPostedOnce(command);
      expect(waiting.original?.content).toContain('Cancelled.');
    },
    TEST_MS,
  );

  it(
    'is made again after kill -9 of the bot, and posted once',
    async () => {
      const command = ada.useCommand(studio, 'riff', { prompt: 'slow piano', steps: STEPS, seed: 3 });
      await untilUnderWay();
      bot.kill('SIGKILL');
      await bot.exit();

      bot = await startBot();
      await expectPostedOnce(command);
    },
    TEST_MS,
  );
});

describe('a finished clip', () => {
  const cases = [
    // The library asks four times on its own.
    ['before Discord has taken the post', () => discord.failNext({ ...POSTING, status: 503, times: 4 })],
    [
      'before it hears that Discord has taken the post',
      () => discord.disconnectNext({ ...POSTING, when: 'after' }),
    ],
  ] as const;

  it.each(cases)(
    'is not made again when the bot dies %s, and posted once',
    async (_when, breakPosting) => {
      breakPosting();
      const command = ada.useCommand(studio, 'riff', { prompt: 'slow piano', steps: 1 });
      await bot.logged('A clip could not be posted; it is tried again.', CLIP_MS);
      bot.kill('SIGKILL');
      await bot.exit();

      bot = await startBot();
      await expectPostedOnce(command);
      expect(bot.log.map(({ msg }) => msg)).not.toContain('A clip is made.');
    },
    TEST_MS,
  );
});

async function startBot(): Promise<BotUnderTest> {
  const started = BotUnderTest.start(folder.path, environmentFor(discord));
  await started.logged('Connected to Discord.');
  return started;
}

/** The model is loaded, or soon will be; the status message shows the steps too late to be waited for. */
async function untilUnderWay(): Promise<void> {
  await bot.logged('A job has begun.');
  await sleep(1000);
}

async function expectPostedOnce(command: Interaction): Promise<Message> {
  const message = await studio.waitForMessage(isClip, PATIENT);
  const isLinked = () => command.original?.content.includes(message.id) ?? false;
  await discord.waitUntil('the link', isLinked, PATIENT);
  await bot.logged('A job is completed.');
  expect(clipsIn(studio)).toHaveLength(1);
  expect(discord.violations).toEqual([]);
  return message;
}
