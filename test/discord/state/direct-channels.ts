import type { DirectChannel } from './channel.js';
import type { User } from './user.js';
import type { World } from './world.js';

/** The conversation between the bot and a person, which begins when it is first needed. */
export function openDirectChannel(world: World, recipient: User): DirectChannel {
  for (const channel of world.channels.values()) {
    if (channel.kind === 'direct' && channel.recipient.id === recipient.id) return channel;
  }
  const channel: DirectChannel = { kind: 'direct', id: world.snowflakes.next(), recipient, closed: false };
  world.channels.set(channel.id, channel);
  return channel;
}
