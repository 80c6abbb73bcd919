import { REST, Routes } from 'discord.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { riffPayload } from '../../src/commands/payloads/riff.js';
import { readRecipe } from '../../src/engine/files/read-recipe.js';
import { LocalDiscord } from '../discord/local-discord.js';
import type { LocalChannel } from '../discord/people/local-channel.js';
import type { LocalGuild } from '../discord/people/local-guild.js';
import type { LocalUser } from '../discord/people/local-user.js';
import { BotUnderTest, deployCommands, environmentFor, temporaryFolder } from './bot-under-test.js';
import { CLIP_MS, clipsIn, expectMusic, expectPlayableClip, isClip } from './clip-checks.js';

const ACKNOWLEDGE_MS = 3000;
const EDIT_INTERVAL_MS = 3000;
/** The most work that one clip can be, so that it is still being made when its second status is due. */
const LONGEST = { steps: 100, scheduler: 'heun' } as const;
const PATIENT = { timeoutMs: CLIP_MS };

let discord: LocalDiscord;
let guild: LocalGuild;
let studio: LocalChannel;
let ada: LocalUser;
let bo: LocalUser;
let mod: LocalUser;
let bot: BotUnderTest;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  discord = await LocalDiscord.start();
  guild = discord.createGuild({ name: 'Band' });
  studio = guild.createTextChannel({ name: 'studio' });
  ada = discord.createUser({ name: 'ada' });
  bo = discord.createUser({ name: 'bo' });
  mod = discord.createUser({ name: 'mod', permissions: ['ManageMessages'] });
  await deployCommands(discord);
  folder = await temporaryFolder();
  const limits = { RIFFCORD_MAX_PER_USER: '2', RIFFCORD_MAX_WAITING: '2' };
  bot = BotUnderTest.start(folder.path, { ...environmentFor(discord), ...limits });
  await bot.logged('Connected to Discord.');
});

afterAll(async () => {
  await bot.stop();
  await discord.stop();
  await folder.remove();
});

afterEach(() => expect(discord.violations).toEqual([]));

