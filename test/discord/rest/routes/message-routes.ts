import { GatewayIntentBits, MessageFlags } from 'discord.js';
import { deleteMessage, editMessage } from '../../actions/edit-message.js';
import { BOT_MESSAGE_FLAGS, postMessage } from '../../actions/post-message.js';
import { messagePayload, redactedMessagePayload } from '../../payloads/message-payload.js';
import { refusals } from '../../rules/api-error.js';
import { parseForm, refuseField } from '../../rules/form.js';
import { messageForm } from '../../rules/message-form.js';
import type { MessageForm } from '../../rules/message-form.js';
import { may } from '../../rules/permissions.js';
import type { PermissionName } from '../../rules/permissions.js';
import type { Channel } from '../../state/channel.js';
import type { Message } from '../../state/message.js';
import type { World } from '../../state/world.js';
import type { RateLimit, Route, RouteAnswer, RouteRequest } from '../router.js';
import { findChannel } from './channel-routes.js';

const MESSAGES = '/channels/:channel/messages';
const MESSAGE = '/channels/:channel/messages/:message';
const WRITES: RateLimit = { requests: 5, perMs: 5000 };
const DELETES: RateLimit = { requests: 5, perMs: 1000 };
/** A nonce is remembered for "the past few minutes". */
const NONCE_LIFETIME_MS = 3 * 60_000;

/** Ordinary messages, written with the bot's own token. */
export const messageRoutes: readonly Route[] = [
  { method: 'GET', pattern: MESSAGES, auth: 'bot', handle: list },
  { method: 'POST', pattern: MESSAGES, auth: 'bot', limit: WRITES, handle: create },
  { method: 'GET', pattern: MESSAGE, auth: 'bot', handle: get },
  { method: 'PATCH', pattern: MESSAGE, auth: 'bot', limit: WRITES, handle: edit },
  { method: 'DELETE', pattern: MESSAGE, auth: 'bot', limit: DELETES, handle: remove },
];

function list(request: RouteRequest): RouteAnswer {
  const { world, query } = request;
  const channel = findChannel(request);
  if (!may(channel, world.bot, 'ReadMessageHistory')) return { status: 200, body: [] };
  const limit = Number(query.get('limit') ?? '50');
  if (!(limit >= 1 && limit <= 100)) refuseField(['limit'], 'NUMBER_TYPE_MAX', 'Must be between 1 and 100.');
  const before = BigInt(query.get('before') ?? (1n << 63n).toString());
  const after = BigInt(query.get('after') ?? '0');
  const inRange = world
    .messagesIn(channel.id)
    .filter(({ id, ephemeral }) => !ephemeral && BigInt(id) < before && BigInt(id) > after);
  const chosen = query.has('after') ? inRange.slice(0, limit) : inRange.slice(-limit);
  return { status: 200, body: chosen.reverse().map((message) => asTheBotSees(world, message)) };
}

/** Without the intent MESSAGE_CONTENT, content and files are left out here as on the gateway. */
function asTheBotSees(world: World, message: Message): Record<string, unknown> {
  return redactedMessagePayload(world, message, world.mayReadContent ? GatewayIntentBits.MessageContent : 0);
}

function create(request: RouteRequest): RouteAnswer {
  const { world, body } = request;
  const channel = findChannel(request);
  const form = parseForm(messageForm, body.json ?? {});
  checkMayPost(request, channel, form);
  const repeated = findByNonce(world, channel, form);
  const message =
    repeated ??
    postMessage(world, {
      channel,
      author: world.bot,
      form,
      files: body.files,
      repliesTo: findReplied(world, channel, form),
      allowedFlags: BOT_MESSAGE_FLAGS,
    });
  return { status: 200, body: messagePayload(world, message) };
}

function get(request: RouteRequest): RouteAnswer {
  const channel = findChannel(request);
  require(request, channel, 'ReadMessageHistory');
  return { status: 200, body: asTheBotSees(request.world, findMessage(request)) };
}

function edit(request: RouteRequest): RouteAnswer {
  const { world, body } = request;
  findChannel(request);
  const message = findMessage(request);
  editMessage(world, message, parseForm(messageForm, body.json ?? {}), body.files);
  return { status: 200, body: messagePayload(world, message) };
}

function remove(request: RouteRequest): RouteAnswer {
  const { world } = request;
  const channel = findChannel(request);
  const message = findMessage(request);
  if (message.author.id !== world.bot.id) require(request, channel, 'ManageMessages');
  deleteMessage(world, message);
  return { status: 204 };
}

function checkMayPost(request: RouteRequest, channel: Channel, form: MessageForm): void {
  const { world, body } = request;
  if (channel.kind === 'direct' && channel.closed) throw refusals.cannotMessageUser();
  require(request, channel, 'SendMessages');
  if (channel.kind === 'thread' && channel.locked) throw refusals.threadArchived();
  if (body.files.length > 0) require(request, channel, 'AttachFiles');
  if ((form.embeds ?? []).length > 0) require(request, channel, 'EmbedLinks');
  const isVoiceMessage = ((form.flags ?? 0) & MessageFlags.IsVoiceMessage) !== 0;
  if (isVoiceMessage) require(request, channel, 'SendVoiceMessages');
  if (form.message_reference && !may(channel, world.bot, 'ReadMessageHistory')) {
    throw refusals.cannotReplyWithoutHistory();
  }
}

function require({ world }: RouteRequest, channel: Channel, permission: PermissionName): void {
  if (!may(channel, world.bot, permission)) throw refusals.missingPermissions();
}

function findMessage({ world, params }: RouteRequest): Message {
  const message = world.messages.get(params['message'] ?? '');
  if (message === undefined || message.channel.id !== params['channel'] || message.ephemeral) {
    throw refusals.unknownMessage();
  }
  if (message.deleted) throw refusals.unknownMessage({ botAtFault: false });
  return message;
}

function findByNonce(world: World, channel: Channel, form: MessageForm): Message | undefined {
  if (form.enforce_nonce !== true || form.nonce === undefined || form.nonce === null) return undefined;
  const since = world.clock.now() - NONCE_LIFETIME_MS;
  return world
    .messagesIn(channel.id)
    .find(
      ({ nonce, author, createdAt }) =>
        String(nonce) === String(form.nonce) && author.id === world.bot.id && createdAt >= since,
    );
}

function findReplied(world: World, channel: Channel, form: MessageForm): Message | undefined {
  const reference = form.message_reference;
  if (!reference) return undefined;
  const message = world.messages.get(reference.message_id);
  if (message !== undefined && message.channel.id === channel.id && !message.deleted) return message;
  if (reference.fail_if_not_exists === false) return undefined;
  refuseField(['message_reference'], 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
}
