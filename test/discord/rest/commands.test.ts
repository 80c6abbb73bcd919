import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalDiscord } from '../local-discord.js';
import { RestClient } from './rest-client.js';
import type { RestAnswer } from './rest-client.js';

const RIFF = { name: 'riff', description: 'Makes music' };

let discord: LocalDiscord;
let rest: RestClient;
let path: string;

beforeEach(async () => {
  discord = await LocalDiscord.start();
  rest = new RestClient(discord);
  path = `/applications/${discord.applicationId}/commands`;
});

afterEach(() => discord.stop());

function option(fields: Record<string, unknown>): Record<string, unknown> {
  return { type: 3, name: 'o', description: 'd', ...fields };
}

function names(): string[] {
  return discord.registeredCommands().map(({ form }) => form.name);
}

describe('a command', () => {
  it.each<[string, Record<string, unknown>]>([
    ['a name in upper case', { name: 'Riff' }],
    ['a name of 33 characters', { name: 'r'.repeat(33) }],
    ['a name with a space', { name: 'make music' }],
    ['no description', { description: '' }],
    ['a description of 101 characters', { description: 'd'.repeat(101) }],
    ['26 options', { options: Array.from({ length: 26 }, (_, index) => option({ name: `o${index}` })) }],
    ['two options of one name', { options: [option({}), option({})] }],
    [
      'an option that is required after one that is not',
      { options: [option({}), option({ name: 'p', required: true })] },
    ],
    [
      '26 choices',
      {
        options: [
          option({ choices: Array.from({ length: 26 }, (_, index) => ({ name: `${index}`, value: 'v' })) }),
        ],
      },
    ],
    [
      'choices beside autocompletion',
      { options: [option({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] },
    ],
    ['choices of another type', { options: [option({ type: 4, choices: [{ name: 'a', value: 'a' }] })] }],
    ['min_value on a text', { options: [option({ min_value: 1 })] }],
    ['max_length on a number', { options: [option({ type: 4, max_length: 5 })] }],
    ['a name in no language of Discord', { name_localizations: { klingon: 'qul' } }],
    ['a translated name in upper case', { name_localizations: { de: 'Musik' } }],
    ['a translated description of 101 characters', { description_localizations: { fr: 'd'.repeat(101) } }],
    [
      'two options of one name in another language',
      {
        options: [
          option({ name_localizations: { de: 'länge' } }),
          option({ name: 'p', name_localizations: { de: 'länge' } }),
        ],
      },
    ],
    [
      'more than 8000 characters in its longest language',
      {
        options: Array.from({ length: 25 }, (_, index) =>
          option({
            name: `o${index}`,
            choices: Array.from({ length: 4 }, (_unused, choice) => ({
              name: `${choice}`,
              name_localizations: { ja: 'n'.repeat(80) + choice },
              value: 'v',
            })),
          }),
        ),
      },
    ],
    [
      'more than 8000 characters',
      {
        options: Array.from({ length: 4 }, (_, index) =>
          option({
            name: `o${index}`,
            choices: Array.from({ length: 25 }, (_, choice) => ({
              name: `${choice}`.padEnd(50, 'n'),
              value: 'v'.repeat(50),
            })),
          }),
        ),
      },
    ],
  ])('with %s is refused with 50035', async (_, fields) => {
    expect(await rest.send('POST', path, { ...RIFF, ...fields })).toMatchObject({ status: 400, code: 50035 });
    expect(names()).toEqual([]);
  });

  it('is created once; a second POST replaces it', async () => {
    const first = await rest.send('POST', path, RIFF);
    const second = await rest.send('POST', path, { ...RIFF, description: 'other' });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body['id']).toBe(first.body['id']);
    expect(second.body['version']).not.toBe(first.body['version']);
  });

  it('can be changed, read and deleted by its id', async () => {
    const { body } = await rest.send('POST', path, RIFF);
    const one = `${path}/${String(body['id'])}`;
    expect((await rest.send('PATCH', one, { description: 'new' })).body['description']).toBe('new');
    expect((await rest.send('GET', one)).body['description']).toBe('new');
    expect((await rest.send('DELETE', one)).status).toBe(204);
    expect(await rest.send('GET', one)).toMatchObject({ status: 404, code: 10063 });
  });
});

describe('all commands of a scope', () => {
  it('are replaced by one PUT, which keeps the ids of those that stay', async () => {
    const before = await put([RIFF, { name: 'remix', description: 'd' }]);
    const after = await put([RIFF]);
    expect(names()).toEqual(['riff']);
    expect(idsOf(after)[0]).toBe(idsOf(before)[0]);
    expect(await put([RIFF, RIFF])).toMatchObject({ code: 50035 });
  });

  it('may be created 200 times a day, and changed as often as one likes', async () => {
    for (let batch = 0; batch < 2; batch += 1) {
      const hundred = Array.from({ length: 100 }, (_, index) => ({ ...RIFF, name: `c${batch}-${index}` }));
      expect((await put(hundred)).status).toBe(200);
    }
    expect(await put([RIFF])).toMatchObject({ status: 400, code: 30034 });
    discord.clock.advance(24 * 60 * 60_000);
    expect((await put([RIFF])).status).toBe(200);
    expect((await put([{ ...RIFF, description: 'other' }])).status).toBe(200);
  });

  it('are at most 100', async () => {
    await put(Array.from({ length: 100 }, (_, index) => ({ ...RIFF, name: `c${index}` })));
    expect(await rest.send('POST', path, RIFF)).toMatchObject({ code: 30032 });
  });

  it('of a guild are its own', async () => {
    const guild = discord.createGuild();
    const scoped = `/applications/${discord.applicationId}/guilds/${guild.id}/commands`;
    await rest.send('PUT', scoped, [RIFF]);
    expect([names(), discord.registeredCommands(guild).length]).toEqual([[], 1]);
    expect(await rest.send('PUT', scoped.replace(guild.id, '1'), [RIFF])).toMatchObject({ code: 50001 });
    expect(await rest.send('PUT', '/applications/1/commands', [RIFF])).toMatchObject({ code: 10002 });
  });
});

function put(commands: readonly unknown[]): Promise<RestAnswer> {
  return rest.send('PUT', path, commands);
}

function idsOf(answer: RestAnswer): string[] {
  return (answer.body as unknown as { id: string }[]).map(({ id }) => id);
}
