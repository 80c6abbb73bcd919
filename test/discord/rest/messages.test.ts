import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalDiscord } from '../local-discord.js';
import type { LocalChannel } from '../people/local-channel.js';
import type { LocalGuild } from '../people/local-guild.js';
import { RestClient } from './rest-client.js';
import type { RestAnswer, RestFile } from './rest-client.js';

const MIB = 1024 * 1024;
const COMPONENTS_V2 = 1 << 15;
const VOICE_MESSAGE = 1 << 13;

let discord: LocalDiscord;
let rest: RestClient;
let guild: LocalGuild;
let channel: LocalChannel;

beforeEach(async () => {
  discord = await LocalDiscord.start();
  rest = new RestClient(discord);
  guild = discord.createGuild();
  channel = guild.createTextChannel();
});

afterEach(() => discord.stop());

function post(body: unknown, files: readonly RestFile[] = [], to = channel): Promise<RestAnswer> {
  return rest.send('POST', `/channels/${to.id}/messages`, body, files);
}

async function posted(body: unknown, files: readonly RestFile[] = []): Promise<string> {
  const answer = await post(body, files);
  expect(answer.status).toBe(200);
  return String(answer.body['id']);
}

function file(name: string, size = 4, type?: string): RestFile {
  return { name, bytes: new Uint8Array(size), ...(type === undefined ? {} : { type }) };
}

function button(customId: string): Record<string, unknown> {
  return { type: 2, style: 1, label: 'b', custom_id: customId };
}

function row(...components: unknown[]): Record<string, unknown> {
  return { type: 1, components };
}

describe('a new message', () => {
  it.each<[string, unknown]>([
    ['content of 2001 characters', { content: 'x'.repeat(2001) }],
    ['an embed description of 4097 characters', { embeds: [{ description: 'x'.repeat(4097) }] }],
    ['embeds of 6001 characters', { embeds: [0, 1].map(() => ({ description: 'x'.repeat(3001) })) }],
    [
      'an embed of 26 fields',
      { embeds: [{ fields: Array.from({ length: 26 }, () => ({ name: 'n', value: 'v' })) }] },
    ],
    ['11 embeds', { embeds: Array.from({ length: 11 }, () => ({ title: 't' })) }],
    ['six rows', { components: Array.from({ length: 6 }, (_, index) => row(button(String(index)))) }],
    ['six buttons in a row', { components: [row(...'abcdef'.split('').map(button))] }],
    ['a custom id of 101 characters', { components: [row(button('x'.repeat(101)))] }],
    ['the same custom id twice', { components: [row(button('a'), button('a'))] }],
    ['a button without label or emoji', { components: [row({ type: 2, style: 1, custom_id: 'a' })] }],
    ['a link button without an address', { components: [row({ type: 2, style: 5, label: 'l' })] }],
    ['a V2 component without the flag', { components: [{ type: 10, content: 'x' }] }],
    [
      'content beside V2 components',
      { content: 'x', flags: COMPONENTS_V2, components: [{ type: 10, content: 'x' }] },
    ],
    [
      '41 V2 components',
      { flags: COMPONENTS_V2, components: Array.from({ length: 41 }, () => ({ type: 10, content: 'x' })) },
    ],
    ['a picture that is not attached', { embeds: [{ image: { url: 'attachment://absent.png' } }] }],
    [
      'parse and ids of users at once',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
    ],
    ['a reply to nothing', { content: 'x', message_reference: { message_id: '123456789012345678' } }],
    ['a nonce of 26 characters', { content: 'x', nonce: 'n'.repeat(26) }],
  ])('with %s is refused with 50035', async (_, body) => {
    expect(await post(body)).toMatchObject({ status: 400, code: 50035 });
    expect(discord.violations.map(({ code }) => code)).toEqual([50035]);
    expect(channel.messages).toEqual([]);
  });

  it('may use every limit to the full', async () => {
    const rows = Array.from({ length: 5 }, (_, index) =>
      row(...'abcde'.split('').map((one) => button(one + index))),
    );
    await posted({ content: 'x'.repeat(2000), components: rows });
    await posted({ embeds: [{ description: 'x'.repeat(4096) }, { description: 'x'.repeat(1904) }] });
    const texts = Array.from({ length: 38 }, () => ({ type: 10, content: 'x' }));
    const picture = { type: 12, items: [{ media: { url: 'attachment://a.png' } }] };
    const container = { type: 17, components: [...texts, picture] };
    await rest.send(
      'POST',
      `/channels/${channel.id}/messages`,
      { flags: COMPONENTS_V2, components: [container] },
      [file('a.png')],
    );
    expect(channel.messages).toHaveLength(3);
    expect(discord.violations).toEqual([]);
  });

  it('says which field is wrong', async () => {
    const { body } = await post({ content: 'x'.repeat(2001) });
    expect(body['errors']).toMatchObject({ content: { _errors: [{ code: 'BASE_TYPE_BAD_LENGTH' }] } });
  });

  it('counts characters as people do', async () => {
    await posted({ content: '🎵'.repeat(2000) });
  });

  it('is refused with 50006 when it is empty', async () => {
    expect(await post({ content: '  ' })).toMatchObject({ status: 400, code: 50006 });
  });

  it('may reply to nothing when it says that it may', async () => {
    const reference = { message_id: '123456789012345678', fail_if_not_exists: false };
    await posted({ content: 'x', message_reference: reference });
  });

  it('is posted once for one nonce, for three minutes', async () => {
    const body = { content: 'x', nonce: 'job', enforce_nonce: true };
    const first = await posted(body);
    expect(await posted(body)).toBe(first);
    discord.clock.advance(3 * 60_000 + 1);
    expect(await posted(body)).not.toBe(first);
  });

  it('survives a connection that breaks after it was posted', async () => {
    discord.disconnectNext({ method: 'POST', route: '/channels/:channel/messages', when: 'after' });
    await expect(post({ content: 'x', nonce: '1', enforce_nonce: true })).rejects.toThrow('fetch failed');
    await posted({ content: 'x', nonce: '1', enforce_nonce: true });
    expect(channel.messages).toHaveLength(1);
  });
});

