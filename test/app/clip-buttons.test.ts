import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { durationSeconds } from '../../src/engine/audio/audio-clip.js';
import { encodeWav } from '../../src/engine/files/encode-wav.js';
import { readAudio } from '../../src/engine/files/read-audio.js';
import { tone } from '../engine/files/fixtures.js';
import type { Interaction } from '../discord/state/interaction.js';
import type { Message } from '../discord/state/message.js';
import { CLIP_MS, expectPlayableClip } from './clip-checks.js';
import { fieldsOf, labelsOf, linkTo, PATIENT, recipeOf, Studio } from './studio.js';

const DAY_MS = 25 * 60 * 60_000;
const ALL_BUTTONS = [
  ...['Again', 'Vary a little', 'Vary a lot', 'Remix', 'Longer'],
  ...['Loop', 'Voice message', 'Soundboard', 'Recipe', 'Delete'],
];

let studio: Studio;
/** Made before the bot was started anew, and a day ago. */
let clip: Message;
/** Made of it, for bo. */
let again: Message;
let varied: Message;

beforeAll(async () => {
  studio = await Studio.open();
  const options = { prompt: 'funk', negative: 'drums', seed: 7, steps: 2, guidance: 3, format: 'ogg' };
  clip = await studio.posted(() => studio.ada.useCommand(studio.room, 'riff', options));
  await studio.bot.stop();
  studio.discord.clock.advance(DAY_MS);
  await studio.startBot();
}, 2 * CLIP_MS);

afterAll(() => studio.close());

