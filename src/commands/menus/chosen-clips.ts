import type { FileReference } from '../clip-finder.js';

/** What somebody has chosen a clip for: a form that they fill in, or a morph whose other end they look for. */
export type Choice = 'remix' | 'morph';

/**
 * The clips that people have chosen in menus and not yet used, over restarts too. Discord shows a file of somebody
 * else's message only in the moment in which it is chosen, so where to fetch it must be remembered.
 */
export interface ChosenClips {
  /** In place of what the person has chosen before for the same. @throws what the file system throws */
  remember(userId: string, choice: Choice, clip: FileReference): Promise<void>;
  /** Undefined when there is none or it was chosen long ago. */
  recall(userId: string, choice: Choice): Promise<FileReference | undefined>;
  /** Never rejects. */
  drop(userId: string, choice: Choice): Promise<void>;
}