describe('files', () => {
  it('are limited to 10 MiB each and 25 MiB together', async () => {
    await posted({}, [file('a.bin', 10 * MIB)]);
    expect(await post({}, [file('a.bin', 10 * MIB + 1)])).toMatchObject({ status: 413, code: 40005 });
    const three = ['a', 'b', 'c'].map((name) => file(name, 9 * MIB));
    expect(await post({}, three)).toMatchObject({ status: 413, code: 40005 });
  });

  it('must be there when the body speaks of them', async () => {
    const body = { content: 'x', attachments: [{ id: 1 }] };
    expect(await post(body, [file('a.png')])).toMatchObject({ code: 50146 });
  });

  it('stay on an edit only if the edit lists them', async () => {
    const id = await posted({ content: 'x' }, [file('a.png'), file('b.png')]);
    const path = `/channels/${channel.id}/messages/${id}`;
    const [message] = channel.messages;
    await rest.send('PATCH', path, { content: 'y' });
    expect(message?.attachments).toHaveLength(2);
    const kept = message?.attachments[1]?.id;
    await rest.send('PATCH', path, { attachments: [{ id: kept }, { id: 0 }] }, [file('c.png')]);
    expect(message?.attachments.map(({ filename }) => filename)).toEqual(['b.png', 'c.png']);
    await rest.send('PATCH', path, { attachments: [] });
    expect(message?.attachments).toEqual([]);
    expect(message?.edits).toHaveLength(3);
    expect(discord.violations).toEqual([]);
  });

  it('make a voice message only alone, as audio, with a waveform', async () => {
    const flags = VOICE_MESSAGE;
    const attachments = [{ id: 0, waveform: 'AA==', duration_secs: 1 }];
    const audio = file('a.ogg', 4, 'audio/ogg');
    expect(await post({ flags, attachments, content: 'x' }, [audio])).toMatchObject({ code: 50159 });
    expect(await post({ flags }, [file('a.png', 4, 'image/png')])).toMatchObject({ code: 50160 });
    expect(await post({ flags }, [audio])).toMatchObject({ code: 50161 });
    discord.clock.advance(5000);
    for (const [waveform, duration_secs] of [
      ['AA==', 0],
      ['', 1],
      ['not base64', 1],
      ['A'.repeat(344), 1],
    ]) {
      const bad = [{ id: 0, waveform, duration_secs }];
      expect(await post({ flags, attachments: bad }, [audio])).toMatchObject({ code: 50161 });
    }
    discord.clock.advance(5000);
    expect(await post({ flags, attachments, components: [row(button('b'))] }, [audio])).toMatchObject({
      code: 50159,
    });
    const id = await posted({ flags, attachments }, [audio]);
    expect(channel.messages.at(-1)?.attachments[0]?.voice).toEqual({ durationSeconds: 1, waveform: 'AA==' });
    const path = `/channels/${channel.id}/messages/${id}`;
    expect(await rest.send('PATCH', path, { content: 'x' })).toMatchObject({ code: 50162 });
  });
});

