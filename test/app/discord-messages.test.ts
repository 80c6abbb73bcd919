import { MessageFlags, REST, Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Clock } from '../../src/app/clock.js';
import { DiscordMessages, isRefusal } from '../../src/app/discord-messages.js';
import { sentenceOnly } from '../../src/commands/replies.js';
import type { ClipJob } from '../../src/commands/clip-job.js';
import { riffJob } from '../commands/sample-job.js';
import { LocalDiscord } from '../discord/local-discord.js';
import type { LocalChannel } from '../discord/people/local-channel.js';
import type { Interaction } from '../discord/state/interaction.js';
import { deployCommands } from './bot-under-test.js';

const DEFERRED = 5;
const MINUTE_MS = 60_000;
const spoken = {
  content: '',
  files: [
    {
      name: 'a.ogg',
      contentType: 'audio/ogg',
      bytes: new Uint8Array([1]),
      voice: { durationSeconds: 1.5, waveform: 'AAEC' },
    },
  ],
};

let discord: LocalDiscord;
let channel: LocalChannel;
let command: Interaction;
let messages: DiscordMessages;
let job: ClipJob;

beforeEach(async () => {
  discord = await LocalDiscord.start();
  channel = discord.createGuild().createTextChannel();
  await deployCommands(discord);
  const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
  command = discord.createUser({ name: 'ada' }).useCommand(channel, 'riff', { prompt: 'x' });
  await rest.post(Routes.interactionCallback(command.id, command.token), {
    body: { type: DEFERRED },
    auth: false,
  });
  const clock: Clock = { now: () => discord.clock.now(), after: () => () => {} };
  messages = new DiscordMessages(rest, clock);
  job = jobOf({ messageId: command.original?.id ?? null });
});

afterEach(async () => {
  expect(discord.violations).toEqual([]);
  await discord.stop();
});

describe('DiscordMessages', () => {
  it('edits a reply by its token while that lives', async () => {
    await messages.editReply(job, sentenceOnly('soon'));
    expect(command.original?.content).toBe('soon');
    expect(discord.requests.at(-1)?.path).toContain('/webhooks/');
  });

  it('edits it as an ordinary message when the token has died of old age', async () => {
    await messages.editReply(job, sentenceOnly('soon'));
    discord.clock.advance(15 * MINUTE_MS);
    await messages.editReply(job, sentenceOnly('late'));
    expect(command.original?.content).toBe('late');
    expect(discord.requests.at(-1)?.path).toMatch(/^\/channels\//);
  });

  it('says that it cannot when the token is dead and the message unknown', async () => {
    await messages.editReply(job, sentenceOnly('soon'));
    discord.clock.advance(15 * MINUTE_MS);
    const lost = messages.editReply(jobOf({ messageId: null }), sentenceOnly('late'));
    await expect(lost).rejects.toSatisfy(isRefusal);
  });

  it('posts one message for one job, however often it is asked', async () => {
    const first = await messages.post(job, 'job1', sentenceOnly('once'));
    expect(await messages.post(job, 'job1', sentenceOnly('once'))).toBe(first);
    expect(await messages.post(job, 'job2', sentenceOnly('twice'))).not.toBe(first);
    expect(channel.messages.filter(({ origin }) => origin === undefined)).toHaveLength(2);
  });

  it('posts a voice message with its length and outline; in a reply it is a file', async () => {
    const id = await messages.post(job, 'job1', spoken);
    const message = channel.messages.find((one) => one.id === id);
    expect(message?.flags).toBe(MessageFlags.IsVoiceMessage);
    expect(message?.attachments[0]?.voice).toEqual({ durationSeconds: 1.5, waveform: 'AAEC' });
    await messages.editReply(job, { ...spoken, content: 'here' });
    expect(command.original?.content).toBe('here');
    expect(command.original?.attachments[0]?.voice).toBeUndefined();
  });

  it('is refused a voice message where the bot may send none', async () => {
    const botPermissions = ['ViewChannel', 'SendMessages', 'AttachFiles', 'EmbedLinks'] as const;
    const mute = discord.createGuild().createTextChannel({ botPermissions });
    const posting = messages.post({ ...job, channelId: mute.id }, 'job1', spoken);
    await expect(posting).rejects.toSatisfy(isRefusal);
  });

  it('pings nobody', async () => {
    await messages.post(job, 'job1', sentenceOnly(`@everyone <@${command.user.id}>`));
    const message = await channel.waitForMessage(({ origin }) => origin === undefined);
    expect(message.pings).toEqual({ everyone: false, userIds: [], roleIds: [] });
  });

  it('keeps the files of a message that is edited without any, and removes them when told', async () => {
    const file = { name: 'a.png', contentType: 'image/png', bytes: new Uint8Array([1]) };
    await messages.editReply(job, { content: 'one', files: [file] });
    await messages.editReply(job, { content: 'two' });
    expect(command.original?.attachments).toHaveLength(1);
    await messages.editReply(job, { content: 'three', files: [] });
    expect(command.original?.attachments).toEqual([]);
  });

  it('edits a reply that is a message of its own, and has no token', async () => {
    const messageId = await messages.post(job, 'job7', sentenceOnly('first'));
    const answer: ClipJob = { ...job, reply: { type: 'message', messageId } };
    await messages.editReply(answer, sentenceOnly('then'));
    expect(channel.messages.find(({ id }) => id === messageId)?.content).toBe('then');
  });

  it('tells a refusal from a failure that may pass', async () => {
    discord.failNext({ status: 403, code: 50013 });
    await expect(messages.post(job, 'job1', sentenceOnly('x'))).rejects.toSatisfy(isRefusal);
    discord.failNext({ status: 503, times: 4 });
    await expect(messages.post(job, 'job1', sentenceOnly('x'))).rejects.not.toSatisfy(isRefusal);
  });
});

function jobOf({ messageId }: { messageId: string | null }): ClipJob {
  const reply = {
    type: 'interaction' as const,
    applicationId: discord.applicationId,
    interactionToken: command.token,
    createdAt: command.createdAt,
    messageId,
  };
  return { ...riffJob(), channelId: channel.id, reply };
}
