import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { LocalDiscord } from '../discord/local-discord.js';
import type { LocalUser } from '../discord/people/local-user.js';
import { BotUnderTest, deployCommands, environmentFor, temporaryFolder } from './bot-under-test.js';
import { CLIP_MS, isClip } from './clip-checks.js';

const PATIENT = { timeoutMs: CLIP_MS };

let discord: LocalDiscord;
let greta: LocalUser;
let bot: BotUnderTest;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  discord = await LocalDiscord.start();
  greta = discord.createUser({ name: 'greta', locale: 'de' });
  await deployCommands(discord);
  folder = await temporaryFolder();
  bot = BotUnderTest.start(folder.path, environmentFor(discord));
  await bot.logged('Connected to Discord.');
});

afterAll(async () => {
  await bot.stop();
  await discord.stop();
  await folder.remove();
});

afterEach(() => expect(discord.violations).toEqual([]));

describe('somebody whose Discord is German', () => {
  it(
    'reads German in replies and under clips',
    async () => {
      const room = discord.createGuild({ name: 'Band' }).createTextChannel({ name: 'studio' });
      const command = greta.useCommand(room, 'riff', { prompt: 'funk bassline', seed: 7, steps: 2 });
      expect((await command.response()).buttons.map(({ label }) => label)).toEqual(['Abbrechen']);
      const message = await room.waitForMessage(isClip, PATIENT);
      expect(message.embeds[0]?.fields?.map(({ name, value }) => [name, value])).toEqual(
        expect.arrayContaining([
          ['Schritte', '2'],
          ['Dauer', '5,1 s'],
          ['Gewünscht von', `<@${greta.id}>`],
        ]),
      );
      expect(message.buttons.map(({ label }) => label)).toContain('Nochmal');
      await discord.waitUntil('the link', () => isReady(command.original?.content));
    },
    CLIP_MS,
  );

  it(
    'reads German in a Japanese community, where the clip is for everybody and speaks Japanese',
    async () => {
      const guild = discord.createGuild({ name: 'バンド', locale: 'ja' });
      const room = guild.createTextChannel({ name: 'スタジオ' });
      const command = greta.useCommand(room, 'riff', { prompt: 'funk bassline', seed: 7, steps: 1 });
      const message = await room.waitForMessage(isClip, PATIENT);
      expect(message.embeds[0]?.fields?.map(({ name }) => name)).toContain('リクエスト');
      await discord.waitUntil('the link', () => isReady(command.original?.content));
    },
    CLIP_MS,
  );

  it('reads German when something is wrong with what was asked for', async () => {
    const room = discord.createGuild({ name: 'Band' }).createTextChannel({ name: 'mistakes' });
    const nothing = greta.useCommand(room, 'riff', { prompt: '   ' });
    await discord.waitUntil('the refusal', () =>
      /„prompt“ steht nichts/.test(nothing.original?.content ?? ''),
    );
    const nowhere = greta.useCommand(room, 'remix', { prompt: 'jazz', link: 'that one there' });
    await discord.waitUntil('the refusal', () => /kein Link/.test(nowhere.original?.content ?? ''));
  });

  it('asks for help and about the model in private, and is answered in German', async () => {
    const room = discord.createGuild({ name: 'Band' }).createTextChannel({ name: 'questions' });
    const help = greta.useCommand(room, 'help');
    await discord.waitUntil('help', () => help.original?.embeds[0]?.title === 'Was ich kann');
    expect(help.original?.ephemeral).toBe(true);
    const about = greta.useCommand(room, 'about');
    await discord.waitUntil('the model', () => about.original?.embeds.length === 1);
    expect(about.original?.ephemeral).toBe(true);
    const fields = about.original?.embeds[0]?.fields?.map(({ name, value }) => `${name}: ${value}`);
    expect(fields).toContain('Lizenz: MIT');
    expect(fields?.at(-1)).toMatch(/^Gemessen an \d+ Clips: - das Genre ist das gewünschte: \*\*\d+\u00a0%/);
  });
});

function isReady(content = ''): boolean {
  return content.startsWith('Dein Clip ist fertig: https://');
}
