import { GatewayIntentBits } from 'discord.js';
import { channelPayload } from '../payloads/guild-payloads.js';
import { may } from '../rules/permissions.js';
import type { GuildTextChannel, ThreadChannel } from '../state/channel.js';
import type { World } from '../state/world.js';

/** A thread to be. */
export interface ThreadInit {
  readonly parent: GuildTextChannel;
  readonly name: string;
  readonly ownerId: string;
}

/** Starts a public thread, and tells the gateway if the bot may look into it. */
export function startThread(world: World, { parent, name, ownerId }: ThreadInit): ThreadChannel {
  const thread: ThreadChannel = {
    kind: 'thread',
    id: world.snowflakes.next(),
    name,
    nsfw: parent.nsfw,
    guild: parent.guild,
    parent,
    ownerId,
    createdAt: world.clock.now(),
    archived: false,
    locked: false,
  };
  world.channels.set(thread.id, thread);
  if (may(thread, world.bot, 'ViewChannel')) {
    const payload = { ...channelPayload(thread), newly_created: true };
    world.publish({ name: 'THREAD_CREATE', intents: GatewayIntentBits.Guilds, payload: () => payload });
  }
  return thread;
}
