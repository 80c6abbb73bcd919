import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { LocalDiscord } from '../discord/local-discord.js';
import { BotUnderTest, environmentFor, temporaryFolder } from './bot-under-test.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeEach(async () => {
  folder = await temporaryFolder();
});

afterEach(() => folder.remove());

describe('npm start', () => {
  it('says in two sentences what to do without a token, and what works without one', async () => {
    const bot = BotUnderTest.start(folder.path);
    expect(await bot.exit()).toEqual({ code: 1, signal: null });
    expect(bot.stderr.trim().split(/(?<=[.!?])\s+(?=[A-Z])/)).toHaveLength(2);
    expect(bot.stderr).toContain('DISCORD_TOKEN');
    expect(bot.stderr).toContain('npx riffcord riff');
    expect(bot.stdout).toBe('');
  });

  it('says which setting is wrong', async () => {
    const bot = BotUnderTest.start(folder.path, { DISCORD_TOKEN: 'x', RIFFCORD_MAX_WAITING: 'many' });
    expect(await bot.exit()).toEqual({ code: 1, signal: null });
    expect(bot.stderr).toMatch(/^RIFFCORD_MAX_WAITING must be a whole number .*"many"/);
  });

  it('says in a sentence that the token is wrong', async () => {
    const discord = await LocalDiscord.start();
    try {
      const bot = BotUnderTest.start(folder.path, {
        ...environmentFor(discord),
        DISCORD_TOKEN: 'a.wrong.token',
      });
      expect(await bot.exit()).toEqual({ code: 1, signal: null });
      expect(bot.stderr.trim().split('\n')).toEqual([
        expect.stringMatching(/^Discord does not accept the token: .*DISCORD_TOKEN\.$/),
      ]);
      expect(bot.stdout).not.toContain('a.wrong.token');
    } finally {
      await discord.stop();
    }
  });

  it('says in a sentence that Discord is out of reach', async () => {
    const nobody = 'http://127.0.0.1:9/api';
    const bot = BotUnderTest.start(folder.path, { DISCORD_TOKEN: 'x', DISCORD_API_URL: nobody });
    expect(await bot.exit()).toEqual({ code: 1, signal: null });
    expect(bot.stderr).toMatch(/^The bot could not start \(.*\): please check the network/);
    expect(bot.stderr).not.toContain('    at ');
  });

  it('refuses to share its data with a bot that is running', async () => {
    const discord = await LocalDiscord.start();
    const first = BotUnderTest.start(folder.path, environmentFor(discord));
    try {
      await first.logged('Connected to Discord.');
      const second = BotUnderTest.start(folder.path, environmentFor(discord));
      expect(await second.exit()).toEqual({ code: 1, signal: null });
      expect(second.stderr.trim().split('\n')).toHaveLength(1);
      expect(second.stderr).toContain('queue');
    } finally {
      await first.stop();
      await discord.stop();
    }
  });

  it('stops in order when asked, and shows the operator that commands are not registered', async () => {
    const discord = await LocalDiscord.start();
    const bot = BotUnderTest.start(folder.path, environmentFor(discord));
    try {
      await bot.logged('Discord has other commands than this bot: run "npm run deploy".');
      expect(await bot.stop()).toEqual({ code: 0, signal: null });
      expect(bot.stderr).toBe('');
      expect(discord.violations).toEqual([]);
    } finally {
      await discord.stop();
    }
  });
});
