import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalDiscord } from '../local-discord.js';
import { ClientRefusal } from '../people/client-refusal.js';
import type { LocalChannel } from '../people/local-channel.js';
import type { LocalUser } from '../people/local-user.js';
import type { Interaction } from '../state/interaction.js';
import type { Message } from '../state/message.js';
import { RestClient } from './rest-client.js';
import type { RestAnswer } from './rest-client.js';

const EPHEMERAL = 64;
const SUPPRESS_NOTIFICATIONS = 4096;
const COMMAND = {
  name: 'riff',
  description: 'Makes music',
  options: [
    { type: 3, name: 'prompt', description: 'p', required: true, max_length: 20, autocomplete: true },
    { type: 4, name: 'steps', description: 's', min_value: 1, max_value: 50 },
    { type: 10, name: 'strength', description: 'n' },
    { type: 3, name: 'format', description: 'f', choices: [{ name: 'MP3', value: 'mp3' }] },
    { type: 11, name: 'clip', description: 'c' },
  ],
};

let discord: LocalDiscord;
let rest: RestClient;
let channel: LocalChannel;
let ada: LocalUser;

beforeEach(async () => {
  discord = await LocalDiscord.start();
  rest = new RestClient(discord);
  channel = discord.createGuild().createTextChannel();
  ada = discord.createUser({ name: 'ada' });
  await rest.send('POST', `/applications/${discord.applicationId}/commands`, COMMAND);
});

afterEach(() => discord.stop());

function respond(interaction: Interaction, body: unknown, query = ''): Promise<RestAnswer> {
  return rest.send('POST', `/interactions/${interaction.id}/${interaction.token}/callback${query}`, body);
}

function followUp(interaction: Interaction, body: unknown): Promise<RestAnswer> {
  return rest.send('POST', `/webhooks/${discord.applicationId}/${interaction.token}`, body);
}

function editOriginal(interaction: Interaction, body: unknown): Promise<RestAnswer> {
  const path = `/webhooks/${discord.applicationId}/${interaction.token}/messages/%40original`;
  return rest.send('PATCH', path, body);
}

function riff(): Interaction {
  return ada.useCommand(channel, 'riff', { prompt: 'funk' });
}

function codes(): (number | string)[] {
  return discord.violations.map(({ code }) => code);
}

