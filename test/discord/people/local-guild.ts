import { guildCreatePayload, channelPayload, rolePayload } from '../payloads/guild-payloads.js';
import { bitsOf } from '../rules/permissions.js';
import type { PermissionName } from '../rules/permissions.js';
import type { GuildTextChannel } from '../state/channel.js';
import type { Guild, Role } from '../state/guild.js';
import type { User } from '../state/user.js';
import type { World } from '../state/world.js';
import { GatewayIntentBits } from 'discord.js';
import { LocalChannel } from './local-channel.js';

/** What everybody, the bot included, may do where nothing else is said. */
const DEFAULT_PERMISSIONS: readonly PermissionName[] = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'EmbedLinks',
  'AttachFiles',
  'SendVoiceMessages',
  'ReadMessageHistory',
  'AddReactions',
  'UseExternalEmojis',
  'UseApplicationCommands',
  'UseExternalApps',
  'Connect',
  'Speak',
];

const VIEWING = bitsOf(['ViewChannel']);

/** A guild to be. */
export interface GuildOptions {
  /** @defaultValue "guild" */
  readonly name?: string;
  /** The language that it prefers. @defaultValue "en-US" */
  readonly locale?: string;
  /** Whether the bot is a member. Where it is not, people can only bring it along. @defaultValue true */
  readonly withBot?: boolean;
  /** What everybody may do. @defaultValue what Discord gives everybody */
  readonly permissions?: readonly PermissionName[];
}

/** A text channel to be. */
export interface TextChannelOptions {
  /** @defaultValue "general" */
  readonly name?: string;
  /** Whether it is age-restricted. @defaultValue false */
  readonly nsfw?: boolean;
  /** All that the bot may do there. @defaultValue what it may do in the guild */
  readonly botPermissions?: readonly PermissionName[];
  /** Members who may not see it. @defaultValue nobody */
  readonly closedTo?: readonly User[];
}

/** A guild, as a test builds it. Everybody on the local Discord is a member. */
export class LocalGuild {
  readonly guild: Guild;
  readonly #world: World;

  constructor(world: World, guild: Guild) {
    this.#world = world;
    this.guild = guild;
  }

  get id(): string {
    return this.guild.id;
  }

  /** Adds a text channel, of which the bot hears at once. */
  createTextChannel(options: TextChannelOptions = {}): LocalChannel {
    const { botPermissions, closedTo = [] } = options;
    const closed = closedTo.map(({ id }) => ({ id, kind: 'member', allow: 0n, deny: VIEWING }) as const);
    const channel: GuildTextChannel = {
      kind: 'guild-text',
      id: this.#world.snowflakes.next(),
      name: options.name ?? 'general',
      nsfw: options.nsfw ?? false,
      guild: this.guild,
      overwrites: [...closed, ...(botPermissions === undefined ? [] : [this.#exactly(botPermissions)])],
    };
    this.#world.channels.set(channel.id, channel);
    this.#tellBot(channel);
    return new LocalChannel(this.#world, channel);
  }

  /** Adds a member; `permissions` come as a role of their own. */
  join(user: User, permissions: readonly PermissionName[] = []): void {
    const roleIds = permissions.length === 0 ? [] : [this.createRole(`role of ${user.name}`, permissions).id];
    this.guild.members.set(user.id, { user, roleIds, joinedAt: this.#world.clock.now() });
  }

  /** Makes a role, of which the bot hears at once. */
  createRole(name: string, permissions: readonly PermissionName[] = []): Role {
    const id = this.#world.snowflakes.next();
    const role = { id, name, permissions: bitsOf(permissions), mentionable: false };
    this.guild.roles.set(id, role);
    const payload = { guild_id: this.id, role: rolePayload(role, 1) };
    if (this.guild.members.has(this.#world.bot.id)) {
      this.#world.publish({
        name: 'GUILD_ROLE_CREATE',
        intents: GatewayIntentBits.Guilds,
        payload: () => payload,
      });
    }
    return role;
  }

  /** Gives a member a role. */
  giveRole({ id }: User, role: Role): void {
    const member = this.guild.members.get(id);
    if (member === undefined) throw new Error('Only members can have roles.');
    this.guild.members.set(id, { ...member, roleIds: [...member.roleIds, role.id] });
  }

  #tellBot(channel: GuildTextChannel): void {
    if (!this.guild.members.has(this.#world.bot.id)) return;
    this.#world.publish({
      name: 'CHANNEL_CREATE',
      intents: GatewayIntentBits.Guilds,
      payload: () => channelPayload(channel),
    });
  }

  #exactly(permissions: readonly PermissionName[]): GuildTextChannel['overwrites'][number] {
    const allow = bitsOf(permissions);
    return { id: this.#world.bot.id, kind: 'member', allow, deny: ~allow & ((1n << 53n) - 1n) };
  }
}

/** Makes a guild in which everybody is a member, and tells the bot if it has joined. */
export function createGuild(world: World, options: GuildOptions): LocalGuild {
  const { name = 'guild', locale = 'en-US', withBot = true, permissions = DEFAULT_PERMISSIONS } = options;
  const id = world.snowflakes.next();
  const everyone = { id, name: '@everyone', permissions: bitsOf(permissions), mentionable: false };
  const owner: User = { id: world.snowflakes.next(), name: 'owner', bot: false };
  const roles = new Map([[id, everyone]]);
  const guild: Guild = { id, name, locale, ownerId: owner.id, roles, members: new Map() };
  const local = new LocalGuild(world, guild);
  const everybody = [owner, ...world.users.values()];
  for (const user of everybody.filter(({ bot }) => withBot || !bot)) local.join(user);
  world.guilds.set(id, guild);
  if (withBot) {
    world.publish({
      name: 'GUILD_CREATE',
      intents: GatewayIntentBits.Guilds,
      payload: () => guildCreatePayload(world, guild),
    });
  }
  return local;
}
