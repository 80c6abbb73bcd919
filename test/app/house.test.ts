import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { LocalChannel } from '../discord/people/local-channel.js';
import type { OptionValue } from '../discord/people/command-input.js';
import type { LocalUser } from '../discord/people/local-user.js';
import type { Message } from '../discord/state/message.js';
import { CLIP_MS } from './clip-checks.js';
import { labelsOf, PATIENT, Studio } from './studio.js';

/** The most work that one clip can be, so that it is still being made when it is looked at. */
const LONGEST = { steps: 100, scheduler: 'heun' } as const;

let studio: Studio;
let mod: LocalUser;

beforeAll(async () => {
  studio = await Studio.open();
  mod = studio.discord.createUser({ name: 'mod', permissions: ['ManageGuild', 'ManageMessages'] });
}, CLIP_MS);

afterAll(() => studio.close(), CLIP_MS);

describe('/settings', () => {
  it('is for moderators, and shows what is decided to them alone', async () => {
    expect(() => studio.ada.useCommand(studio.room, 'settings show')).toThrow('may not use /settings');
    const shown = await settled(mod.useCommand(studio.room, 'settings show').response());
    expect(shown.ephemeral).toBe(true);
    expect(fieldsOf(shown)).toMatchObject({
      Model: 'my default',
      Channels: 'all',
      'Who may ask': 'everybody',
    });
  });

  it('offers the installed models, and takes no others', async () => {
    const typing = { focused: 'model', value: '' };
    const choices = await mod.autocomplete(studio.room, 'settings clips', typing);
    expect(choices[0]).toEqual({ name: 'my default', value: '*' });
    const [, installed] = choices;
    expect((await decide('clips', { model: 'magic' })).content).toContain('I have no such model.');
    expect(fieldsOf(await decide('clips', { model: String(installed?.value) }))['Model']).toBe(
      installed?.name,
    );
    expect(fieldsOf(await decide('clips', { model: '*' }))['Model']).toBe('my default');
  });

  it('holds from the moment that it is confirmed, through kill -9', async () => {
    await decide('clips', { 'max-steps': 10, 'max-length': 20 });
    await decide('words', { add: 'Damn, blood money' });
    const changed = await decide('quotas', { 'server-hour': 50 });
    expect(changed.content).toBe('Changed.');
    studio.bot.kill('SIGKILL');
    await studio.bot.exit();
    await writeFile(join(studio.folder, 'data', 'settings', '77.json'), '{"version":1,"sett');
    await studio.startBot();
    await studio.bot.logged(
      'The settings of a guild are damaged: it has the defaults until they are set anew.',
    );
    const shown = await settled(mod.useCommand(studio.room, 'settings show').response());
    expect(fieldsOf(shown)).toMatchObject({
      Steps: 'as suits the model; 10 at most',
      Length: '20 s at most',
      'Banned words': '||damn, blood money||',
      'In an hour': '50 clips for the server',
    });
  });

  it('refuses what breaks a rule with a sentence that has a way out', async () => {
    expect(await answer({ prompt: 'x', steps: 11 })).toContain('10 steps at most. Please ask for fewer.');
    expect(await answer({ prompt: 'x', length: 30 })).toContain('20 seconds at most');
    expect(await answer({ prompt: 'B|00d m0n3y blues' })).toContain('Please say it in other words.');
    const stage = studio.guild.createTextChannel({ name: 'stage' });
    await decide('channels', { channel: stage, use: 'allow' });
    expect(await answer({ prompt: 'x' })).toContain(`Please ask in <#${stage.id}>`);
    await decide('channels', { channel: stage, use: 'remove' });
    const band = studio.guild.createRole('band');
    await decide('roles', { role: band, use: 'allow' });
    expect(await answer({ prompt: 'x' })).toContain(`for those who have <@&${band.id}>`);
    studio.guild.giveRole(studio.ada, band);
    expect(await answer({ prompt: 'damn' })).toContain('Please say it in other words.');
    await decide('clips', { 'age-restricted': 'only' });
    expect(await answer({ prompt: 'x' })).toContain('age-restricted channels alone');
    const reset = fieldsOf(await decide('reset', {}));
    expect(reset).toMatchObject({ 'Who may ask': 'everybody', 'Banned words': 'none' });
    expect(studio.room.messages.filter(({ attachments }) => attachments.length > 0)).toEqual([]);
  });

  it(
    'hides clips in the channels that are chosen for it, has them in its language, and their buttons work',
    async () => {
      await decide('channels', { channel: studio.room, use: 'hide' });
      await decide('clips', { language: 'de' });
      const clip = await studio.posted(() =>
        studio.ada.useCommand(studio.room, 'riff', { prompt: 'secret', seed: 1, steps: 1 }),
      );
      expect(clip.attachments.map(({ filename }) => filename)).toEqual([
        'SPOILER_secret-1.png',
        'SPOILER_secret-1.mp3',
      ]);
      expect(clip.embeds[0]?.image).toBeUndefined();
      expect(Object.keys(fieldsOf(clip))).toContain('Schritte');
      await decide('words', { add: 'secret' });
      const again = studio.bo.clickButton(clip, 'Nochmal');
      const refused = await settled(again.response());
      expect(refused.content).toContain('Please say it in other words.');
      await decide('reset', {});
    },
    2 * CLIP_MS,
  );
});

