import type { User } from './user.js';

/** A role: a set of permissions under a name. */
export interface Role {
  readonly id: string;
  readonly name: string;
  readonly permissions: bigint;
  readonly mentionable: boolean;
}

/** A user in a guild. */
export interface Member {
  readonly user: User;
  readonly roleIds: readonly string[];
  readonly joinedAt: number;
}

/** A guild; its `@everyone` role has the guild's own id. */
export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  /** The language that the guild prefers. */
  readonly locale: string;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
}
