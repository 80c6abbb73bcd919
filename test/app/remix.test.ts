import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { numberOfFrames } from '../../src/engine/audio/audio-clip.js';
import { encodeWav } from '../../src/engine/files/encode-wav.js';
import { readAudio } from '../../src/engine/files/read-audio.js';
import { readPicture } from '../../src/engine/files/read-picture.js';
import { readRecipe } from '../../src/engine/files/read-recipe.js';
import { LocalDiscord } from '../discord/local-discord.js';
import type { LocalFile, OptionValue } from '../discord/people/command-input.js';
import type { LocalChannel } from '../discord/people/local-channel.js';
import type { LocalGuild } from '../discord/people/local-guild.js';
import type { LocalUser } from '../discord/people/local-user.js';
import type { Message } from '../discord/state/message.js';
import { BotUnderTest, deployCommands, environmentFor, temporaryFolder } from './bot-under-test.js';
import { CLIP_MS, clipsIn, expectPlayableClip, isClip } from './clip-checks.js';

const PATIENT = { timeoutMs: CLIP_MS };
const SOUND: LocalFile = { filename: 'my tune.wav', bytes: tune() };

let discord: LocalDiscord;
let guild: LocalGuild;
let studio: LocalChannel;
let ada: LocalUser;
let bo: LocalUser;
let bot: BotUnderTest;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  discord = await LocalDiscord.start();
  guild = discord.createGuild({ name: 'Band' });
  studio = guild.createTextChannel({ name: 'studio' });
  ada = discord.createUser({ name: 'ada' });
  bo = discord.createUser({ name: 'bo' });
  await deployCommands(discord);
  folder = await temporaryFolder();
  bot = await startBot();
});

afterAll(async () => {
  await bot.stop();
  await discord.stop();
  await folder.remove();
});

afterEach(() => expect(discord.violations).toEqual([]));