describe('the first response', () => {
  it('is accepted within three seconds', async () => {
    const interaction = riff();
    discord.clock.advance(2500);
    expect((await respond(interaction, { type: 5 })).status).toBe(204);
    expect(interaction.acknowledgedAfterMs).toBeGreaterThanOrEqual(2500);
    expect(discord.violations).toEqual([]);
  });

  it('is refused with 10062 when it comes later', async () => {
    const interaction = riff();
    discord.clock.advance(3001);
    expect(await respond(interaction, { type: 5 })).toMatchObject({ status: 404, code: 10062 });
    expect(codes()).toContain(10062);
  });

  it('is missed when it never comes', () => {
    riff();
    expect(discord.violations).toEqual([]);
    discord.clock.advance(3001);
    expect(codes()).toEqual(['not-acknowledged']);
  });

  it('is refused with 40060 the second time', async () => {
    const interaction = riff();
    await respond(interaction, { type: 5 });
    expect(await respond(interaction, { type: 4, data: { content: 'x' } })).toMatchObject({
      status: 400,
      code: 40060,
    });
    expect(codes()).toEqual([40060]);
  });

  it('is refused with 10062 for a token that never was', async () => {
    expect(await rest.send('POST', '/interactions/1/nonsense/callback', { type: 5 })).toMatchObject({
      code: 10062,
    });
  });

  it('must be of a type that the interaction knows', async () => {
    expect(await respond(riff(), { type: 7, data: { content: 'x' } })).toMatchObject({ code: 50035 });
    expect(await respond(riff(), { type: 8, data: { choices: [] } })).toMatchObject({ code: 50035 });
    expect(await respond(riff(), { type: 99 })).toMatchObject({ code: 50035 });
  });

  it('sets no flag but EPHEMERAL when it is deferred', async () => {
    const bad = await respond(riff(), { type: 5, data: { flags: SUPPRESS_NOTIFICATIONS } });
    expect(bad).toMatchObject({ code: 50035 });
    expect((await respond(riff(), { type: 5, data: { flags: EPHEMERAL } })).status).toBe(204);
  });

  it('comes back as a message when it is asked for', async () => {
    const answer = await respond(riff(), { type: 4, data: { content: 'hi' } }, '?with_response=true');
    expect(answer.status).toBe(200);
    expect(answer.body['resource']).toMatchObject({ type: 4, message: { content: 'hi' } });
  });

  it('offers at most 25 choices of at most 100 characters', async () => {
    const refused = expect(
      ada.autocomplete(channel, 'riff', { focused: 'prompt', value: 'f' }, { timeoutMs: 300 }),
    ).rejects.toThrow('Waited 300 ms');
    const interaction = await pending();
    const choice = { name: 'n', value: 'v' };
    const many = { type: 8, data: { choices: Array.from({ length: 26 }, () => choice) } };
    expect(await respond(interaction, many)).toMatchObject({ code: 50035 });
    const long = { type: 8, data: { choices: [{ name: 'n'.repeat(101), value: 'v' }] } };
    expect(await respond(interaction, long)).toMatchObject({ code: 50035 });
    await refused;
  });

  it('may be a modal with a title of at most 45 characters', async () => {
    const modal = { custom_id: 'm', title: 't', components: [{ type: 10, content: 'c' }] };
    const interaction = riff();
    expect((await respond(interaction, { type: 9, data: { ...modal, title: 't'.repeat(46) } })).code).toBe(
      50035,
    );
    expect((await respond(interaction, { type: 9, data: modal })).status).toBe(204);
    expect(interaction.modal?.title).toBe('t');
  });
});

describe('edits and follow-ups', () => {
  it('are refused with 10015 before the first response', async () => {
    const interaction = riff();
    expect(await editOriginal(interaction, { content: 'x' })).toMatchObject({ status: 404, code: 10015 });
    expect(await followUp(interaction, { content: 'x' })).toMatchObject({ status: 404, code: 10015 });
    expect(codes()).toEqual([10015, 10015]);
  });

  it('are refused with 50027 after fifteen minutes', async () => {
    const interaction = riff();
    await respond(interaction, { type: 4, data: { content: 'x' } });
    discord.clock.advance(15 * 60_000 + 1);
    expect(await editOriginal(interaction, { content: 'y' })).toMatchObject({ status: 401, code: 50027 });
    expect(codes()).toEqual([50027]);
  });

  it('fill in a deferred response, which keeps being ephemeral', async () => {
    const interaction = riff();
    await respond(interaction, { type: 5, data: { flags: EPHEMERAL } });
    expect(interaction.original?.loading).toBe(true);
    await followUp(interaction, { content: 'done' });
    expect(interaction.followUps).toEqual([]);
    const answer = await interaction.response();
    expect([answer.content, answer.ephemeral, answer.loading]).toEqual(['done', true, false]);
    expect(discord.violations).toEqual([]);
  });

  it('make a voice message of a follow-up, and never of an edit', async () => {
    const body = { flags: 1 << 13, attachments: [{ id: 0, waveform: 'AA==', duration_secs: 1 }] };
    const audio = [{ name: 'a.ogg', bytes: new Uint8Array(4), type: 'audio/ogg' }];
    const [edited, followed] = [riff(), riff()];
    for (const interaction of [edited, followed]) await respond(interaction, { type: 5 });
    const webhook = ({ token }: Interaction) => `/webhooks/${discord.applicationId}/${token}`;
    await rest.send('PATCH', `${webhook(edited)}/messages/@original`, body, audio);
    await rest.send('POST', webhook(followed), body, audio);
    expect([edited, followed].map(({ original }) => original?.flags)).toEqual([0, 1 << 13]);
  });

  it('are missed when a deferred response is never filled in', async () => {
    await respond(riff(), { type: 5 });
    discord.clock.advance(15 * 60_000 + 1);
    expect(codes()).toEqual(['left-thinking']);
  });

  it('are limited to five in five seconds, and the headers say so', async () => {
    const interaction = riff();
    await respond(interaction, { type: 4, data: { content: '0' } });
    const remaining: (string | null)[] = [];
    for (let edit = 1; edit <= 5; edit += 1) {
      const answer = await editOriginal(interaction, { content: String(edit) });
      remaining.push(answer.headers.get('x-ratelimit-remaining'));
    }
    expect(remaining).toEqual(['4', '3', '2', '1', '0']);

    const refused = await editOriginal(interaction, { content: '6' });
    expect(refused.status).toBe(429);
    expect(refused.body['retry_after']).toBeGreaterThan(0);
    expect(discord.violations).toEqual([]);
    await editOriginal(interaction, { content: '7' });
    expect(codes()).toEqual([429]);

    discord.clock.advance(5000);
    expect((await editOriginal(interaction, { content: '8' })).status).toBe(200);
  });

  it('do not blame the bot for a message that somebody else has deleted', async () => {
    const interaction = riff();
    await respond(interaction, { type: 4, data: { content: 'x' } });
    const moderator = discord.createUser({ name: 'mod', permissions: ['ManageMessages'] });
    moderator.deleteMessage(await interaction.response());
    expect(await editOriginal(interaction, { content: 'y' })).toMatchObject({ status: 404, code: 10008 });
    expect(discord.violations).toEqual([]);
  });
});

