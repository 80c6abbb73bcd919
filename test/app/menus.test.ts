import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { encodeWav } from '../../src/engine/files/encode-wav.js';
import type { LocalFile } from '../discord/people/command-input.js';
import type { Message } from '../discord/state/message.js';
import { CLIP_MS, expectPlayableClip } from './clip-checks.js';
import { fieldsOf, linkTo, PATIENT, recipeOf, Studio } from './studio.js';

const TUNE: LocalFile = { filename: 'tune.wav', bytes: tune() };

let studio: Studio;
let clip: Message;

beforeAll(async () => {
  studio = await Studio.open();
  const { ada, room } = studio;
  clip = await studio.posted(() => ada.useCommand(room, 'riff', { prompt: 'organ', steps: 2, seed: 1 }));
}, 2 * CLIP_MS);

afterAll(() => studio.close());

/** A message of somebody who says nothing to the bot, so that it can see neither words nor files. */
function strangers(files: readonly LocalFile[] = [TUNE]): Message {
  return studio.bo.say(studio.room, 'my tune', { files });
}

describe("Remix in a message's menu", () => {
  it(
    'makes a new clip of a stranger’s sound, though the message is gone before the form is filled in',
    async () => {
      const { ada, discord } = studio;
      const message = strangers();
      const used = ada.useMessageCommand(message, 'Remix');
      const form = await used.openedModal();
      expect(form.title).toBe('Remix this clip');
      studio.bo.deleteMessage(message);
      const remix = await studio.posted(() => ada.submitModal(used, { prompt: 'jazzier', strength: '0,3' }));
      expect(fieldsOf(remix)).toMatchObject({ Strength: '0.3', From: linkTo(message) });
      expect(await recipeOf(remix)).toMatchObject({ prompt: 'jazzier', strength: 0.3 });
      await expectPlayableClip(remix);
      expect(discord.violations).toEqual([]);
    },
    CLIP_MS,
  );

  it('begins with the words of a clip of ours, and with none of other messages', async () => {
    const { ada } = studio;
    const ours = await ada.useMessageCommand(clip, 'Remix').openedModal();
    const theirs = await ada.useMessageCommand(strangers(), 'Remix').openedModal();
    expect(JSON.stringify(ours.components[0])).toContain('"value":"organ"');
    expect(JSON.stringify(theirs.components[0])).not.toContain('"value"');
  });

  it('takes the form after a restart, and says so when too much time has gone by', async () => {
    const { ada } = studio;
    const [used, other] = [ada.useMessageCommand(strangers(), 'Remix'), strangers()];
    await used.openedModal();
    await studio.restartBot();
    const answer = await ada.submitModal(used, { prompt: 'x' }).response();
    ada.clickButton(answer, 'Cancel');

    const replaced = ada.useMessageCommand(other, 'Remix');
    await replaced.openedModal();
    await ada.useMessageCommand(clip, 'Remix').openedModal();
    const late = await ada.submitModal(replaced, { prompt: 'x' }).response();
    expect(late.content).toContain('choose it in the menu of its message again');
  }, 60_000);
});

describe("Morph with… in a message's menu", () => {
  it('goes from the first chosen clip to the second, and then begins anew', async () => {
    const { ada, discord } = studio;
    const first = await ada.useMessageCommand(clip, 'Morph with…').response();
    expect([first.ephemeral, first.content]).toEqual([true, expect.stringContaining('another message')]);
    const again = await ada.useMessageCommand(clip, 'Morph with…').response();
    expect(again.content).toBe(first.content);
    const answer = await ada.useMessageCommand(strangers(), 'Morph with…').response();
    expect([answer.ephemeral, answer.content]).toEqual([false, expect.stringContaining('organ')]);
    ada.clickButton(answer, 'Cancel');
    await discord.waitUntil('the end', () => answer.content.endsWith('Cancelled.'), PATIENT);
    const third = await ada.useMessageCommand(clip, 'Morph with…').response();
    expect(third.content).toBe(first.content);
  });

  it('says that it lacks words when neither clip has any', async () => {
    const { bo } = studio;
    await bo.useMessageCommand(strangers(), 'Morph with…').response();
    const answer = await bo.useMessageCommand(strangers(), 'Morph with…').response();
    expect(answer.content).toContain('in words what to go from and to');
  });
});