describe('/remix', () => {
  it(
    'makes a clip of an attached sound, then of that clip, and keeps no file longer than it must',
    async () => {
      ada.useCommand(studio, 'remix', { prompt: 'organ', clip: SOUND, strength: 0.3, steps: 3, seed: 1 });
      const first = await studio.waitForMessage(isClip, PATIENT);
      expect(fieldsOf(first)).toMatchObject({ Strength: '0.3', From: 'my\\_tune.wav', Seed: '`1`' });
      const recipe = await readRecipe(first.attachments[0]?.bytes ?? Buffer.alloc(0));
      expect(recipe).toMatchObject({ prompt: 'organ', strength: 0.3 });
      expect(recipe.initImage?.sha256).toMatch(/^[0-9a-f]{64}$/);
      await expectPlayableClip(first);

      const command = bo.useCommand(studio, 'remix', { prompt: 'brass', steps: 3 });
      const second = await studio.waitForMessage((message) => isClip(message) && message !== first, PATIENT);
      expect(fieldsOf(second)).toMatchObject({ Strength: '0.55', From: linkTo(first) });
      await discord.waitUntil('the link', () => command.original?.content.includes(second.id) ?? false);
      await expect.poll(keptFiles, { timeout: CLIP_MS }).toBe(0);
    },
    2 * CLIP_MS,
  );

  it(
    'makes all of a longer sound anew, exactly as long, and takes a picture that anybody has drawn',
    async () => {
      const room = guild.createTextChannel({ name: 'long' });
      const clip = { filename: 'long.wav', bytes: tune(11.003) };
      ada.useCommand(room, 'remix', { prompt: 'organ', clip, strength: 0.3, steps: 4, format: 'wav' });
      const long = await room.waitForMessage(isClip, PATIENT);
      const { clip: sound } = await readAudio(long.attachments[1]?.bytes ?? Buffer.alloc(0));
      expect(numberOfFrames(sound)).toBe(48_000 * 11.003);
      const recipe = await readRecipe(long.attachments[0]?.bytes ?? Buffer.alloc(0));
      expect(recipe).toMatchObject({ pictures: 3, seconds: 11.003 });

      const picture = { filename: 'hill.jpg', bytes: await hill() };
      ada.useCommand(room, 'remix', { prompt: 'choir', clip: picture, strength: 0.5, steps: 2 });
      const drawn = await room.waitForMessage((message) => isClip(message) && message !== long, PATIENT);
      expect(fieldsOf(drawn)).toMatchObject({ From: 'hill.jpg', Strength: '0.5' });
      await expectPlayableClip(drawn);
    },
    2 * CLIP_MS,
  );

  it(
    'goes back to the clip at strength 0',
    async () => {
      const room = guild.createTextChannel({ name: 'nothing changes' });
      const source = bo.directChannel();
      bo.useCommand(source, 'riff', { prompt: 'piano', steps: 2 });
      const original = await source.waitForMessage(isClip, PATIENT);
      const [picture] = original.attachments;
      if (!picture) throw new Error('The clip has no picture.');
      const clip = { filename: 'p.png', bytes: picture.bytes };
      ada.useCommand(room, 'remix', { prompt: 'noise', clip, strength: 0, steps: 2 });
      const remix = await room.waitForMessage(isClip, PATIENT);
      expect(fieldsOf(remix)).toMatchObject({ Strength: '0' });
      // What is left is the autoencoder's loss.
      expect(await meanDifference(remix.attachments[0]?.bytes, picture.bytes)).toBeLessThan(10);
    },
    2 * CLIP_MS,
  );

  it('takes a link to a message that both may read, from another channel too', async () => {
    const open = guild.createTextChannel({ name: 'open' });
    const closed = guild.createTextChannel({ name: 'closed', closedTo: [bo] });
    const direct = ada.directChannel();
    const mention = `<@${discord.applicationId}>`;
    const [inOpen, inClosed] = [open, closed].map((channel) => ada.say(channel, mention, { files: [SOUND] }));
    const inDirect = ada.say(direct, 'mine', { files: [SOUND] });
    expect(await accepted(bo, studio, { link: linkTo(inOpen) })).toBe(true);
    expect(await accepted(ada, studio, { link: `<${linkTo(inClosed)}>` })).toBe(true);
    expect(await answer(bo, studio, { link: linkTo(inClosed) })).toContain('that you and I may both read');
    expect(await answer(bo, studio, { link: linkTo(inDirect) })).toContain('that you and I may both read');
    expect(await accepted(ada, direct, { link: linkTo(inDirect) })).toBe(true);
  });

  it('says what is wrong with what it is given, and how to go on', async () => {
    const room = guild.createTextChannel({ name: 'mistakes' });
    const say = (content: string, files: LocalFile[] = []) => linkTo(ada.say(room, content, { files }));
    const gone = ada.say(room, 'gone');
    ada.deleteMessage(gone);
    const file = (filename: string, bytes: Buffer) => ({ clip: { filename, bytes } });
    const cases: [Record<string, OptionValue>, string][] = [
      [{}, 'no clip of mine among the latest messages'],
      [{ link: 'that one there' }, 'no link to a message'],
      [{ link: 'https://example.com/a.mp3' }, 'from Discord and from nowhere else'],
      [{ link: 'http://127.0.0.1:1/attachments/1/1/a.mp3' }, 'from Discord and from nowhere else'],
      [{ link: `${discord.cdnUrl}/attachments/1/1/a.mp3` }, 'no longer has that file'],
      [{ link: linkTo(gone) }, 'may have been deleted'],
      [{ link: say('mine', [SOUND]) }, 'no sound or picture in that message'],
      [{ link: say(`<@${discord.applicationId}> words`) }, 'no sound or picture in that message'],
      [{ link: linkTo(gone), clip: SOUND }, 'not both'],
      [file('notes.txt', Buffer.from('words')), 'neither a sound nor a picture'],
      [file('fake.mp3', Buffer.from('<html></html>')), 'neither a sound nor a picture'],
      [file('empty.png', Buffer.alloc(0)), 'neither a sound nor a picture'],
    ];
    for (const [options, sentence] of cases) expect(await answer(ada, room, options)).toContain(sentence);
    const blind = guild.createTextChannel({ name: 'blind', botPermissions: ['ViewChannel', 'SendMessages'] });
    expect(await answer(ada, blind, {})).toContain('Read Message History');
    expect(await answer(ada, room, { link: linkTo(ada.say(blind, 'x')) })).toContain('View Channel');
    expect(keptFiles()).toBe(0);
  });

  it(
    'says so when the sound turns out to be damaged',
    async () => {
      const clip = { filename: 'cut.wav', bytes: tune().subarray(0, 44) };
      const command = ada.useCommand(studio, 'remix', { prompt: 'x', clip });
      const isSaid = () => /cannot be read|no sound in it/.test(command.original?.content ?? '');
      await discord.waitUntil('the sentence', isSaid, PATIENT);
    },
    CLIP_MS,
  );

  it('offers strengths by name, and takes any number', async () => {
    const offered = async (value: string) =>
      (await ada.autocomplete(studio, 'remix', { focused: 'strength', value })).map((choice) => choice.value);
    expect(await offered('')).toEqual([0.3, 0.55, 0.75]);
    expect(await offered('hea')).toEqual([0.75]);
    expect(await offered('0.42')).toEqual([0.42, 0.3, 0.55, 0.75]);
    expect(await offered('7')).toEqual([]);
    const prompts = await ada.autocomplete(studio, 'remix', { focused: 'prompt', value: 'funk' });
    expect(prompts.length).toBeGreaterThan(0);
  });

  it(
    'makes its clip once though the bot dies while it is made, and its file has left Discord',
    async () => {
      const room = guild.createTextChannel({ name: 'survivor' });
      const source = ada.say(room, `<@${discord.applicationId}>`, { files: [SOUND] });
      const options = { prompt: 'organ', link: linkTo(source), steps: 100, strength: 1 };
      const command = ada.useCommand(room, 'remix', options);
      await command.response();
      ada.deleteMessage(source);
      await bot.logged('A job has begun.');
      bot.kill('SIGKILL');
      await bot.exit();
      expect(keptFiles()).toBe(1);
      bot = await startBot();
      const message = await room.waitForMessage(isClip, PATIENT);
      expect(fieldsOf(message)).toMatchObject({ Strength: '1' });
      await expect.poll(keptFiles, { timeout: CLIP_MS }).toBe(0);
      expect(clipsIn(room)).toHaveLength(1);
    },
    2 * CLIP_MS,
  );
});

