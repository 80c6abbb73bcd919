import { DiscordAPIError, MessageFlags, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { APIMessage, RawFile, REST } from 'discord.js';

import type { MessageFile, MessageView } from '../commands/message-view.js';
import type { ClipJob } from '../commands/clip-job.js';
import { asSpoiler } from '../commands/settings/as-spoiler.js';
import type { JobId } from '../queue/job.js';
import type { Clock } from './clock.js';

/** An interaction's token is good for 15 minutes; a request that is on its way needs some of them. */
const TOKEN_LIFETIME_MS = 14.5 * 60 * 1000;

/**
 * The messages of a job: its reply, and the clip's own. By REST alone, without caches, so that it makes no
 * difference whether the job was accepted by this run of the bot.
 */
export class DiscordMessages {
  readonly #rest: REST;
  readonly #clock: Clock;

  constructor(rest: REST, clock: Clock) {
    this.#rest = rest;
    this.#clock = clock;
  }

  /**
   * Posts a message of the bot's own and returns its id. With the same job, Discord returns the first message
   * instead of making another, for some minutes.
   * @throws DiscordAPIError, or what the network throws
   */
  async post(job: ClipJob, jobId: JobId, view: MessageView): Promise<string> {
    const shown = shownIn(job, view);
    const { body, files } = voiceMessageOf(shown) ?? requestOf(shown);
    const message = await this.#rest.post(Routes.channelMessages(job.channelId), {
      body: { ...body, nonce: jobId, enforce_nonce: true },
      files,
    });
    return (message as APIMessage).id;
  }

  /**
   * Changes the reply: that to a command by its token while that lives, any other as any message of the bot.
   * @throws DiscordAPIError, ReplyGoneError, or what the network throws
   */
  async editReply(job: ClipJob, view: MessageView): Promise<void> {
    const { channelId, reply } = job;
    const request = requestOf(shownIn(job, view));
    if (reply.type === 'interaction' && this.#clock.now() < reply.createdAt + TOKEN_LIFETIME_MS) {
      try {
        const route = Routes.webhookMessage(reply.applicationId, reply.interactionToken);
        await this.#rest.patch(route, { ...request, auth: false });
        return;
      } catch (error) {
        if (!isDeadToken(error)) throw error;
      }
    }
    if (reply.messageId === null) throw new ReplyGoneError();
    await this.#rest.patch(Routes.channelMessage(channelId, reply.messageId), request);
  }
}

/** The reply's token is dead and Discord never told its message's id. */
export class ReplyGoneError extends Error {
  override readonly name = 'ReplyGoneError';

  constructor() {
    super('The reply can no longer be edited.');
  }
}

/** True when asking again cannot help: Discord understood and said no. */
export function isRefusal(error: unknown): boolean {
  if (error instanceof ReplyGoneError) return true;
  return error instanceof DiscordAPIError && [400, 403, 404, 413].includes(error.status);
}

function shownIn({ isSpoiler }: ClipJob, view: MessageView): MessageView {
  return isSpoiler === true ? asSpoiler(view) : view;
}

function isDeadToken(error: unknown): boolean {
  const dead: readonly unknown[] = [
    RESTJSONErrorCodes.UnknownWebhook,
    RESTJSONErrorCodes.InvalidWebhookToken,
  ];
  return error instanceof DiscordAPIError && dead.includes(error.code);
}

/** Undefined for any other message. Discord takes it with its file alone, and never edits it. */
function voiceMessageOf({ files: [file] = [] }: MessageView) {
  if (!file?.voice) return undefined;
  const { waveform, durationSeconds: duration_secs } = file.voice;
  const attachment = { id: 0, filename: file.name, waveform, duration_secs };
  return {
    body: { flags: MessageFlags.IsVoiceMessage, attachments: [attachment], allowed_mentions: { parse: [] } },
    files: [rawFile(file)],
  };
}

function requestOf({ content, embeds = [], components = [], files }: MessageView) {
  const attachments = files?.map(({ name, description }, id) => ({
    id,
    filename: name,
    ...(description !== undefined && { description }),
  }));
  return {
    body: {
      content,
      embeds,
      components,
      ...(attachments && { attachments }),
      allowed_mentions: { parse: [] },
    },
    files: (files ?? []).map(rawFile),
  };
}

function rawFile({ name, contentType, bytes }: MessageFile): RawFile {
  return { name, contentType, data: bytes };
}
