/** Messages that clips were made from, so short that two of them fit into a button's custom id. */
import type { InputOrigin } from './clip-job.js';

/** Guild, channel and message, each to the base 36, and which clip of it. */
export function packOrigin({ guildId, channelId, messageId, position = 0 }: InputOrigin): string {
  const ids = [guildId, channelId, messageId].map((id) => (id === null ? '' : BigInt(id).toString(36)));
  return [...ids, position].join('.');
}

/** Undefined for what is no packed origin. */
export function unpackOrigin(packed: string): InputOrigin | undefined {
  const [, guild, channel, message, position] =
    /^([0-9a-z]{0,13})\.([0-9a-z]{1,13})\.([0-9a-z]{1,13})\.(\d)$/.exec(packed) ?? [];
  if (channel === undefined || message === undefined) return undefined;
  return {
    guildId: guild ? snowflake(guild) : null,
    channelId: snowflake(channel),
    messageId: snowflake(message),
    position: Number(position),
  };
}

function snowflake(packed: string): string {
  let id = 0n;
  for (const digit of packed) id = id * 36n + BigInt(parseInt(digit, 36));
  return id.toString();
}