async function startBot(): Promise<BotUnderTest> {
  const started = BotUnderTest.start(folder.path, environmentFor(discord));
  await started.logged('Connected to Discord.');
  return started;
}

/** What the bot says to a remix that it refuses. */
async function answer(user: LocalUser, channel: LocalChannel, options: Record<string, OptionValue>) {
  return (await user.useCommand(channel, 'remix', { prompt: 'x', ...options }).response()).content;
}

/** Whether the bot takes it; then it is cancelled. */
async function accepted(user: LocalUser, channel: LocalChannel, options: Record<string, OptionValue>) {
  const command = user.useCommand(channel, 'remix', { prompt: 'x', steps: 100, ...options });
  const reply = await command.response();
  if (reply.buttons.length === 0) return reply.content;
  user.clickButton(reply, 'Cancel');
  const isCancelled = () => reply.content.endsWith('Cancelled.');
  await discord.waitUntil('the end', isCancelled, PATIENT);
  return true;
}

function linkTo(message: Message | undefined): string {
  if (message === undefined) throw new Error('There is no message.');
  const { channel } = message;
  const place = 'guild' in channel ? channel.guild.id : '@me';
  return `https://discord.com/channels/${place}/${channel.id}/${message.id}`;
}

function fieldsOf(message: Message): Record<string, string> {
  const fields = message.embeds[0]?.fields ?? [];
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}

/** Mean distance of two pictures, in grey levels. */
async function meanDifference(first: Buffer | undefined, second: Buffer): Promise<number> {
  const { rgb } = (await readPicture(first ?? Buffer.alloc(0))).picture;
  const other = (await readPicture(second)).picture.rgb;
  return rgb.reduce((sum, level, i) => sum + Math.abs(level - (other[i] ?? 0)), 0) / rgb.length;
}

/** Files that the bot keeps for jobs. */
function keptFiles(): number {
  const path = join(folder.path, 'data', 'inputs');
  return existsSync(path) ? readdirSync(path).length : 0;
}

/** A chord that beats. */
function tune(seconds = 2): Buffer {
  const sampleRate = 48_000;
  const samples = Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, i) => {
    const t = i / sampleRate;
    const chord = [220, 277, 330].reduce((sum, hertz) => sum + Math.sin(2 * Math.PI * hertz * t), 0);
    return 0.2 * chord * Math.exp(-8 * (t % 0.5));
  });
  return Buffer.from(encodeWav({ sampleRate, channels: [samples] }, {}));
}

/** A drawing of a hill, which is no spectrogram: ink on paper. */
function hill(): Promise<Buffer> {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="512" height="300"><rect width="512" height="300" fill="#fff"/><path d="M0 280Q256-80 512 280" fill="none" stroke="#222" stroke-width="9"/></svg>';
  return sharp(Buffer.from(svg)).jpeg().toBuffer();
}
