import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { encodeWav } from '../../src/engine/files/encode-wav.js';
import type { LocalFile } from '../discord/people/command-input.js';
import type { LocalChannel } from '../discord/people/local-channel.js';
import type { Message } from '../discord/state/message.js';
import { CLIP_MS, clipsIn, expectPlayableClip, isClip } from './clip-checks.js';
import { fieldsOf, linkTo, PATIENT, recipeOf, Studio } from './studio.js';

const SOUND: LocalFile = { filename: 'tune.wav', bytes: tune(), contentType: 'audio/wav' };

let studio: Studio;
let mention: string;
/** Made by a command: of an organ, in two steps. */
let clip: Message;

beforeAll(async () => {
  studio = await Studio.open();
  mention = `<@${studio.discord.applicationId}>`;
  const options = { prompt: 'organ', negative: 'drums', steps: 2, seed: 1 };
  clip = await studio.posted(() => studio.ada.useCommand(studio.room, 'riff', options));
}, 2 * CLIP_MS);

afterAll(() => studio.close());

describe('a reply to a clip', () => {
  it(
    'remixes it with words, a strength and a seed, and answers with a reply that pings nobody',
    async () => {
      const asked = studio.bo.say(studio.room, 'more jazzy 0.6 seed 42', { replyTo: clip });
      const answer = await answerTo(asked);
      expect(answer.pings).toEqual({ everyone: false, userIds: [], roleIds: [] });
      const remix = await made(answer);
      expect(answer.edits.length).toBeGreaterThan(1);
      expect(await recipeOf(remix)).toMatchObject({
        ...{ prompt: 'organ, more jazzy', negativePrompt: 'drums', seed: 42 },
        ...{ strength: 0.6, numInferenceSteps: 2 },
      });
      expect(fieldsOf(remix)).toMatchObject({
        ...{ Strength: '0.6', From: linkTo(clip), 'Asked by': `<@${studio.bo.id}>` },
      });
      await expectPlayableClip(remix);

      // The remix is a clip like any other, and other words may take the place of its own.
      const again = await made(
        await answerTo(studio.ada.say(studio.room, 'remix brass band', { replyTo: remix })),
      );
      expect(await recipeOf(again)).toMatchObject({ prompt: 'brass band', strength: 0.55 });
    },
    2 * CLIP_MS,
  );

  it('that is talk, or pings nobody, or answers no clip, is left alone', async () => {
    const room = studio.guild.createTextChannel({ name: 'talk' });
    const inRoom = await studio.posted(
      () => studio.ada.useCommand(room, 'riff', { prompt: 'x', steps: 2 }),
      room,
    );
    const before = room.messages.length;
    const said = [
      ...['thanks!', 'that is heavy', '10/10', 'wow'].map((words) =>
        studio.bo.say(room, words, { replyTo: inRoom }),
      ),
      studio.bo.say(room, 'more jazzy 0.6', { replyTo: inRoom, ping: false }),
      studio.bo.say(room, 'more jazzy 0.6'),
    ];
    const talk = said.at(-1);
    if (talk) said.push(studio.ada.say(room, 'more jazzy 0.6', { replyTo: talk }));
    // Messages are heard in order: once this one is answered, those before it were heard.
    const greeted = await answerTo(studio.ada.say(room, `hello ${mention}`), room);
    expect(greeted.content).toContain('Reply to a clip of mine');
    studio.bo.say(room, 'remix cello 0.5', { replyTo: greeted });
    await answerTo(studio.ada.say(room, mention), room);
    expect(room.messages).toHaveLength(before + said.length + 2 + 1 + 2);
  });

  it(
    'can be cancelled by who wrote it, and is made once though the bot dies while it is made',
    async () => {
      const room = studio.guild.createTextChannel({ name: 'survivor' });
      const source = await studio.posted(
        () => studio.ada.useCommand(room, 'riff', { prompt: 'organ', steps: 20 }),
        room,
      );
      const first = await answerTo(studio.bo.say(room, 'more bass', { replyTo: source }), room);
      await withCancelButton(first);
      studio.bo.clickButton(first, 'Cancel');
      await studio.discord.waitUntil('the end', () => first.content.endsWith('Cancelled.'), PATIENT);

      const second = await answerTo(studio.bo.say(room, 'strength 1', { replyTo: source }), room);
      await withCancelButton(second);
      studio.bot.kill('SIGKILL');
      await studio.bot.exit();
      await studio.startBot();
      const remix = await made(second, room);
      expect(fieldsOf(remix)).toMatchObject({ Strength: '1' });
      expect(clipsIn(room)).toHaveLength(2);
    },
    3 * CLIP_MS,
  );
});

