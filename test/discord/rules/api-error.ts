/** How an error is meant. */
export interface ApiErrorInit {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  /** The nested tree of form errors that goes with code 50035. */
  readonly errors?: FormErrorTree;
  /**
   * Whether a careful bot would not have made the request. Missing permissions and messages that somebody else
   * has deleted can meet any bot.
   *
   * @defaultValue true
   */
  readonly botAtFault?: boolean;
}

export interface FormErrorTree {
  [key: string]: FormErrorTree | { code: string; message: string }[];
}

/** A refusal, in Discord's own words and numbers. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: number;
  readonly errors: FormErrorTree | undefined;
  readonly botAtFault: boolean;

  constructor(init: ApiErrorInit) {
    super(init.message);
    this.status = init.status;
    this.code = init.code;
    this.errors = init.errors;
    this.botAtFault = init.botAtFault ?? true;
  }

  /** The body of the HTTP answer. */
  toBody(): { code: number; message: string; errors?: FormErrorTree } {
    return {
      message: this.message,
      code: this.code,
      ...(this.errors === undefined ? {} : { errors: this.errors }),
    };
  }
}

type Refusal = (options?: { botAtFault?: boolean }) => ApiError;

function refusal(status: number, code: number, message: string, botAtFaultByDefault = true): Refusal {
  return ({ botAtFault = botAtFaultByDefault } = {}) => new ApiError({ status, code, message, botAtFault });
}

/** The refusals that need no details. */
export const refusals = {
  unauthorized: refusal(401, 0, '401: Unauthorized', false),
  unknownRoute: refusal(404, 0, '404: Not Found'),
  methodNotAllowed: refusal(405, 0, '405: Method Not Allowed'),
  unknownApplication: refusal(404, 10002, 'Unknown Application'),
  unknownChannel: refusal(404, 10003, 'Unknown Channel'),
  unknownGuild: refusal(404, 10004, 'Unknown Guild'),
  unknownMember: refusal(404, 10007, 'Unknown Member'),
  unknownMessage: refusal(404, 10008, 'Unknown Message'),
  unknownUser: refusal(404, 10013, 'Unknown User'),
  unknownWebhook: refusal(404, 10015, 'Unknown Webhook'),
  unknownInteraction: refusal(404, 10062, 'Unknown interaction'),
  unknownCommand: refusal(404, 10063, 'Unknown application command'),
  tooManyCommands: refusal(400, 30032, 'Maximum number of application commands reached'),
  tooManyCommandCreates: refusal(
    400,
    30034,
    'Max number of daily application command creates has been reached (200)',
  ),
  requestTooLarge: refusal(413, 40005, 'Request entity too large'),
  alreadyAcknowledged: refusal(400, 40060, 'Interaction has already been acknowledged.'),
  tooManyFollowUps: refusal(
    400,
    40094,
    'This interaction has reached the maximum number of follow-up messages',
  ),
  missingAccess: refusal(403, 50001, 'Missing Access', false),
  notTheAuthor: refusal(403, 50005, 'Cannot edit a message authored by another user'),
  emptyMessage: refusal(400, 50006, 'Cannot send an empty message'),
  cannotMessageUser: refusal(403, 50007, 'Cannot send messages to this user', false),
  missingPermissions: refusal(403, 50013, 'Missing Permissions', false),
  expiredToken: refusal(401, 50027, 'Invalid Webhook Token'),
  threadArchived: refusal(400, 50083, 'Thread is archived', false),
  invalidJson: refusal(400, 50109, 'The request body contains invalid JSON.'),
  uploadedFileNotFound: refusal(400, 50146, 'Uploaded file not found.'),
  voiceMessageContent: refusal(400, 50159, 'Voice messages do not support additional content.'),
  voiceMessageAttachment: refusal(400, 50160, 'Voice messages must have a single audio attachment.'),
  voiceMessageMetadata: refusal(400, 50161, 'Voice messages must have supporting metadata.'),
  voiceMessageEdit: refusal(400, 50162, 'Voice messages cannot be edited.'),
  cannotReplyWithoutHistory: refusal(
    400,
    160002,
    'Cannot reply without permission to read message history',
    false,
  ),
} as const satisfies Record<string, Refusal>;
