import { deleteMessage } from '../../actions/edit-message.js';
import { editResponse, followUp } from '../../actions/respond.js';
import { messagePayload } from '../../payloads/message-payload.js';
import { refusals } from '../../rules/api-error.js';
import { parseForm } from '../../rules/form.js';
import { messageForm } from '../../rules/message-form.js';
import { checkTokenUsable } from '../../rules/response-rules.js';
import type { Interaction } from '../../state/interaction.js';
import type { Message } from '../../state/message.js';
import type { RateLimit, Route, RouteAnswer, RouteRequest } from '../router.js';

const FOLLOW_UPS = '/webhooks/:application/:token';
const MESSAGE = '/webhooks/:application/:token/messages/:message';
const LIMIT: RateLimit = { requests: 5, perMs: 5000 };
const shared = { auth: 'none', limit: LIMIT, bucket: 'interaction-webhook' } as const;

/** Edits of responses and follow-ups, which the token of an interaction allows for fifteen minutes. */
export const webhookRoutes: readonly Route[] = [
  { ...shared, method: 'POST', pattern: FOLLOW_UPS, handle: create },
  { ...shared, method: 'GET', pattern: MESSAGE, handle: get },
  { ...shared, method: 'PATCH', pattern: MESSAGE, handle: edit },
  { ...shared, method: 'DELETE', pattern: MESSAGE, handle: remove },
];

function create(request: RouteRequest): RouteAnswer {
  const { world, body } = request;
  const interaction = findInteraction(request);
  const form = parseForm(messageForm, body.json ?? {});
  return { status: 200, body: messagePayload(world, followUp(world, interaction, form, body.files)) };
}

function get(request: RouteRequest): RouteAnswer {
  const message = findMessage(request, findInteraction(request));
  return { status: 200, body: messagePayload(request.world, message) };
}

function edit(request: RouteRequest): RouteAnswer {
  const { world, body } = request;
  const interaction = findInteraction(request);
  const message = findMessage(request, interaction);
  editResponse(world, interaction, message, parseForm(messageForm, body.json ?? {}), body.files);
  return { status: 200, body: messagePayload(world, message) };
}

function remove(request: RouteRequest): RouteAnswer {
  deleteMessage(request.world, findMessage(request, findInteraction(request)));
  return { status: 204 };
}

function findInteraction({ world, params }: RouteRequest): Interaction {
  const interaction = world.interactions.get(params['token'] ?? '');
  if (interaction === undefined || params['application'] !== world.applicationId) {
    throw refusals.unknownWebhook();
  }
  checkTokenUsable(interaction, world.clock.now());
  return interaction;
}

function findMessage({ params }: RouteRequest, { original, followUps }: Interaction): Message {
  const id = params['message'];
  const known = original === undefined ? followUps : [original, ...followUps];
  const message = id === '@original' ? original : known.find((one) => one.id === id);
  if (message === undefined) throw refusals.unknownMessage();
  if (message.deleted) throw refusals.unknownMessage({ botAtFault: false });
  return message;
}