describe('a voice message', () => {
  it('needs a permission of its own', async () => {
    const quiet = guild.createTextChannel({ botPermissions: ['ViewChannel', 'SendMessages', 'AttachFiles'] });
    const body = { flags: VOICE_MESSAGE, attachments: [{ id: 0, waveform: 'AA==', duration_secs: 1 }] };
    const audio = file('a.ogg', 4, 'audio/ogg');
    expect(await post(body, [audio], quiet)).toMatchObject({ status: 403, code: 50013 });
    expect(discord.violations).toEqual([]);
  });

  it('of a person carries its length and outline', async () => {
    const ada = discord.createUser({ name: 'ada' });
    const { id } = ada.sendVoiceMessage(channel, { bytes: Buffer.from('OggS'), durationSeconds: 2.5 });
    const mine = ada.sendVoiceMessage(ada.directChannel(), {
      bytes: Buffer.from('OggS'),
      durationSeconds: 1,
    });
    const hidden = await rest.send('GET', `/channels/${channel.id}/messages/${id}`);
    expect(hidden.body).toMatchObject({ flags: VOICE_MESSAGE, attachments: [] });
    const open = await rest.send('GET', `/channels/${mine.channel.id}/messages/${mine.id}`);
    expect(open.body['attachments']).toMatchObject([{ duration_secs: 1, content_type: 'audio/ogg' }]);
  });
});

describe('permissions', () => {
  it.each<[number, unknown, Parameters<LocalGuild['createTextChannel']>[0]]>([
    [50001, { content: 'x' }, { botPermissions: [] }],
    [50013, { content: 'x' }, { botPermissions: ['ViewChannel'] }],
    [50013, { embeds: [{ title: 't' }] }, { botPermissions: ['ViewChannel', 'SendMessages'] }],
    [
      160002,
      { content: 'x', message_reference: { message_id: '1' } },
      { botPermissions: ['ViewChannel', 'SendMessages'] },
    ],
  ])('that are missing give %i and are not the fault of the bot', async (code, body, options) => {
    expect(await post(body, [], guild.createTextChannel(options))).toMatchObject({ code });
    expect(discord.violations).toEqual([]);
  });

  it('are needed for files', async () => {
    const bare = guild.createTextChannel({ botPermissions: ['ViewChannel', 'SendMessages'] });
    expect(await post({}, [file('a.png')], bare)).toMatchObject({ status: 403, code: 50013 });
  });

  it('never let a bot edit what others have written', async () => {
    const { id } = discord.createUser({ name: 'ada' }).say(channel, 'mine');
    const path = `/channels/${channel.id}/messages/${id}`;
    expect(await rest.send('PATCH', path, { content: 'x' })).toMatchObject({ status: 403, code: 50005 });
    expect(await rest.send('DELETE', path)).toMatchObject({ status: 403, code: 50013 });
  });
});

describe('mentions', () => {
  it('ping by default, and never when nothing may be parsed', async () => {
    const ada = discord.createUser({ name: 'ada' });
    const question = ada.say(channel, 'play');
    const content = `<@${ada.id}> @everyone`;
    await posted({ content });
    await posted({ content, allowed_mentions: { parse: [] } });
    await posted({ content, allowed_mentions: { users: [ada.id] } });
    await posted({ content: 'x', message_reference: { message_id: question.id } });
    const pings = channel.messages.slice(1).map((message) => message.pings.userIds);
    expect(pings).toEqual([[ada.id], [], [ada.id], [ada.id]]);
    // Nobody has given the bot the permission to mention everyone.
    expect(channel.messages.some((message) => message.pings.everyone)).toBe(false);
  });
});

