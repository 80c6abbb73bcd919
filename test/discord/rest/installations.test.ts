import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalDiscord } from '../local-discord.js';
import type { LocalChannel } from '../people/local-channel.js';
import type { LocalUser } from '../people/local-user.js';
import type { Interaction } from '../state/interaction.js';
import { RestClient } from './rest-client.js';
import type { RestAnswer } from './rest-client.js';

const EPHEMERAL = 64;
const EVERYWHERE = { contexts: [0, 1, 2], integration_types: [0, 1] };

let discord: LocalDiscord;
let rest: RestClient;
let foreign: LocalChannel;
let ada: LocalUser;
let bo: LocalUser;

beforeEach(async () => {
  discord = await LocalDiscord.start();
  rest = new RestClient(discord);
  foreign = discord.createGuild({ name: 'foreign', withBot: false, locale: 'ja' }).createTextChannel();
  ada = discord.createUser({ name: 'ada', locale: 'de' });
  bo = discord.createUser({ name: 'bo' });
  ada.installApp();
  await rest.send('PUT', `/applications/${discord.applicationId}/commands`, [
    { name: 'riff', description: 'd', ...EVERYWHERE },
    { name: 'admin', description: 'd' },
  ]);
});

afterEach(() => discord.stop());

function respond(interaction: Interaction, body: unknown): Promise<RestAnswer> {
  return rest.send('POST', `/interactions/${interaction.id}/${interaction.token}/callback`, body);
}

function followUp({ token }: Interaction): Promise<RestAnswer> {
  return rest.send('POST', `/webhooks/${discord.applicationId}/${token}`, { content: 'x' });
}

describe('an application that a person has installed', () => {
  it('comes along to where the bot is no member, for that person alone', () => {
    expect(ada.useCommand(foreign, 'riff').owners).toEqual({ 1: ada.id });
    expect(() => bo.useCommand(foreign, 'riff')).toThrow('Nobody has installed');
    expect(() => ada.useCommand(foreign, 'admin')).toThrow('Nobody has installed');
    const group = ada.privateChannel(bo);
    expect(ada.useCommand(group, 'riff').owners).toEqual({ 1: ada.id });
    expect(() => bo.useCommand(group, 'riff')).toThrow('Nobody has installed');
  });

  it('is there twice where the guild has installed it too', () => {
    const home = discord.createGuild();
    const channel = home.createTextChannel();
    expect(ada.useCommand(channel, 'riff').owners).toEqual({ 0: home.id, 1: ada.id });
    expect(bo.useCommand(channel, 'riff').owners).toEqual({ 0: home.id });
    expect(ada.useCommand(ada.directChannel(), 'riff').owners).toEqual({ 0: '0', 1: ada.id });
  });

  it('has nothing but its answer there: the bot itself may not look, read or write', async () => {
    expect(await rest.send('GET', `/channels/${foreign.id}/messages`)).toMatchObject({ code: 50001 });
    expect(await rest.send('POST', `/channels/${foreign.id}/messages`, { content: 'x' })).toMatchObject({
      code: 50001,
    });
    const interaction = ada.useCommand(foreign, 'riff');
    expect((await respond(interaction, { type: 4, data: { content: 'clip' } })).status).toBe(204);
    expect((await interaction.response()).ephemeral).toBe(false);
  });

  it('may follow up five times, however often it edits; elsewhere as often as it likes', async () => {
    const [abroad, home] = [foreign, discord.createGuild().createTextChannel()].map((channel) =>
      ada.useCommand(channel, 'riff'),
    );
    if (abroad === undefined || home === undefined) throw new Error('no commands');
    for (const interaction of [abroad, home]) await respond(interaction, { type: 5 });
    // The first is the answer itself, and six make a limit of the rate.
    for (let count = 0; count < 6; count += 1) {
      expect([(await followUp(abroad)).status, (await followUp(home)).status]).toEqual([200, 200]);
      discord.clock.advance(1500);
    }
    expect(await followUp(abroad)).toMatchObject({ status: 400, code: 40094 });
    expect((await followUp(home)).status).toBe(200);
    expect(discord.violations.map(({ code }) => code)).toEqual([40094]);
  });

  it('is heard by nobody else where the person may not use external apps', async () => {
    const strict = discord.createGuild({
      withBot: false,
      permissions: ['ViewChannel', 'SendMessages', 'UseApplicationCommands'],
    });
    const interaction = ada.useCommand(strict.createTextChannel(), 'riff');
    await respond(interaction, { type: 5 });
    await followUp(interaction);
    expect((await interaction.response()).flags).toBe(EPHEMERAL);
  });

  it('is still theirs when others press its buttons', async () => {
    const interaction = ada.useCommand(foreign, 'riff');
    const button = { type: 2, style: 1, label: 'Again', custom_id: 'again' };
    await respond(interaction, { type: 4, data: { components: [{ type: 1, components: [button] }] } });
    expect(bo.clickButton(await interaction.response(), 'Again').owners).toEqual({ 1: ada.id });
  });
});

describe('a thread', () => {
  it('lets the bot write if it may write in threads, and not once it is locked', async () => {
    const guild = discord.createGuild();
    const open = ada.startThread(guild.createTextChannel(), 'jam');
    const path = `/channels/${open.id}/messages`;
    expect((await rest.send('POST', path, { content: 'x' })).status).toBe(200);
    expect(ada.useCommand(open, 'riff').owners).toMatchObject({ 0: guild.id });

    const botPermissions = ['ViewChannel', 'SendMessages'] as const;
    const closed = ada.startThread(guild.createTextChannel({ botPermissions }), 'quiet');
    expect(await rest.send('POST', `/channels/${closed.id}/messages`, { content: 'x' })).toMatchObject({
      status: 403,
      code: 50013,
    });
    if (open.channel.kind === 'thread') open.channel.locked = true;
    expect(await rest.send('POST', path, { content: 'x' })).toMatchObject({ status: 400, code: 50083 });
    expect(() => ada.say(open, 'x')).toThrow('locked');
    expect(discord.violations).toEqual([]);
  });
});