describe('/riff', () => {
  it(
    'posts a clip as an ordinary message: picture, sound, and what they were made of',
    async () => {
      const command = ada.useCommand(studio, 'riff', { prompt: 'funk bassline', seed: 7, steps: 3 });
      await command.acknowledged();
      expect(command.acknowledgedAfterMs).toBeLessThan(ACKNOWLEDGE_MS);

      const message = await studio.waitForMessage(isClip, PATIENT);
      const [embed] = message.embeds;
      expect(embed?.description).toBe('**funk bassline**');
      const facts = new Map(embed?.fields?.map(({ name, value }) => [name, value]));
      expect(facts.get('Understood')).toContain('funk');
      facts.delete('Understood');
      expect([...facts.values()]).toEqual(['`7`', '3', '5.1 s', `<@${ada.id}>`]);
      expect(message.pings).toEqual({ everyone: false, userIds: [], roleIds: [] });
      for (const { bytes } of message.attachments) {
        expect(await readRecipe(bytes)).toMatchObject({
          prompt: 'funk bassline',
          seed: 7,
          numInferenceSteps: 3,
        });
      }
      await expectPlayableClip(message);
      await expectMusic(message);

      const link = `https://discord.com/channels/${guild.id}/${studio.id}/${message.id}`;
      await discord.waitUntil('the link', () => command.original?.content.includes(link) ?? false);
      expect(command.original?.buttons).toEqual([]);
      expect(command.original?.attachments).toEqual([]);
      expect(clipsIn(studio)).toHaveLength(1);
    },
    CLIP_MS,
  );

  it(
    'answers at once while the engine is busy, shows progress at a fair pace, and cancels',
    async () => {
      const room = guild.createTextChannel({ name: 'busy' });
      const active = ada.useCommand(room, 'riff', { prompt: 'a long one', ...LONGEST });
      const status = await active.response();
      await discord.waitUntil('a picture', () => status.attachments.length === 1, PATIENT);
      expect(status.content).toMatch(/`█+░+` \d+% · \w+/);

      const waiting = bo.useCommand(room, 'riff', { prompt: 'the next one', steps: 1 });
      expect((await waiting.response()).content).toContain('1 clip is ahead of yours.');
      expect(waiting.acknowledgedAfterMs).toBeLessThan(ACKNOWLEDGE_MS);

      const stranger = bo.clickButton(status, 'Cancel');
      expect((await stranger.followUp()).content).toContain('Only the person who asked');
      expect((await stranger.followUp()).ephemeral).toBe(true);

      bo.clickButton(await waiting.response(), 'Cancel');
      await discord.waitUntil('the end of the waiting one', () => isCancelled(waiting.original));
      mod.clickButton(status, 'Cancel');
      await discord.waitUntil('the end of the active one', () => isCancelled(status), PATIENT);
      expect(status.buttons).toEqual([]);
      expect(status.attachments).toEqual([]);

      // The last edit is the end of the job, which does not wait its turn.
      const times = editsOf(active.token).slice(0, -1);
      const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0));
      expect(gaps.length).toBeGreaterThan(0);
      expect(Math.min(...gaps)).toBeGreaterThan(EDIT_INTERVAL_MS - 100);
      expect(clipsIn(room)).toEqual([]);
    },
    CLIP_MS,
  );

  it(
    'refuses more than one person may have, and more than the queue may hold',
    async () => {
      const room = guild.createTextChannel({ name: 'crowd' });
      const use = (user: LocalUser) => user.useCommand(room, 'riff', { prompt: 'x', ...LONGEST });
      const first = use(ada);
      await first.response();
      const second = use(ada);
      await second.response();
      expect((await use(ada).response()).content).toContain('as many clips in the queue as one person may');
      const third = use(bo);
      await third.response();
      expect((await use(mod).response()).content).toContain('The queue is full.');
      for (const command of [third, second, first]) {
        mod.clickButton(await command.response(), 'Cancel');
        await discord.waitUntil('the end', () => isCancelled(command.original), PATIENT);
      }
    },
    CLIP_MS,
  );

  it(
    'takes a prompt full of markdown and mentions for words',
    async () => {
      const room = guild.createTextChannel({ name: 'nasty' });
      const nasty = `@everyone <@${bo.id}> **bold** \`code\` [x](https://x.example) # h ||s||`;
      const prompt = nasty.padEnd(500, '*');
      const command = ada.useCommand(room, 'riff', { prompt, steps: 1, format: 'ogg' });
      expect((await command.response()).pings).toEqual({ everyone: false, userIds: [], roleIds: [] });
      const message = await room.waitForMessage(isClip, PATIENT);
      expect(message.pings).toEqual({ everyone: false, userIds: [], roleIds: [] });
      expect(message.embeds[0]?.description).toContain('@\u200beveryone \\<@');
      expect(await readRecipe(message.attachments[1]?.bytes ?? Buffer.alloc(0))).toMatchObject({ prompt });
      await expectPlayableClip(message);
    },
    CLIP_MS,
  );

  it('says what is wrong with values that Discord would not let through', async () => {
    const lawless = discord.createGuild({ name: 'Lawless' });
    const room = lawless.createTextChannel();
    await registerWithoutLimits(lawless);
    const answerTo = async (options: Record<string, string | number>) =>
      (await ada.useCommand(room, 'riff', { prompt: 'x', ...options }).response()).content;
    expect(await answerTo({ prompt: 'x'.repeat(5000) })).toContain('“prompt” is too long: at most 500');
    expect(await answerTo({ prompt: '   ' })).toContain('there is nothing in “prompt”');
    expect(await answerTo({ steps: 0 })).toMatch(/“steps” must be .*1/);
    expect(await answerTo({ guidance: 1e9 })).toContain('“guidance” must be at most 20');
    expect(await answerTo({ seed: -1 })).toMatch(/“seed” must be/);
    expect(await answerTo({ scheduler: 'magic' })).toContain('scheduler must be one of');
    expect(room.messages.filter(isClip)).toEqual([]);
  });

  it('offers sample prompts that fit what is typed', async () => {
    const typing = { focused: 'prompt', value: 'FUNK' };
    const choices = await ada.autocomplete(studio, 'riff', typing);
    expect(choices.length).toBeGreaterThan(0);
    for (const { name, value } of choices) {
      expect(value).toBe(name);
      expect(name.toLowerCase()).toContain('funk');
    }
    const all = await ada.autocomplete(studio, 'riff', { focused: 'prompt', value: '' });
    expect(all).toHaveLength(25);
    expect(await ada.autocomplete(studio, 'riff', { focused: 'prompt', value: 'zzzz' })).toEqual([]);
  });

  it(
    'puts the clip into its reply where it may not post, and says what is missing',
    async () => {
      const mute = guild.createTextChannel({ name: 'mute', botPermissions: ['ViewChannel', 'EmbedLinks'] });
      const command = ada.useCommand(mute, 'riff', { prompt: 'quiet', steps: 1 });
      const reply = await command.response();
      await discord.waitUntil('the clip', () => reply.attachments.length === 2, PATIENT);
      expect(reply.content).toContain('Attach Files and Send Messages');
      expect(reply.buttons.map(({ label }) => label)).not.toContain('Cancel');
      expect(clipsIn(mute)).toEqual([]);
    },
    CLIP_MS,
  );

  it(
    'posts once through rate limits, failures, and a connection that breaks after the post',
    async () => {
      const room = guild.createTextChannel({ name: 'storm' });
      const posting = { method: 'POST', route: '/channels/:channel/messages' } as const;
      discord.rateLimitNext({ method: 'PATCH', times: 3, retryAfterMs: 300 });
      discord.rateLimitNext({ ...posting, times: 2, retryAfterMs: 300 });
      discord.failNext({ ...posting, status: 503, times: 5 });
      discord.disconnectNext({ ...posting, when: 'after' });
      const command = ada.useCommand(room, 'riff', { prompt: 'storm', steps: 1 });
      const message = await room.waitForMessage(isClip, PATIENT);
      await discord.waitUntil(
        'the link',
        () => command.original?.content.includes(message.id) ?? false,
        PATIENT,
      );
      expect(clipsIn(room)).toHaveLength(1);
    },
    CLIP_MS,
  );

  it(
    'posts into a direct message',
    async () => {
      const direct = ada.directChannel();
      ada.useCommand(direct, 'riff', { prompt: 'for me alone', steps: 1, format: 'wav' });
      const message = await direct.waitForMessage(isClip, PATIENT);
      expect(message.attachments[1]?.filename).toMatch(/^for-me-alone-\d+\.wav$/);
    },
    CLIP_MS,
  );

  it('logs neither tokens nor prompts, and no failures', () => {
    expect(bot.stdout).not.toContain(discord.token);
    expect(bot.stdout).not.toContain('funk bassline');
    for (const { path } of discord.requests) {
      const token = /^\/webhooks\/\d+\/([^/]+)/.exec(path)?.[1];
      if (token !== undefined) expect(bot.stdout).not.toContain(token);
    }
    expect(bot.log.filter(({ level }) => level >= 50)).toEqual([]);
    expect(bot.stderr).toBe('');
  });
});

function isCancelled(message: { readonly content: string } | undefined): boolean {
  return message?.content.endsWith('Cancelled.') ?? false;
}

/** When the reply to an interaction was changed, in milliseconds. */
function editsOf(token: string): number[] {
  const edits = discord.requests.filter(({ method, path }) => method === 'PATCH' && path.includes(token));
  return edits.map(({ at }) => at);
}

/** `/riff` as a Discord that checks nothing would let people use it. */
async function registerWithoutLimits(target: LocalGuild): Promise<void> {
  const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
  const options = riffPayload.options.map(({ type, name, description }) => ({ type, name, description }));
  const body = { ...riffPayload, options, contexts: undefined, integration_types: undefined };
  await rest.post(Routes.applicationGuildCommands(discord.applicationId, target.id), { body });
}