describe('requests', () => {
  it('to unknown routes are answered with 404 and held against the bot', async () => {
    expect(await rest.send('GET', '/stage-instances')).toMatchObject({ status: 404 });
    expect(await rest.send('PUT', '/users/@me')).toMatchObject({ status: 405 });
    expect(discord.violations.map(({ code, request }) => [code, request])).toEqual([
      [404, 'GET /stage-instances'],
      [405, 'PUT /users/@me'],
    ]);
  });

  it('with a wrong token are answered with 401', async () => {
    const stranger = new RestClient(discord, 'wrong');
    expect(await stranger.send('GET', '/users/@me')).toMatchObject({ status: 401 });
  });

  it('fail on demand, as often as was ordered', async () => {
    discord.failNext({ method: 'POST', route: '/channels/:channel/messages', status: 503, times: 2 });
    expect((await rest.send('GET', '/users/@me')).status).toBe(200);
    expect([(await post({ content: 'x' })).status, (await post({ content: 'x' })).status]).toEqual([
      503, 503,
    ]);
    await posted({ content: 'x' });
    expect(discord.violations).toEqual([]);
  });

  it('are told to wait on demand', async () => {
    discord.rateLimitNext({ route: /messages$/, retryAfterMs: 1500 });
    const answer = await post({ content: 'x' });
    expect(answer.status).toBe(429);
    expect(answer.body['retry_after']).toBe(1.5);
    expect(answer.headers.get('x-ratelimit-remaining')).toBe('0');
  });

  it('are all written down', async () => {
    await post({ content: 'x' }, [file('a.png', 7)]);
    expect(discord.requests).toMatchObject([
      { method: 'POST', json: { content: 'x' }, files: [{ filename: 'a.png', size: 7 }], status: 200 },
    ]);
  });
});

describe('reading', () => {
  it('lists messages newest first, around the given ids', async () => {
    const ada = discord.createUser({ name: 'ada' });
    const said = ['1', '2', '3'].map((content) => ada.say(channel, content));
    const [one, two, three] = said;
    const list = async (query: string): Promise<unknown> => {
      const { body } = await rest.send('GET', `/channels/${channel.id}/messages${query}`);
      return (body as unknown as { id: string }[]).map(
        ({ id }) => said.find((message) => message.id === id)?.content,
      );
    };
    expect(await list('')).toEqual(['3', '2', '1']);
    expect(await list(`?limit=1&before=${three?.id}`)).toEqual(['2']);
    expect(await list(`?limit=1&after=${one?.id}`)).toEqual(['2']);
    if (two !== undefined) ada.deleteMessage(two);
    expect(await list('?limit=100')).toEqual(['3', '1']);
  });

  it('hides what other people write from a bot without MESSAGE_CONTENT, unless they mention it', async () => {
    const ada = discord.createUser({ name: 'ada' });
    const file = { filename: 'a.png', bytes: Buffer.from('picture') };
    const plain = ada.say(channel, 'secret', { files: [file] });
    const mention = ada.say(channel, `<@${discord.applicationId}>`, { files: [file] });
    const read = async ({ id }: { id: string }) =>
      (await rest.send('GET', `/channels/${channel.id}/messages/${id}`)).body;
    expect(await read(plain)).toMatchObject({ content: '', attachments: [] });
    expect((await read(mention))['attachments']).toHaveLength(1);
  });

  it('shows the guild, its members and who the bot is', async () => {
    const ada = discord.createUser({ name: 'ada' });
    expect((await rest.send('GET', `/guilds/${guild.id}`)).body['id']).toBe(guild.id);
    expect((await rest.send('GET', `/guilds/${guild.id}/members/${ada.id}`)).body['user']).toMatchObject({
      username: 'ada',
    });
    expect((await rest.send('GET', '/oauth2/applications/@me')).body['id']).toBe(discord.applicationId);
    expect((await rest.send('POST', `/channels/${channel.id}/typing`)).status).toBe(204);
    expect((await rest.send('POST', '/users/@me/channels', { recipient_id: ada.id })).body['type']).toBe(1);
    expect(discord.violations).toEqual([]);
  });
});
