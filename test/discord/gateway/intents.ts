import { GatewayCloseCodes, GatewayIntentBits } from 'discord.js';

export type PrivilegedIntent = 'GuildMembers' | 'GuildPresences' | 'MessageContent';

const PRIVILEGED: readonly PrivilegedIntent[] = ['GuildMembers', 'GuildPresences', 'MessageContent'];
const ALL = Object.values(GatewayIntentBits)
  .filter((bit): bit is GatewayIntentBits => typeof bit === 'number')
  .reduce((all, bit) => all | bit, 0);

/** The close code with which a session that asks for these intents is refused, or undefined when it may start. */
export function intentsRefusal(
  intents: unknown,
  granted: readonly PrivilegedIntent[],
): GatewayCloseCodes | undefined {
  if (typeof intents !== 'number' || !Number.isInteger(intents) || (intents & ~ALL) !== 0) {
    return GatewayCloseCodes.InvalidIntents;
  }
  const missing = PRIVILEGED.filter((name) => !granted.includes(name));
  const isRefused = missing.some((name) => (intents & GatewayIntentBits[name]) !== 0);
  return isRefused ? GatewayCloseCodes.DisallowedIntents : undefined;
}
