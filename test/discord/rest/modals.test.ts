import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalDiscord } from '../local-discord.js';
import type { LocalChannel } from '../people/local-channel.js';
import type { LocalUser } from '../people/local-user.js';
import type { Interaction } from '../state/interaction.js';
import type { Message } from '../state/message.js';
import { RestClient } from './rest-client.js';
import type { RestAnswer } from './rest-client.js';

const PROMPT = { type: 4, custom_id: 'prompt', style: 1, max_length: 20 };

let discord: LocalDiscord;
let rest: RestClient;
let channel: LocalChannel;
let ada: LocalUser;

beforeEach(async () => {
  discord = await LocalDiscord.start();
  rest = new RestClient(discord);
  channel = discord.createGuild().createTextChannel();
  ada = discord.createUser({ name: 'ada' });
  const command = { name: 'remix', description: 'd' };
  await rest.send('POST', `/applications/${discord.applicationId}/commands`, command);
});

afterEach(() => discord.stop());

function label(component: Record<string, unknown>, fields: Record<string, unknown> = {}) {
  return { type: 18, label: 'A field', component, ...fields };
}

function modal(...components: unknown[]): Record<string, unknown> {
  return { custom_id: 'remix:1', title: 'Remix', components };
}

function respond(interaction: Interaction, type: number, data: unknown): Promise<RestAnswer> {
  const path = `/interactions/${interaction.id}/${interaction.token}/callback`;
  return rest.send('POST', path, { type, data });
}

async function opened(data: unknown): Promise<Interaction> {
  const interaction = ada.useCommand(channel, 'remix');
  expect((await respond(interaction, 9, data)).status).toBe(204);
  return interaction;
}

/** A message of the bot's with one button. */
async function postedButton(): Promise<Message> {
  const components = [{ type: 1, components: [{ type: 2, style: 2, label: 'Remix', custom_id: 'r' }] }];
  await rest.send('POST', `/channels/${channel.id}/messages`, { content: 'clip', components });
  return channel.waitForMessage();
}

describe('a modal', () => {
  it.each<[string, Record<string, unknown>]>([
    ['a title of 46 characters', { ...modal(label(PROMPT)), title: 't'.repeat(46) }],
    ['a custom id of 101 characters', { ...modal(label(PROMPT)), custom_id: 'c'.repeat(101) }],
    ['nothing in it', modal()],
    ['six fields', modal(...'abcdef'.split('').map((custom_id) => label({ ...PROMPT, custom_id })))],
    ['two fields of one custom id', modal(label(PROMPT), label(PROMPT))],
    ['a label of 46 characters', modal(label(PROMPT, { label: 'l'.repeat(46) }))],
    ['a description of 101 characters', modal(label(PROMPT, { description: 'd'.repeat(101) }))],
    ['a placeholder of 101 characters', modal(label({ ...PROMPT, placeholder: 'p'.repeat(101) }))],
    ['a text of up to 4001 characters', modal(label({ ...PROMPT, max_length: 4001 }))],
    ['a smallest length above the largest', modal(label({ ...PROMPT, min_length: 21 }))],
    ['more filled in than fits', modal(label({ ...PROMPT, value: 'v'.repeat(21) }))],
    ['a text input that stands alone', modal(PROMPT)],
    ['an action row whose input has no label', modal({ type: 1, components: [PROMPT] })],
    ['a button', modal(label({ type: 2, style: 1, label: 'b', custom_id: 'b' }))],
    [
      'a radio group of one',
      modal(label({ type: 21, custom_id: 'r', options: [{ label: 'a', value: 'a' }] })),
    ],
    ['a menu that is disabled', modal(label({ type: 5, custom_id: 'u', disabled: true }))],
  ])('with %s is refused with 50035', async (_, data) => {
    const interaction = ada.useCommand(channel, 'remix');
    expect(await respond(interaction, 9, data)).toMatchObject({ status: 400, code: 50035 });
    expect(interaction.modal).toBeUndefined();
  });

  it('is no answer to a modal, nor a second answer, nor one that comes late', async () => {
    const data = modal(label(PROMPT));
    const first = await opened(data);
    expect(await respond(first, 9, data)).toMatchObject({ code: 40060 });
    expect(await respond(ada.submitModal(first, { prompt: 'x' }), 9, data)).toMatchObject({ code: 50035 });
    const late = ada.useCommand(channel, 'remix');
    discord.clock.advance(3001);
    expect(await respond(late, 9, data)).toMatchObject({ code: 10062 });
  });
});

