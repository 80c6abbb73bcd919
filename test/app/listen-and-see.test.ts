import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { durationSeconds } from '../../src/engine/audio/audio-clip.js';
import { writeAudio } from '../../src/engine/files/write-audio.js';
import { readAudio } from '../../src/engine/files/read-audio.js';
import { readPicture } from '../../src/engine/files/read-picture.js';
import { LocalDiscord } from '../discord/local-discord.js';
import type { LocalFile } from '../discord/people/command-input.js';
import type { LocalChannel } from '../discord/people/local-channel.js';
import type { LocalGuild } from '../discord/people/local-guild.js';
import type { LocalUser } from '../discord/people/local-user.js';
import type { Message } from '../discord/state/message.js';
import { amplitudeAt, tone } from '../engine/files/fixtures.js';
import { BotUnderTest, deployCommands, environmentFor, temporaryFolder } from './bot-under-test.js';
import { CLIP_MS, isClip } from './clip-checks.js';

const PATIENT = { timeoutMs: CLIP_MS };

let discord: LocalDiscord;
let guild: LocalGuild;
let ada: LocalUser;
let bot: BotUnderTest;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  discord = await LocalDiscord.start();
  guild = discord.createGuild({ name: 'Band' });
  ada = discord.createUser({ name: 'ada' });
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

describe('/see and /listen', () => {
  it(
    'show a sound as a picture to look at and one to play, which then sounds as it did',
    async () => {
      const room = guild.createTextChannel({ name: 'there and back' });
      const sound = await writeAudio(tone(44_100, 1, 3), 'mp3');
      const clip = { filename: 'My Tone.mp3', bytes: Buffer.from(sound.bytes) };
      const command = ada.useCommand(room, 'see', { clip });
      const picture = await room.waitForMessage(isClip, PATIENT);
      const [readable, playable] = picture.attachments;
      expect([readable?.filename, playable?.filename]).toEqual(['my-tone-readable.png', 'my-tone.png']);
      expect(picture.embeds[0]?.image?.url).toContain('my-tone-readable.png');
      expect(await sharp(readable?.bytes).metadata()).toMatchObject({
        format: 'png',
        width: 840,
        height: 576,
      });
      expect(await readPicture(playable?.bytes ?? Buffer.alloc(0))).toMatchObject({ paramsFromTags: true });
      await discord.waitUntil('the link', () => command.original?.content.includes(picture.id) ?? false);

      ada.useCommand(room, 'listen', { format: 'wav' });
      const heard = await room.waitForMessage((message) => message !== picture && isClip(message), PATIENT);
      expect(heard.embeds[0]?.description).toBe('**A picture, played**');
      const [seconds, amplitude] = await soundOf(heard, 440);
      expect(seconds).toBeCloseTo(3, 1);
      expect(amplitude).toBeGreaterThan(0.1);
      expect((await soundOf(heard, 1000))[1]).toBeLessThan(0.01);
    },
    2 * CLIP_MS,
  );

  it(
    'plays a drawing, and says what it took it for',
    async () => {
      const room = guild.createTextChannel({ name: 'drawings' });
      const line = '<path d="M0 150H300" stroke="#ff3020" stroke-width="8"/>';
      const drawing = await svg(300, 200, '#101010', line);
      ada.useCommand(room, 'listen', { clip: drawing, format: 'ogg' });
      const heard = await room.waitForMessage(isClip, PATIENT);
      const { description = '' } = heard.embeds[0] ?? {};
      expect(description).toContain('each column is 10 ms');
      expect(description).toContain('stretched it to 512 rows');
      expect(description).toContain('brightness for loudness');
      expect(description).toContain('mostly dark, so bright is loud');
      expect((await soundOf(heard, 440))[0]).toBeCloseTo(3, 1);
      const played = await readPicture(heard.attachments[0]?.bytes ?? Buffer.alloc(0));
      expect(played.picture).toMatchObject({ width: 300, height: 512 });
    },
    CLIP_MS,
  );

  it(
    'say in a sentence what they cannot do',
    async () => {
      const room = guild.createTextChannel({ name: 'mistakes' });
      const drawing = await svg(300, 200, '#fff', '');
      const sound = await writeAudio(tone(8000, 1, 0.1), 'wav');
      const tune = { filename: 'a.wav', bytes: Buffer.from(sound.bytes) };
      expect(await answer(room, 'listen', tune)).toContain('use /see');
      expect(await answer(room, 'see', drawing)).toContain('use /listen');
      const narrow = await svg(2, 200, '#fff', '');
      expect(await answer(room, 'listen', narrow)).toContain('2 columns wide');
      const broken = { filename: 'b.png', bytes: drawing.bytes.subarray(0, 60) };
      expect(await answer(room, 'listen', broken)).toContain('cannot be read');
      const long = await writeAudio({ sampleRate: 8000, channels: [new Float32Array(8000 * 302)] }, 'wav');
      const endless = { filename: 'c.wav', bytes: Buffer.from(long.bytes) };
      expect(await answer(room, 'see', endless)).toContain('too long');
    },
    CLIP_MS,
  );

  it(
    'put the result into the reply where the bot may not post',
    async () => {
      const botPermissions = ['ViewChannel', 'EmbedLinks', 'ReadMessageHistory'] as const;
      const mute = guild.createTextChannel({ name: 'mute', botPermissions });
      const reply = await ada
        .useCommand(mute, 'listen', { clip: await svg(100, 100, '#fff', '<circle cx="50" cy="50" r="9"/>') })
        .response();
      await discord.waitUntil('the sound', () => reply.attachments.length === 2, PATIENT);
      expect(reply.content).toContain('Send Messages');
    },
    CLIP_MS,
  );
});

/** The last words of the bot on a command that fails, now or when its job is done. */
async function answer(room: LocalChannel, name: string, clip: LocalFile): Promise<string> {
  const reply = await ada.useCommand(room, name, { clip }).response();
  await discord.waitUntil('the end', () => reply.buttons.length === 0, PATIENT);
  return reply.content;
}

/** Seconds of a message's sound, and how much of one frequency is in it. */
async function soundOf(message: Message, hertz: number): Promise<[seconds: number, amplitude: number]> {
  const { clip } = await readAudio(message.attachments[1]?.bytes ?? Buffer.alloc(0));
  const [samples = new Float32Array()] = clip.channels;
  return [durationSeconds(clip), amplitudeAt(samples, hertz, clip.sampleRate)];
}

async function svg(width: number, height: number, paper: string, ink: string): Promise<LocalFile> {
  const paperRect = `<rect width="100%" height="100%" fill="${paper}"/>`;
  const source = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${paperRect}${ink}</svg>`;
  return { filename: 'drawing.png', bytes: await sharp(Buffer.from(source)).png().toBuffer() };
}
