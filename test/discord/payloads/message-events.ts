import { GatewayIntentBits } from 'discord.js';
import { guildOf } from '../state/channel.js';
import type { GatewayEvent } from '../state/gateway-event.js';
import type { Message } from '../state/message.js';
import { userPayload } from '../state/user.js';
import type { World } from '../state/world.js';
import { channelType, memberPayload } from './guild-payloads.js';
import { redactedMessagePayload } from './message-payload.js';

/** The event of a message that is new or has changed. */
export function messageEvent(
  world: World,
  name: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE',
  message: Message,
): GatewayEvent {
  const guild = guildOf(message.channel);
  const member = guild?.members.get(message.author.id);
  return {
    name,
    intents: messageIntents(message),
    payload: (intents) => ({
      ...redactedMessagePayload(world, message, intents),
      mentions: message.pings.userIds.flatMap((id) => mentionedMember(world, message, id)),
      channel_type: channelType(message.channel),
      ...(guild === undefined ? {} : { guild_id: guild.id }),
      ...(member === undefined ? {} : { member: { ...memberPayload(member), user: undefined } }),
    }),
  };
}

/** The event of a message that is gone. */
export function messageDeleteEvent(message: Message): GatewayEvent {
  const guildId = guildOf(message.channel)?.id;
  const payload = {
    id: message.id,
    channel_id: message.channel.id,
    ...(guildId === undefined ? {} : { guild_id: guildId }),
  };
  return { name: 'MESSAGE_DELETE', intents: messageIntents(message), payload: () => payload };
}

/** In guilds the event says, unlike the message itself, as whom somebody is mentioned. */
function mentionedMember(world: World, { channel }: Message, userId: string): unknown[] {
  const user = world.users.get(userId);
  if (user === undefined) return [];
  const member = guildOf(channel)?.members.get(userId);
  return [
    {
      ...userPayload(user),
      ...(member === undefined ? {} : { member: { ...memberPayload(member), user: undefined } }),
    },
  ];
}

function messageIntents(message: Message): number {
  return message.channel.kind === 'direct'
    ? GatewayIntentBits.DirectMessages
    : GatewayIntentBits.GuildMessages;
}
