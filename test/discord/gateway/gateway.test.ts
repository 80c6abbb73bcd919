import { Client, Events, GatewayIntentBits } from 'discord.js';
import type { GatewayIntentsString } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { LocalDiscord } from '../local-discord.js';
import type { LocalChannel } from '../people/local-channel.js';
import type { LocalUser } from '../people/local-user.js';
import { RestClient } from '../rest/rest-client.js';

const { Guilds, GuildMessages, MessageContent } = GatewayIntentBits;
const PROPERTIES = { os: 'linux', browser: 'test', device: 'test' };

/** An expectation that is looked at again until it holds; the limit is for machines under load. */
function eventually<T>(probe: () => T) {
  return expect.poll(probe, { timeout: 20_000 });
}

interface Frame {
  readonly op: number;
  readonly t: string | null;
  readonly s: number | null;
  readonly d: Record<string, unknown>;
}

/** A client that says exactly what a test makes it say. */
class RawClient {
  readonly frames: Frame[] = [];
  closeCode: number | undefined;
  readonly #socket: WebSocket;

  constructor(url: string) {
    this.#socket = new WebSocket(`${url}?v=10&encoding=json`);
    this.#socket.on('message', (data) => this.frames.push(JSON.parse((data as Buffer).toString()) as Frame));
    this.#socket.on('close', (code) => (this.closeCode = code));
  }

  send(op: number, d: unknown): void {
    this.#socket.send(JSON.stringify({ op, d }));
  }

  sendText(text: string): void {
    this.#socket.send(text);
  }

  identify(intents: number, token: string): void {
    this.send(2, { token, intents, properties: PROPERTIES });
  }

  event(name: string): Frame | undefined {
    return this.frames.find(({ t }) => t === name);
  }
}

let discord: LocalDiscord;
let channel: LocalChannel;
let ada: LocalUser;
let url: string;

beforeEach(async () => {
  discord = await LocalDiscord.start();
  channel = discord.createGuild().createTextChannel();
  ada = discord.createUser({ name: 'ada' });
  url = discord.apiUrl.replace('http', 'ws').replace('/api', '');
});

afterEach(() => discord.stop());

async function connect(): Promise<RawClient> {
  const client = new RawClient(url);
  await eventually(() => client.frames[0]?.op).toBe(10);
  return client;
}

async function identified(intents: number): Promise<RawClient> {
  const client = await connect();
  client.identify(intents, discord.token);
  await eventually(() => client.event('READY')).toBeDefined();
  return client;
}

describe('identifying', () => {
  it('leads to READY and to a GUILD_CREATE with roles, channels and members', async () => {
    const client = await identified(Guilds);
    await eventually(() => client.event('GUILD_CREATE')).toBeDefined();
    expect(client.event('READY')?.d['resume_gateway_url']).toBe(url);
    expect(client.event('GUILD_CREATE')?.d).toMatchObject({
      roles: [{ name: '@everyone' }],
      channels: [{ id: channel.id }],
      members: [{ user: { id: discord.applicationId } }],
      voice_states: [],
    });
  });

  it.each([
    ['a wrong token', 4004, Guilds, 'wrong'],
    ['intents that do not exist', 4013, 2 ** 30, undefined],
    ['intents that were not granted', 4014, MessageContent, undefined],
  ])('with %s ends with %i', async (_, code, intents, token) => {
    const client = await connect();
    client.identify(intents, token ?? discord.token);
    await eventually(() => client.closeCode).toBe(code);
  });

  it('twice ends with 4005', async () => {
    const client = await identified(Guilds);
    client.identify(Guilds, discord.token);
    await eventually(() => client.closeCode).toBe(4005);
  });

  it('counts down the session starts', async () => {
    await identified(Guilds);
    const { body } = await new RestClient(discord).send('GET', '/gateway/bot');
    expect(body['session_start_limit']).toMatchObject({ total: 1000, remaining: 999 });
  });
});

describe('a connection', () => {
  it('has its heartbeats acknowledged, until a test forbids it', async () => {
    const client = await connect();
    client.send(1, null);
    await eventually(() => client.frames.at(-1)?.op).toBe(11);
    discord.gateway.acknowledgeHeartbeats(false);
    client.send(1, null);
    client.send(99, null);
    await eventually(() => client.closeCode).toBe(4001);
    expect(client.frames.filter(({ op }) => op === 11)).toHaveLength(1);
  });

  it('is closed with 4002 for nonsense, 4003 for acting too early, 4008 for too much', async () => {
    const [nonsense, early, much] = [await connect(), await connect(), await connect()];
    nonsense.sendText('{');
    early.send(3, { status: 'online', activities: [], afk: false, since: null });
    for (let message = 0; message < 121; message += 1) much.send(1, null);
    await expect
      .poll(() => [nonsense.closeCode, early.closeCode, much.closeCode])
      .toEqual([4002, 4003, 4008]);
    expect(discord.violations.map(({ code }) => code).sort()).toEqual([4002, 4003, 4008]);
  });

  it('may show a presence', async () => {
    const client = await identified(Guilds);
    const activities = [{ name: 'riffs', type: 2 }];
    client.send(3, { status: 'idle', activities, afk: false, since: null });
    await eventually(() => discord.gateway.presence).toMatchObject({ status: 'idle', activities });
  });
});

