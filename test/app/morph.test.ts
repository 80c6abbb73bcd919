import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readPicture } from '../../src/engine/files/read-picture.js';
import type { OptionValue } from '../discord/people/command-input.js';
import type { Interaction } from '../discord/state/interaction.js';
import type { Message } from '../discord/state/message.js';
import { CLIP_MS } from './clip-checks.js';
import { fieldsOf, labelsOf, linkTo, PATIENT, recipeOf, Studio } from './studio.js';

let studio: Studio;

beforeAll(async () => {
  studio = await Studio.open();
});

afterAll(() => studio.close());

describe('/morph', () => {
  it(
    'goes from words to words in one piece, whose picture is a strip of the whole way',
    async () => {
      const options = { from: 'techno', to: 'choir', 'morph-steps': 3, steps: 1, seed: 5, 'to-seed': 6 };
      const message = await studio.posted(() => morph(options));
      expect(message.embeds[0]?.description).toBe('**techno → choir**');
      const { picture } = await readPicture(message.attachments[0]?.bytes ?? Buffer.alloc(0));
      expect([picture.width, picture.height]).toEqual([3 * 512, 512]);
      const recipe = await recipeOf(message);
      expect(recipe).toMatchObject({ prompt: 'techno', seed: 5, pictures: 3 });
      expect(recipe.end).toMatchObject({ prompt: 'choir', seed: 6 });
      expect(recipe.alpha).toBeUndefined();

      const answer = await studio.bo.clickButton(message, 'Recipe').response(PATIENT);
      expect(fieldsOf(answer)['To make it again']).toContain(
        '/morph from:techno to:choir morph-steps:3 to-seed:6 seed:5 steps:1',
      );

      const again = await recipeOf(await studio.posted(() => studio.bo.clickButton(message, 'Again')));
      expect(again).toMatchObject({ prompt: 'techno', pictures: 3 });
      expect(again.end?.prompt).toBe('choir');
      expect([again.seed, again.end?.seed]).not.toEqual([5, 6]);

      // It ends elsewhere than it began, so a loop of it goes there and back.
      const loop = await recipeOf(await studio.posted(() => studio.bo.clickButton(message, 'Loop')));
      expect(loop).toEqual({ ...recipe, loop: true });
    },
    4 * CLIP_MS,
  );

  it(
    'goes from clip to clip, with their own words where none are given, and can be made again',
    async () => {
      const clipOf = (prompt: string): Promise<Message> =>
        studio.posted(() => studio.ada.useCommand(studio.room, 'riff', { prompt, steps: 1 }));
      const [first, second] = [await clipOf('organ'), await clipOf('brass')];
      const links = { 'from-link': linkTo(first), 'to-link': linkTo(second) };
      const message = await studio.posted(() =>
        morph({ ...links, 'morph-steps': 2, steps: 2, strength: 0.5 }),
      );
      expect(message.embeds[0]?.description).toBe('**organ → brass**');
      expect(fieldsOf(message)).toMatchObject({ Strength: '0.5', From: linkTo(first), To: linkTo(second) });
      const recipe = await recipeOf(message);
      expect(recipe).toMatchObject({ strength: 0.5, end: { prompt: 'brass', strength: 0.5 } });
      expect(recipe.end?.initImage?.sha256).not.toBe(recipe.initImage?.sha256);

      await studio.restartBot();
      expect(labelsOf(message)).toContain('Again');
      const again = await recipeOf(await studio.posted(() => studio.bo.clickButton(message, 'Again')));
      expect(again.initImage).toEqual(recipe.initImage);
      expect(again.end?.initImage).toEqual(recipe.end?.initImage);
      expect(again.seed).not.toBe(recipe.seed);
    },
    4 * CLIP_MS,
  );

  it('says what is missing', async () => {
    const answer = async (options: Record<string, OptionValue>): Promise<string> =>
      (await morph(options).response()).content;
    const clip = { filename: 'a.wav', bytes: Buffer.from('RIFF\0\0\0\0WAVEfmt ') };
    expect(await answer({ from: 'techno' })).toContain('in words what to go from and to');
    expect(await answer({})).toContain('in words what to go from and to');
    expect(await answer({ 'from-clip': clip, to: 'choir' })).toContain('in words what to go from and to');
    expect(await answer({ from: 'techno', to: 'choir', 'to-clip': clip })).toContain(
      'the clip to start from',
    );
    const both = { 'from-clip': clip, 'from-link': 'https://example.com' };
    expect(await answer({ from: 'techno', to: 'choir', ...both })).toContain('not both');
  });
});

function morph(options: Record<string, OptionValue>): Interaction {
  return studio.ada.useCommand(studio.room, 'morph', options);
}