describe('/queue and /cancel', () => {
  beforeAll(() => decide('reset', {}));

  it(
    'show everybody what is theirs, and end it',
    async () => {
      const { ada, bo, room, guild, discord } = studio;
      const secret = guild.createTextChannel({ name: 'secret', closedTo: [ada] });
      const first = await ada.useCommand(room, 'riff', { prompt: 'ada one', ...LONGEST }).response();
      await ada.useCommand(ada.directChannel(), 'riff', { prompt: 'ada two', steps: 1 }).response();
      await bo.useCommand(secret, 'riff', { prompt: 'bo three', steps: 1 }).response();
      await bo.useCommand(room, 'riff', { prompt: 'bo four', steps: 1 }).response();

      const seen = await settled(ada.useCommand(room, 'queue').response());
      expect(seen.ephemeral).toBe(true);
      expect(linesOf(seen)).toEqual([
        '**1.** (now) ada one (yours)',
        '**2.** ada two (yours)',
        '**3.** a clip for somebody elsewhere',
        `**4.** bo four <@${bo.id}>`,
      ]);
      expect(labelsOf(seen)).toEqual(['Cancel 1', 'Cancel 2']);
      const seenByBo = await settled(bo.useCommand(room, 'queue').response());
      expect(linesOf(seenByBo).slice(0, 3)).toEqual([
        `**1.** (now) ada one <@${ada.id}>`,
        '**2.** a clip for somebody elsewhere',
        '**3.** bo three (yours)',
      ]);

      ada.clickButton(seen, 'Cancel 2');
      await discord.waitUntil('the shorter list', () => labelsOf(seen).length === 1);
      expect(linesOf(seen)[1]).toBe('**2.** a clip for somebody elsewhere');

      const typing = { focused: 'what', value: '' };
      const offered = await bo.autocomplete(room, 'cancel', typing);
      expect(offered.map(({ name }) => name)).toEqual(['All of mine', 'bo three', 'bo four']);
      const stranger = await settled(bo.useCommand(room, 'cancel', { what: 'all-here' }).response());
      expect(stranger.content).toContain('There is no such clip in the queue.');
      const own = await settled(bo.useCommand(room, 'cancel', { what: 'all' }).response());
      expect(own.content).toBe('2 clips cancelled.');

      const byMod = await mod.autocomplete(room, 'cancel', typing);
      expect(byMod.map(({ value }) => value)).toContain('all-here');
      const rest = await settled(mod.useCommand(room, 'cancel', { what: 'all-here' }).response());
      expect(rest.content).toBe('1 clip cancelled.');
      await discord.waitUntil('the end', () => first.content.endsWith('Cancelled.'), PATIENT);
      const empty = await settled(ada.useCommand(room, 'queue').response());
      expect(empty.content).toContain('Nothing is being made');
    },
    2 * CLIP_MS,
  );
});

describe('/forget-me', () => {
  it(
    'ends what a person waits for, and leaves nothing of the person on the disk',
    async () => {
      const { ada, room } = studio;
      await ada.useCommand(room, 'riff', { prompt: 'remember me', ...LONGEST }).response();
      await ada.useCommand(room, 'riff', { prompt: 'remember me too', steps: 1 }).response();
      expect(await kept()).toContain(ada.id);
      const done = await settled(ada.useCommand(room, 'forget-me').response());
      expect(done.content).toMatch(/^2 clips cancelled\. .*What stays: /);
      expect(done.ephemeral).toBe(true);
      const left = await kept();
      expect(left).not.toContain(ada.id);
      expect(left).not.toContain('remember me');
    },
    2 * CLIP_MS,
  );
});

/** What `/settings` answers to a moderator. */
async function decide(subcommand: string, options: Record<string, OptionValue>): Promise<Message> {
  return settled(mod.useCommand(studio.room, `settings ${subcommand}`, options).response());
}

/** What `/riff` answers at once. */
async function answer(
  options: Record<string, OptionValue>,
  room: LocalChannel = studio.room,
): Promise<string> {
  return (await settled(studio.ada.useCommand(room, 'riff', options).response())).content;
}

/** A reply that has been filled in. */
async function settled(reply: Promise<Message>): Promise<Message> {
  const message = await reply;
  const isFilled = () => message.content !== '' || message.embeds.length > 0;
  await studio.discord.waitUntil('the answer', isFilled, PATIENT);
  return message;
}

function fieldsOf({ embeds }: Message): Record<string, string> {
  return Object.fromEntries((embeds[0]?.fields ?? []).map(({ name, value }) => [name, value]));
}

function linesOf({ embeds }: Message): string[] {
  return (embeds[0]?.description ?? '').split('\n');
}

/** Everything in the bot's data folder, as text. */
async function kept(): Promise<string> {
  const folder = join(studio.folder, 'data');
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  // One that is being written may have its last name by now.
  const texts = files.map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1').catch(() => ''));
  return (await Promise.all(texts)).join('\n');
}
