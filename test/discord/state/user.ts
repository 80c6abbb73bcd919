import type { APIUser } from 'discord.js';

/** Somebody on the local Discord: a person or the bot. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  /** The language of the person's client. @defaultValue "en-US" */
  readonly locale?: string;
}

/** The user as the API shows them. */
export function userPayload(user: User): APIUser {
  return {
    id: user.id,
    username: user.name,
    discriminator: '0',
    global_name: user.bot ? null : user.name,
    avatar: null,
    ...(user.bot ? { bot: true } : {}),
  };
}