describe('the other commands of the menu', () => {
  it(
    'play a picture that a stranger has posted',
    async () => {
      const { ada, room } = studio;
      const picture = { filename: 'drawing.png', bytes: clip.attachments[0]?.bytes ?? Buffer.alloc(0) };
      const message = strangers([picture]);
      const heard = await studio.posted(() => ada.useMessageCommand(message, 'Hear it'), room);
      expect(heard.embeds[0]?.description).toContain('A picture, played');
    },
    CLIP_MS,
  );

  it('show a recipe to who asks alone, from a clip of ours that somebody else has posted, too', async () => {
    const { ada } = studio;
    const picture = { filename: 'copy.png', bytes: clip.attachments[0]?.bytes ?? Buffer.alloc(0) };
    for (const message of [clip, strangers([picture])]) {
      const shown = await ada.useMessageCommand(message, 'Show recipe').response();
      expect([shown.ephemeral, shown.embeds[0]?.description]).toEqual([true, '**organ**']);
      expect(fieldsOf(shown)).toMatchObject({ Seed: '`1`', Steps: '2' });
    }
  });

  it.each([
    ['Remix', [], 'no sound or picture in that message'],
    ['Morph with…', [], 'no sound or picture in that message'],
    ['Hear it', [TUNE], 'no sound or picture in that message'],
    ['Show recipe', [TUNE], 'does not say how it was made'],
    ['Hear it', [{ filename: 'a.png', bytes: Buffer.from('words') }], 'neither a sound nor a picture'],
  ])('%s says so where there is nothing for it', async (name, files, sentence) => {
    const answer = await studio.ada.useMessageCommand(strangers(files), name).response();
    expect(answer.content).toContain(sentence);
  });
});

describe('a bot that a person has brought along', () => {
  it(
    'makes, remixes, changes and shows clips where it is no member, in its answers alone',
    async () => {
      const { discord, ada, bo } = studio;
      const foreign = discord.createGuild({ name: 'foreign', withBot: false }).createTextChannel();
      ada.installApp();
      const made = ada.useCommand(foreign, 'riff', { prompt: 'piano', steps: 2, seed: 7 });
      const answer = await made.response();
      const isThere = () => answer.attachments.length === 2;
      await discord.waitUntil('the clip', isThere, PATIENT);
      expect(made.followUps).toEqual([]);

      const recipe = await bo.clickButton(answer, 'Recipe').response();
      expect(recipe.embeds[0]?.description).toBe('**piano**');
      const varied = bo.clickButton(answer, 'Vary a little');
      const variation = await varied.response();
      await discord.waitUntil('the variation', () => variation.attachments.length === 2, PATIENT);
      expect(fieldsOf(variation)).toMatchObject({ From: linkTo(answer) });

      const used = ada.useMessageCommand(bo.say(foreign, 'mine', { files: [TUNE] }), 'Remix');
      await used.openedModal();
      const submitted = ada.submitModal(used, { prompt: 'choir', strength: '0.1' });
      const remix = await submitted.response();
      await discord.waitUntil('the remix', () => remix.attachments.length === 2, PATIENT);
      expect(foreign.messages.every(({ author, origin }) => !author.bot || origin !== undefined)).toBe(true);
      expect(discord.violations).toEqual([]);
    },
    3 * CLIP_MS,
  );

  it(
    'answers in conversations of people, too',
    async () => {
      const { discord, ada, bo } = studio;
      const group = ada.privateChannel(bo);
      const answer = await ada.useCommand(group, 'riff', { prompt: 'piano', steps: 2 }).response();
      await discord.waitUntil('the clip', () => answer.attachments.length === 2, PATIENT);
      const refusal = await ada.useCommand(group, 'remix', { prompt: 'x' }).response();
      expect(refusal.content).toContain('Read Message History');
      expect(discord.violations).toEqual([]);
    },
    CLIP_MS,
  );
});

/** Two seconds of a falling tone. */
function tune(): Buffer {
  const sampleRate = 22_050;
  const samples = Float32Array.from(
    { length: 2 * sampleRate },
    (_, i) => 0.4 * Math.sin((i / sampleRate) * 2 * Math.PI * (400 - (i / sampleRate) * 100)),
  );
  return Buffer.from(encodeWav({ sampleRate, channels: [samples] }, { title: 'tune' }));
}