describe('events', () => {
  it('reach only sessions with their intent', async () => {
    const [deaf, listening] = [await identified(Guilds), await identified(Guilds | GuildMessages)];
    const message = ada.say(channel, 'hello');
    ada.deleteMessage(message);
    await eventually(() => listening.event('MESSAGE_DELETE')?.d['id']).toBe(message.id);
    expect(deaf.event('MESSAGE_CREATE')).toBeUndefined();
  });

  it('carry the content of strangers only with a mention, or with a ping on a regular message of the bot', async () => {
    const client = await identified(Guilds | GuildMessages);
    const rest = new RestClient(discord);
    await rest.send('POST', `/channels/${channel.id}/messages`, { content: 'clip' });
    const clip = await channel.waitForMessage();
    ada.say(channel, 'a stranger');
    ada.say(channel, `<@${discord.applicationId}> a mention`);
    ada.say(channel, 'a reply', { replyTo: clip });
    ada.say(channel, 'a quiet reply', { replyTo: clip, ping: false });
    const contents = (): unknown[] =>
      client.frames.filter(({ t }) => t === 'MESSAGE_CREATE').map(({ d }) => d['content']);
    await eventually(contents).toHaveLength(5);
    expect(contents()).toEqual(['clip', '', `<@${discord.applicationId}> a mention`, 'a reply', '']);
  });

  it('hide replies to a response, which is no regular message', async () => {
    const rest = new RestClient(discord);
    const command = { name: 'riff', description: 'd' };
    await rest.send('POST', `/applications/${discord.applicationId}/commands`, command);
    const interaction = ada.useCommand(channel, 'riff');
    const callback = `/interactions/${interaction.id}/${interaction.token}/callback`;
    await rest.send('POST', callback, { type: 4, data: { content: 'clip' } });
    const client = await identified(Guilds | GuildMessages);
    ada.say(channel, 'more jazzy', { replyTo: await interaction.response() });
    await eventually(() => client.event('MESSAGE_CREATE')?.d['content']).toBe('');
  });
});

describe('a message of a stranger', () => {
  const FILE = { filename: 'tune.wav', bytes: Buffer.from('RIFF') };

  async function heard(client: RawClient, id: string): Promise<Record<string, unknown>> {
    const event = () => client.frames.find(({ t, d }) => t === 'MESSAGE_CREATE' && d['id'] === id)?.d;
    await eventually(event).toBeDefined();
    return event() ?? {};
  }

  it('stays hidden where it is the answered one, though the reply mentions the bot', async () => {
    const client = await identified(Guilds | GuildMessages);
    const tune = ada.say(channel, 'my tune', { files: [FILE] });
    const bo = discord.createUser({ name: 'bo' });
    const reply = bo.say(channel, `<@!${discord.applicationId}> jazzier`, { replyTo: tune, files: [FILE] });
    expect(await heard(client, reply.id)).toMatchObject({
      content: `<@!${discord.applicationId}> jazzier`,
      attachments: [{ filename: 'tune.wav', size: 4 }],
      mentions: [
        { id: discord.applicationId, bot: true },
        { id: ada.id, member: { nick: null } },
      ],
      message_reference: { message_id: tune.id, channel_id: channel.id },
      referenced_message: { id: tune.id, content: '', attachments: [] },
    });
  });

  it('shows with the answer the message of the bot that it answers, even when its own words are hidden', async () => {
    const client = await identified(Guilds | GuildMessages);
    await new RestClient(discord).send('POST', `/channels/${channel.id}/messages`, { content: 'clip' });
    const clip = await channel.waitForMessage();
    const quiet = ada.say(channel, 'quietly', { replyTo: clip, ping: false });
    expect(await heard(client, quiet.id)).toMatchObject({
      content: '',
      mentions: [],
      referenced_message: { id: clip.id, content: 'clip' },
    });
  });

  it('mentions nobody by answering a response to an interaction', async () => {
    const client = await identified(Guilds | GuildMessages);
    const rest = new RestClient(discord);
    await rest.send('POST', `/applications/${discord.applicationId}/commands`, {
      name: 'riff',
      description: 'd',
    });
    const interaction = ada.useCommand(channel, 'riff');
    const callback = `/interactions/${interaction.id}/${interaction.token}/callback`;
    await rest.send('POST', callback, { type: 4, data: { content: 'clip' } });
    const replyTo = await interaction.response();
    const [plain, named] = [
      ada.say(channel, 'jazzier', { replyTo }),
      ada.say(channel, `<@${discord.applicationId}> jazzier`, { replyTo }),
    ];
    expect(await heard(client, plain.id)).toMatchObject({ content: '', mentions: [] });
    expect(await heard(client, named.id)).toMatchObject({ content: named.content });
  });

  it('is not opened by @everyone, and not sent at all from where the bot cannot look', async () => {
    const moderator = discord.createUser({ name: 'mod', permissions: ['MentionEveryone'] });
    const [closed, open] = ['closed', 'open'].map((name) =>
      discord.createGuild().createTextChannel({ name, ...(name === 'closed' && { botPermissions: [] }) }),
    );
    if (closed === undefined || open === undefined) throw new Error('no channels');
    const client = await identified(Guilds | GuildMessages);
    ada.say(closed, `<@${discord.applicationId}>`);
    const loud = moderator.say(channel, '@everyone listen');
    expect(await heard(client, loud.id)).toMatchObject({ content: '', mention_everyone: true });
    const all = client.frames.filter(({ t }) => t === 'MESSAGE_CREATE').map(({ d }) => d['channel_id']);
    expect(all).toEqual([channel.id]);
  });
});

