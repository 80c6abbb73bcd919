import { respond } from '../../actions/respond.js';
import { messagePayload } from '../../payloads/message-payload.js';
import { interactionType } from '../../payloads/interaction-payload.js';
import { refusals } from '../../rules/api-error.js';
import type { Interaction } from '../../state/interaction.js';
import type { Route, RouteAnswer, RouteRequest } from '../router.js';

/** First responses to interactions. */
export const interactionRoutes: readonly Route[] = [
  { method: 'POST', pattern: '/interactions/:interaction/:token/callback', auth: 'none', handle: callback },
];

function callback(request: RouteRequest): RouteAnswer {
  const { world, params, body, query } = request;
  const interaction = world.interactions.get(params['token'] ?? '');
  if (interaction === undefined || interaction.id !== params['interaction']) {
    throw refusals.unknownInteraction();
  }
  respond(world, interaction, body.json, body.files);
  if (query.get('with_response') !== 'true') return { status: 204 };
  return { status: 200, body: callbackPayload(request, interaction) };
}

function callbackPayload({ world }: RouteRequest, interaction: Interaction): Record<string, unknown> {
  const { original, acknowledgement, id, kind } = interaction;
  return {
    interaction: {
      id,
      type: interactionType(kind),
      ...(original === undefined
        ? {}
        : {
            response_message_id: original.id,
            response_message_loading: original.loading,
            response_message_ephemeral: original.ephemeral,
          }),
    },
    resource: {
      type: acknowledgement?.type,
      ...(original === undefined ? {} : { message: messagePayload(world, original) }),
    },
  };
}