describe("a command of a message's menu", () => {
  const COMMANDS = [{ name: 'Remix this', type: 3, contexts: [0] }];

  beforeEach(() => rest.send('PUT', `/applications/${discord.applicationId}/commands`, COMMANDS));

  it('shows the bot the message, though it is a stranger who has written it', async () => {
    const file = { filename: 'tune.wav', bytes: Buffer.from('RIFF') };
    const tune = ada.say(channel, 'my tune', { files: [file] });
    const interaction = discord.createUser({ name: 'bo' }).useMessageCommand(tune, 'Remix this');
    const { resolved, ...data } = interaction.data as {
      resolved: { messages: Record<string, { content: string; attachments: { url: string }[] }> };
    };
    expect(data).toMatchObject({ name: 'Remix this', type: 3, target_id: tune.id });
    const shown = resolved.messages[tune.id];
    expect(shown?.content).toBe('my tune');
    expect(await (await fetch(shown?.attachments[0]?.url ?? '')).text()).toBe('RIFF');
  });

  it('is answered as any command is, with a reference to the message', async () => {
    const interaction = ada.useMessageCommand(ada.say(channel, 'my tune'), 'Remix this');
    const { id } = interaction.target ?? {};
    const answer = await respond(interaction, { type: 4, data: { content: 'done' } }, '?with_response=true');
    expect(answer.body['resource']).toMatchObject({
      message: {
        type: 23,
        interaction_metadata: { type: 2, target_message_id: id },
        message_reference: { message_id: id },
      },
    });
  });

  it('is offered only where it is registered for, on messages that the person sees', async () => {
    const tune = ada.say(channel, 'my tune');
    expect(() => ada.useMessageCommand(tune, 'riff')).toThrow('not registered');
    expect(() => ada.useCommand(channel, 'Remix this')).toThrow('not registered');
    const direct = ada.say(ada.directChannel(), 'my tune');
    expect(() => ada.useMessageCommand(direct, 'Remix this')).toThrow('not offered');
    const eve = discord.createUser({ name: 'eve' });
    const closed = ada.say(discord.createGuild().createTextChannel({ closedTo: [eve] }), 'x');
    expect(() => eve.useMessageCommand(closed, 'Remix this')).toThrow('cannot look');
    const whispered = ada.useMessageCommand(tune, 'Remix this');
    await respond(whispered, { type: 4, data: { content: 'x', flags: EPHEMERAL } });
    expect(() => ada.useMessageCommand(message(whispered), 'Remix this')).toThrow('only you see');
    ada.deleteMessage(tune);
    expect(() => ada.useMessageCommand(tune, 'Remix this')).toThrow('deleted');
  });
});