describe('a person who writes', () => {
  it('can send what the client sends, and nothing else', () => {
    const bo = discord.createUser({ name: 'bo' });
    const other = discord.createGuild().createTextChannel({ closedTo: [bo] });
    const gone = ada.say(channel, 'gone');
    ada.deleteMessage(gone);
    const file = (size: number) => ({ filename: 'a', bytes: Buffer.alloc(size) });
    expect(() => bo.say(other, 'x')).toThrow('may not write');
    expect(() => ada.say(channel, '  ')).toThrow('nothing to send');
    expect(() => ada.say(channel, 'x'.repeat(2001))).toThrow('too long');
    expect(() => ada.say(channel, '', { files: [file(10 * 2 ** 20 + 1)] })).toThrow('too powerful');
    expect(() => ada.say(channel, '', { files: Array.from({ length: 11 }, () => file(1)) })).toThrow(
      'powerful',
    );
    expect(() => ada.say(channel, 'x', { replyTo: gone })).toThrow('cannot reply');
    expect(() => ada.say(channel, 'x', { replyTo: ada.say(other, 'x') })).toThrow('cannot reply');
    expect(ada.say(channel, '', { files: [file(0)] }).attachments).toHaveLength(1);
  });
});

describe('discord.js', () => {
  let client: Client | undefined;

  afterEach(() => client?.destroy());

  async function logIn(...names: GatewayIntentsString[]): Promise<Client<true>> {
    const created = new Client({ intents: names, rest: { api: discord.apiUrl } });
    client = created;
    const ready = new Promise<Client<true>>((resolve) => created.once(Events.ClientReady, resolve));
    await created.login(discord.token);
    return ready;
  }

  function heard(bot: Client): string[] {
    const ids: string[] = [];
    bot.on(Events.MessageCreate, ({ id }) => ids.push(id));
    return ids;
  }

  it('resumes after its connection breaks, and misses nothing', async () => {
    const ids = heard(await logIn('Guilds', 'GuildMessages'));
    discord.gateway.dropConnections();
    const { id } = ada.say(channel, 'while you were away');
    await eventually(() => ids).toEqual([id]);
    expect([discord.gateway.identifies, discord.gateway.resumes]).toEqual([1, 1]);
    expect(discord.violations).toEqual([]);
  });

  it('resumes when it is asked to reconnect', async () => {
    await logIn('Guilds');
    discord.gateway.requestReconnect();
    await eventually(() => discord.gateway.resumes).toBe(1);
  });

  it('starts anew when its session is gone', async () => {
    await logIn('Guilds');
    discord.gateway.forgetSessions();
    discord.gateway.dropConnections();
    await eventually(() => discord.gateway.identifies).toBe(2);
    expect(discord.gateway.resumes).toBe(0);
  });

  it('is told when its token or its intents are refused', async () => {
    const wrong = new Client({ intents: [], rest: { api: discord.apiUrl } });
    await expect(wrong.login('Wrong.Token.Here')).rejects.toThrow(/invalid token/i);
    const greedy = new Client({ intents: ['MessageContent'], rest: { api: discord.apiUrl } });
    await expect(greedy.login(discord.token)).rejects.toThrow(/disallowed intents/i);
  });
});