describe('a message that mentions the bot', () => {
  it(
    'remixes the sound that it brings along, in a direct message too',
    async () => {
      const asked = studio.ada.say(studio.room, `${mention} church bells 40%`, { files: [SOUND] });
      const remix = await made(await answerTo(asked));
      expect(fieldsOf(remix)).toMatchObject({ Strength: '0.4', From: linkTo(asked) });
      expect(await recipeOf(remix)).toMatchObject({ prompt: 'church bells', strength: 0.4 });

      const direct = studio.bo.directChannel();
      const own = studio.bo.say(direct, 'mine', { files: [SOUND] });
      const there = studio.bo.say(direct, `${mention} solo piano light`, { replyTo: own });
      expect(fieldsOf(await made(await answerTo(there, direct), direct))).toMatchObject({
        ...{ Strength: '0.3', From: linkTo(own) },
      });
    },
    2 * CLIP_MS,
  );

  it('says what it cannot do, and how to go on', async () => {
    const { guild, ada, bo, room } = studio;
    const hidden = bo.say(room, 'listen', { files: [SOUND] });
    const cases: [Message, string][] = [
      [ada.say(room, `${mention} more jazzy`, { replyTo: hidden }), 'no sound or picture in that message'],
      [ada.say(room, `${mention} 0.5`, { files: [SOUND] }), 'Please say what I should make'],
      [ada.say(room, `${mention} x seed 4294967296`, { replyTo: clip }), 'seed'],
      [ada.say(room, mention, { replyTo: clip }), 'Reply to a clip of mine'],
    ];
    for (const [asked, sentence] of cases) await said(await answerTo(asked), sentence);
    const bare = guild.createTextChannel({
      name: 'bare',
      botPermissions: ['ViewChannel', 'SendMessages', 'ReadMessageHistory'],
    });
    const refused = ada.say(bare, `${mention} bells`, { files: [SOUND] });
    await said(await answerTo(refused, bare), 'Attach Files');
  });
});

/** What the bot replies to a message. */
function answerTo(asked: Message, channel: LocalChannel = studio.room): Promise<Message> {
  return channel.waitForMessage(({ author, repliesTo }) => author.bot && repliesTo === asked, PATIENT);
}

/** The clip that an answer links to in the end. */
function made(answer: Message, channel: LocalChannel = studio.room): Promise<Message> {
  return channel.waitForMessage((one) => isClip(one) && answer.content.includes(one.id), PATIENT);
}

function said(answer: Message, sentence: string): Promise<void> {
  return studio.discord.waitUntil(sentence, () => answer.content.includes(sentence), PATIENT);
}

function withCancelButton(answer: Message): Promise<void> {
  return studio.discord.waitUntil('the button', () => answer.buttons.length > 0, PATIENT);
}

/** Two seconds of a chord that beats. */
function tune(): Buffer {
  const sampleRate = 22_050;
  const samples = Float32Array.from({ length: 2 * sampleRate }, (_, i) => {
    const t = i / sampleRate;
    const chord = [220, 277, 330].reduce((sum, hertz) => sum + Math.sin(2 * Math.PI * hertz * t), 0);
    return 0.2 * chord * Math.exp(-8 * (t % 0.5));
  });
  return Buffer.from(encodeWav({ sampleRate, channels: [samples] }, {}));
}
