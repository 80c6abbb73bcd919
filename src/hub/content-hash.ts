import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';

/** What a file must hold: the hub states SHA-256 for large files, and git's own hash for small ones. */
export interface ExpectedContent {
  readonly bytes: number;
  readonly algorithm: 'sha256' | 'git-blob-sha1';
  /** Hexadecimal. */
  readonly hash: string;
}

/** Takes the content piece by piece. Git hashes `blob <length>`, a zero byte, then the content. */
export function hashFor({ algorithm, bytes }: ExpectedContent): Hash {
  if (algorithm === 'sha256') return createHash('sha256');
  return createHash('sha1').update(`blob ${bytes}\0`);
}