describe('a submitted modal', () => {
  it('says what was filled in, label by label, in an interaction of its own', async () => {
    const strength = {
      type: 3,
      custom_id: 'strength',
      options: [{ label: 'light', value: '0.3', default: true }],
    };
    const first = await opened(
      modal(
        { type: 10, content: 'Say what should change.' },
        label(PROMPT),
        label(strength),
        label({ type: 4, custom_id: 'without', style: 2, required: false, value: 'drums' }),
        label({ type: 23, custom_id: 'loop' }),
      ),
    );
    const submitted = ada.submitModal(first, { prompt: 'jazzier' });
    expect(submitted.token).not.toBe(first.token);
    expect(submitted.data).toEqual({
      custom_id: 'remix:1',
      resolved: { users: {}, attachments: {}, roles: {}, channels: {} },
      components: [
        { type: 10, id: 1 },
        { type: 18, id: 2, component: { type: 4, id: 3, custom_id: 'prompt', value: 'jazzier' } },
        { type: 18, id: 4, component: { type: 3, id: 5, custom_id: 'strength', values: ['0.3'] } },
        { type: 18, id: 6, component: { type: 4, id: 7, custom_id: 'without', value: 'drums' } },
        { type: 18, id: 8, component: { type: 23, id: 9, custom_id: 'loop', value: false } },
      ],
    });
  });

  it('brings files along', async () => {
    const upload = { type: 19, custom_id: 'clip', max_values: 2 };
    const file = { filename: 'a.wav', bytes: Buffer.from('RIFF') };
    const { data } = ada.submitModal(await opened(modal(label(upload))), { clip: [file] });
    const { resolved, components } = data as {
      resolved: { attachments: Record<string, { url: string }> };
      components: [{ component: { values: [string] } }];
    };
    const [id] = components[0].component.values;
    expect(await (await fetch(resolved.attachments[id]?.url ?? '')).text()).toBe('RIFF');
  });

  it('can change the message whose button opened it, and only such a one', async () => {
    const click = ada.clickButton(await postedButton(), 'Remix');
    await respond(click, 9, modal(label(PROMPT)));
    const submitted = ada.submitModal(click, { prompt: 'x' });
    expect((await respond(submitted, 7, { content: 'changed', components: [] })).status).toBe(204);
    expect(channel.messages[0]?.content).toBe('changed');

    const other = ada.submitModal(await opened(modal(label(PROMPT))), { prompt: 'x' });
    expect(await respond(other, 6, undefined)).toMatchObject({ code: 50035 });
    expect((await respond(other, 4, { content: 'answer' })).status).toBe(204);
    expect((await other.response()).origin?.triggeredBy?.interactionType).toBe(2);
  });

  it('must be answered within three seconds, as any interaction', async () => {
    ada.submitModal(await opened(modal(label(PROMPT))), { prompt: 'x' });
    discord.clock.advance(3001);
    expect(discord.violations.map(({ code }) => code)).toEqual(['not-acknowledged']);
  });
});

describe('a person at a modal', () => {
  it('cannot send what it does not take', async () => {
    const radio = {
      type: 21,
      custom_id: 'way',
      options: ['a', 'b'].map((value) => ({ label: value, value })),
    };
    const first = await opened(modal(label({ ...PROMPT, min_length: 2 }), label(radio)));
    const fill = (values: Record<string, string>) => () => ada.submitModal(first, { way: 'a', ...values });
    expect(fill({})).toThrow('"prompt" is required');
    expect(fill({ prompt: 'x' })).toThrow('2 to 20 characters');
    expect(fill({ prompt: 'x'.repeat(21) })).toThrow('2 to 20 characters');
    expect(fill({ prompt: 'two\nlines' })).toThrow('one line');
    expect(fill({ prompt: 'xx', way: 'c' })).toThrow('does not offer c');
    expect(fill({ prompt: 'xx', volume: '3' })).toThrow('no field "volume"');
    expect(() => discord.createUser({ name: 'eve' }).submitModal(first)).toThrow('no open modal');
    expect(fill({ prompt: 'xx' })().kind).toBe('modal');
    expect(fill({ prompt: 'xx' })).toThrow('no open modal');
  });

  it('cannot fill in a modal that the bot has not opened', () => {
    expect(() => ada.submitModal(ada.useCommand(channel, 'remix'))).toThrow('no open modal');
  });
});