function message({ original }: Interaction): Message {
  if (original === undefined) throw new Error('There is no answer.');
  return original;
}

describe('a person at the client', () => {
  it('cannot use a command that is not registered', () => {
    expect(() => ada.useCommand(channel, 'sing')).toThrow(ClientRefusal);
  });

  it.each([
    [{}, 'is required'],
    [{ prompt: 'x'.repeat(21) }, '1 to 20 characters'],
    [{ prompt: '' }, '1 to 20 characters'],
    [{ prompt: 'x', steps: 0 }, 'takes 1 to 50'],
    [{ prompt: 'x', steps: 1.5 }, 'does not take 1.5'],
    [{ prompt: 'x', strength: Number.NaN }, 'does not take NaN'],
    [{ prompt: 'x', steps: '5' }, 'takes a number'],
    [{ prompt: 'x', format: 'wav' }, 'not among the choices'],
    [{ prompt: 'x', volume: 3 }, 'no option "volume"'],
  ])('cannot send %j', (options, reason) => {
    expect(() => ada.useCommand(channel, 'riff', options)).toThrow(reason);
  });

  it('can attach a file, which the bot can download until its address expires', async () => {
    const clip = { filename: 'my clip.wav', bytes: Buffer.from('RIFF') };
    const { data } = ada.useCommand(channel, 'riff', { prompt: 'x', clip });
    const { resolved } = data as {
      resolved: { attachments: Record<string, { url: string; filename: string }> };
    };
    const [attachment] = Object.values(resolved.attachments);
    expect(attachment?.filename).toBe('my_clip.wav');
    expect(await (await fetch(attachment?.url ?? '')).text()).toBe('RIFF');
    expect((await fetch((attachment?.url ?? '').replace('hm=', 'hm=0'))).status).toBe(404);
    discord.clock.advance(25 * 60 * 60_000);
    expect((await fetch(attachment?.url ?? '')).status).toBe(404);
  });

  it("cannot press a button that is disabled, absent or on somebody else's screen", async () => {
    const interaction = riff();
    const buttons = [
      { type: 2, style: 1, label: 'Go', custom_id: 'go' },
      { type: 2, style: 1, label: 'Off', custom_id: 'off', disabled: true },
    ];
    const data = { content: 'x', flags: EPHEMERAL, components: [{ type: 1, components: buttons }] };
    await respond(interaction, { type: 4, data });
    const message = await interaction.response();
    expect(() => ada.clickButton(message, 'Stop')).toThrow('There is no button "Stop"');
    expect(() => ada.clickButton(message, 'Off')).toThrow('is disabled');
    expect(() => discord.createUser({ name: 'eve' }).clickButton(message, 'Go')).toThrow('cannot see');
    expect(ada.clickButton(message, 'go').kind).toBe('component');
  });

  it('cannot use what is for other channels or other people', async () => {
    const path = `/applications/${discord.applicationId}/commands`;
    await rest.send('PUT', path, [
      { name: 'adult', description: 'd', nsfw: true },
      { name: 'admin', description: 'd', default_member_permissions: '32' },
      { name: 'guild', description: 'd', contexts: [0] },
    ]);
    expect(() => ada.useCommand(channel, 'adult')).toThrow('age-restricted');
    expect(() => ada.useCommand(channel, 'admin')).toThrow('may not use');
    expect(() => ada.useCommand(ada.directChannel(), 'guild')).toThrow('not offered');
    expect(ada.useCommand(ada.directChannel(), 'admin').kind).toBe('command');
  });
});

async function pending(): Promise<Interaction> {
  const found = (): Interaction | undefined => discord.interactions.at(-1);
  await discord.waitUntil('an interaction', () => found() !== undefined);
  const interaction = found();
  if (interaction === undefined) throw new Error('no interaction');
  return interaction;
}
