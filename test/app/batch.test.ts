import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Interaction } from '../discord/state/interaction.js';
import type { Message } from '../discord/state/message.js';
import { CLIP_MS } from './clip-checks.js';
import { fieldsOf, labelsOf, linkTo, PATIENT, recipeOf, Studio } from './studio.js';

let studio: Studio;

beforeAll(async () => {
  studio = await Studio.open();
});

afterAll(() => studio.close());

describe('/riff count:', () => {
  it(
    'posts all in one message, each with its picture, its sound and a row of buttons that are about it',
    async () => {
      const message = await studio.posted(() =>
        riff({ prompt: 'funk', steps: 1, seed: 2 ** 32 - 2, count: 4 }),
      );
      expect(message.attachments).toHaveLength(8);
      const recipes = await Promise.all([0, 1, 2, 3].map((position) => recipeOf(message, position)));
      // The seeds go on from the one that was asked for, and round at the greatest.
      expect(recipes.map(({ seed }) => seed)).toEqual([2 ** 32 - 2, 2 ** 32 - 1, 0, 1]);
      expect(message.embeds).toHaveLength(4);
      expect(message.embeds[2]?.description).toBe('**3** · Seed `0`');
      expect(message.components).toHaveLength(5);
      expect(labelsOf(message).slice(10, 15)).toEqual(
        ['Vary', 'Remix', 'Longer', 'Loop', 'Recipe'].map((label) => `3 · ${label}`),
      );
      expect(labelsOf(message).slice(20)).toEqual(['Again', 'Delete']);

      await studio.restartBot();
      const recipe = await studio.bo.clickButton(message, '3 · Recipe').response(PATIENT);
      expect(fieldsOf(recipe)).toMatchObject({ Seed: '`0`' });
      const varied = await studio.posted(() => studio.bo.clickButton(message, '3 · Vary'));
      expect(fieldsOf(varied)).toMatchObject({ From: linkTo(message) });
      const again = await studio.posted(() => studio.bo.clickButton(varied, 'Again'));
      // Made of the third clip again, not of the first.
      expect((await recipeOf(again)).initImage).toEqual((await recipeOf(varied)).initImage);
    },
    3 * CLIP_MS,
  );

  it(
    'shows how far all of them are, ends all with one press of Cancel, and posts none of them then',
    async () => {
      const room = studio.guild.createTextChannel({ name: 'cancelled' });
      const command = studio.ada.useCommand(room, 'riff', { prompt: 'slow', steps: 12, count: 4 });
      const isAtSecond = () => command.original?.content.includes('clip 2 of 4') ?? false;
      await studio.discord.waitUntil('the second clip', isAtSecond, PATIENT);
      expect(percentOf(command)).toBeGreaterThanOrEqual(25);
      expect(percentOf(command)).toBeLessThanOrEqual(50);
      if (command.original) studio.ada.clickButton(command.original, 'Cancel');
      const isCancelled = () => command.original?.content.endsWith('Cancelled.') ?? false;
      await studio.discord.waitUntil('the end', isCancelled, PATIENT);
      expect(room.messages.filter(isPost)).toEqual([]);
    },
    2 * CLIP_MS,
  );

  it(
    'is whole after kill -9 between the making and the posting, once',
    async () => {
      const room = studio.guild.createTextChannel({ name: 'killed' });
      // The library asks four times on its own.
      const posting = { method: 'POST', route: '/channels/:channel/messages' } as const;
      studio.discord.failNext({ ...posting, status: 503, times: 4 });
      const command = studio.ada.useCommand(room, 'riff', { prompt: 'sturdy', steps: 1, count: 2 });
      await studio.bot.logged('A clip could not be posted; it is tried again.', CLIP_MS);
      studio.bot.kill('SIGKILL');
      await studio.bot.exit();
      expect(room.messages.filter(isPost)).toEqual([]);
      await studio.startBot();
      const message = await room.waitForMessage(isPost, PATIENT);
      const isLinked = () => command.original?.content.includes(message.id) ?? false;
      await studio.discord.waitUntil('the link', isLinked, PATIENT);
      expect(message.attachments).toHaveLength(4);
      expect(room.messages.filter(isPost)).toHaveLength(1);
      expect(studio.bot.log.map(({ msg }) => msg)).not.toContain('A clip is made.');
    },
    2 * CLIP_MS,
  );

  it('is refused where all together would be too long', async () => {
    const reply = await riff({ prompt: 'long', length: 60, count: 4 }).response();
    expect(reply.content).toContain('three minutes together');
  });
});

describe('/riff length: and loop:', () => {
  it(
    'make one clip of so many pictures that loops',
    async () => {
      const message = await studio.posted(() => riff({ prompt: 'waltz', steps: 1, length: 11, loop: true }));
      expect(await recipeOf(message)).toMatchObject({ pictures: 2, width: 1024, loop: true });
      expect(fieldsOf(message)).toMatchObject({ Duration: '10.2 s' });
    },
    CLIP_MS,
  );
});

function riff(options: Parameters<Studio['ada']['useCommand']>[2]): Interaction {
  return studio.ada.useCommand(studio.room, 'riff', options);
}

function isPost({ author, origin }: Message): boolean {
  return author.bot && origin === undefined;
}

function percentOf({ original }: Interaction): number {
  return Number(/(\d+)\s?%/.exec(original?.content ?? '')?.[1]);
}