describe('the buttons of a clip, after a restart and a day', () => {
  it('stand in two rows, what makes other clips above', () => {
    expect(labelsOf(clip)).toEqual(ALL_BUTTONS);
    expect(clip.components).toHaveLength(2);
  });

  it(
    'Again makes it anew with another seed, for anybody',
    async () => {
      again = await pressed(clip, 'Again', studio.bo);
      expect(again.attachments[1]?.filename).toMatch(/^funk-\d+\.ogg$/);
      const { seed, ...recipe } = await recipeOf(again);
      expect(seed).not.toBe(7);
      expect({ seed: 7, ...recipe }).toEqual(await recipeOf(clip));
      expect(clip.edits).toEqual([]);
    },
    CLIP_MS,
  );

  it(
    'Vary remixes it, and Again works for the remix, too: of the same clip and just as strongly',
    async () => {
      varied = await pressed(clip, 'Vary a little');
      expect(await recipeOf(varied)).toMatchObject({ prompt: 'funk', strength: 0.3, numInferenceSteps: 2 });
      expect(fieldsOf(varied)).toMatchObject({ Strength: '0.3', From: linkTo(clip) });
      expect(labelsOf(varied)).toEqual(ALL_BUTTONS);
      await expectPlayableClip(varied);
      const remade = await pressed(varied, 'Again', studio.bo);
      const [first, second] = [await recipeOf(varied), await recipeOf(remade)];
      expect({ ...second, seed: first.seed }).toEqual(first);
      expect(second.seed).not.toBe(first.seed);
      expect(fieldsOf(remade)).toMatchObject({ From: linkTo(clip) });
    },
    2 * CLIP_MS,
  );

  it(
    'Remix asks for words and a strength in a form that begins with the words of the clip',
    async () => {
      const opened = studio.bo.clickButton(clip, 'Remix');
      const modal = await formOf(opened);
      expect(JSON.stringify(modal)).toContain('"value":"funk"');
      const remix = await studio.posted(() =>
        studio.bo.submitModal(opened, { prompt: 'brass *band*', strength: '0,4' }),
      );
      expect(await recipeOf(remix)).toMatchObject({ prompt: 'brass *band*', strength: 0.4 });
      expect(fieldsOf(remix)).toMatchObject({ Strength: '0.4', From: linkTo(clip) });
    },
    CLIP_MS,
  );

  it('Remix says what is wrong with what was filled in', async () => {
    const opened = studio.bo.clickButton(clip, 'Remix');
    await formOf(opened);
    const reply = await studio.bo.submitModal(opened, { prompt: 'x', strength: 'much' }).response();
    expect(reply.content).toContain('from 0 to 1');
  });

  it(
    'Longer goes on where the clip ends, and the first half stays what it was',
    async () => {
      const longer = await pressed(clip, 'Longer');
      const recipe = await recipeOf(longer);
      expect(recipe).toMatchObject({ prompt: 'funk', pictures: 2, width: 1024 });
      expect(recipe.maskImage).toMatchObject({ maskPicture: 'second-half' });
      expect(fieldsOf(longer)).toMatchObject({ From: linkTo(clip) });
      expect(await secondsOf(longer)).toBeCloseTo(10.24, 1);
      const remade = await pressed(longer, 'Again');
      expect({ ...(await recipeOf(remade)), seed: recipe.seed }).toEqual(recipe);
    },
    2 * CLIP_MS,
  );

  it(
    'Loop plays a clip that loops several times round',
    async () => {
      const loop = await pressed(clip, 'Loop');
      expect(loop.attachments.map(({ filename }) => filename)).toEqual(['funk-loop.ogg']);
      expect(await secondsOf(loop, 0)).toBeCloseTo(4 * 5.12, 2);
      expect(loop.embeds[0]?.description).toContain('4 times round');
    },
    CLIP_MS,
  );

  it(
    'Loop makes one that loops of a clip that does not, with its words and seed',
    async () => {
      const sound = { filename: 'a.wav', bytes: Buffer.from(encodeWav(tone(22_050, 1, 6), {})) };
      const options = { prompt: 'organ', clip: sound, strength: 0.3, steps: 1, seed: 9 };
      const open = await studio.posted(() => studio.ada.useCommand(studio.room, 'remix', options));
      const closed = await pressed(open, 'Loop');
      expect(await recipeOf(closed)).toMatchObject({ prompt: 'organ', seed: 9, strength: 0.3 });
      const loopIds = [open, closed].map(
        ({ buttons }) => buttons.find(({ label }) => label === 'Loop')?.customId,
      );
      expect(loopIds).toEqual(['loop:0/open', 'loop:0/loops']);
      // A file that came with a command is in no message, and a clip that ends within a picture has no border to go on at.
      expect(labelsOf(open)).not.toContain('Again');
      expect(labelsOf(open)).not.toContain('Longer');
    },
    2 * CLIP_MS,
  );

  it(
    'Voice message posts the sound with its length and outline, and nothing beside it',
    async () => {
      const voice = await pressed(clip, 'Voice message', studio.bo);
      expect(voice.flags & 8192).toBe(8192);
      const [file, ...others] = voice.attachments;
      expect(others).toEqual([]);
      expect(file?.contentType).toBe('audio/ogg');
      expect(file?.voice?.durationSeconds).toBeCloseTo(5.12, 2);
      const outline = Buffer.from(file?.voice?.waveform ?? '', 'base64');
      expect(outline).toHaveLength(52);
      expect(Math.max(...outline)).toBe(255);
    },
    CLIP_MS,
  );

  it('Soundboard gives who pressed it a file that Discord takes for a sound board', async () => {
    const answer = await privateAnswer(studio.bo.clickButton(clip, 'Soundboard'));
    const [file] = answer.attachments;
    expect(file?.filename).toBe('funk-soundboard.mp3');
    expect(file?.bytes.length).toBeLessThanOrEqual(512_000);
    // Even by the number of its frames, of which the first and last hold the encoder's delay.
    const frames = countFrames(file?.bytes ?? Buffer.alloc(0));
    expect((frames * 1152) / 48_000).toBeLessThanOrEqual(5.2);
    expect(await secondsOf(answer, 0)).toBeGreaterThan(5);
  });

  it('Recipe tells who pressed it how the clip was made, and how to make it again', async () => {
    const answer = await privateAnswer(studio.ada.clickButton(clip, 'Recipe'));
    expect(fieldsOf(answer)).toMatchObject({ Seed: '`7`', Steps: '2', Guidance: '3', Without: 'drums' });
    const command = fieldsOf(answer)['To make it again'];
    expect(command).toContain('/riff prompt:funk negative:drums seed:7 steps:2 guidance:3 scheduler:');
  });

  it(
    'Delete works for who asked for the clip and for moderators; then Again of its remixes has nothing to begin with',
    async () => {
      const remix = await pressed(again, 'Vary a lot');
      const refused = studio.ada.clickButton(again, 'Delete');
      await studio.discord.waitUntil('the refusal', () => refused.followUps.length > 0, PATIENT);
      expect(refused.followUps[0]?.content).toContain('or a moderator, can delete it');
      expect(again.deleted).toBe(false);
      studio.bo.clickButton(again, 'Delete');
      await studio.discord.waitUntil('the deletion', () => again.deleted, PATIENT);
      const reply = await studio.bo.clickButton(remix, 'Again').response(PATIENT);
      expect(reply.content).toContain('may have been deleted');

      const moderator = studio.discord.createUser({ name: 'mo', permissions: ['ManageMessages'] });
      moderator.clickButton(varied, 'Delete');
      await studio.discord.waitUntil('the deletion', () => varied.deleted, PATIENT);
    },
    CLIP_MS,
  );
});

function pressed(message: Message, label: string, user = studio.ada): Promise<Message> {
  return studio.posted(() => user.clickButton(message, label));
}

async function formOf(opened: Interaction) {
  await studio.discord.waitUntil('the form', () => opened.modal !== undefined, PATIENT);
  return opened.modal;
}

/** What only one person sees. */
async function privateAnswer(interaction: Interaction): Promise<Message> {
  const reply = await interaction.response(PATIENT);
  expect(reply.ephemeral).toBe(true);
  return reply;
}

async function secondsOf(message: Message, file = 1): Promise<number> {
  const { clip: sound } = await readAudio(message.attachments[file]?.bytes ?? Buffer.alloc(0));
  return durationSeconds(sound);
}

/** Frames of MPEG-1 layer III at a constant bit rate, the one that states the length included. */
function countFrames(bytes: Buffer): number {
  const start = bytes.indexOf(Buffer.from([0xff, 0xfb]));
  const header = bytes[start + 2] ?? 0;
  const kilobits = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320][header >> 4] ?? 0;
  return Math.round((bytes.length - start) / ((144_000 * kilobits) / 48_000));
}
