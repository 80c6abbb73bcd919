import { spawnSync } from 'node:child_process';

export interface RedisServerProgram {
  readonly path: string;
  /** Where its libraries are, if not where the system looks. */
  readonly libraryPath: string | undefined;
}

/** The redis-server of this machine; undefined when there is none. */
export function redisServerProgram(): RedisServerProgram | undefined {
  const { status } = spawnSync('redis-server', ['--version']);
  return status === 0 ? { path: 'redis-server', libraryPath: undefined } : undefined;
}
