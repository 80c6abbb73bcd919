/** Why the bot is not running, in sentences for its operator. */
import { DiscordjsError, DiscordjsErrorCodes, GatewayCloseCodes } from 'discord.js';

import { ConfigError } from '../config.js';
import { EngineError } from '../engine/errors.js';
import { QueueError } from '../queue/errors.js';

const WRONG_TOKEN =
  'Discord does not accept the token: please copy it again from the developer portal into .env as DISCORD_TOKEN.';

export function explainStartFailure(error: unknown): string {
  if (error instanceof ConfigError || error instanceof EngineError || error instanceof QueueError) {
    return error.message;
  }
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) return WRONG_TOKEN;
  const reason = error instanceof Error ? error.message : String(error);
  return `The bot could not start (${reason}): please check the network and the settings in .env, and try again.`;
}

/** @param code - Close code of Discord's gateway. */
export function explainDisconnect(code: number): string {
  if (code === (GatewayCloseCodes.AuthenticationFailed as number)) return WRONG_TOKEN;
  return `Discord ended the connection for good (close code ${code}): please update Riffcord and start it again.`;
}
