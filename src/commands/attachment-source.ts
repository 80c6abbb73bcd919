import type { FileReference } from './clip-finder.js';

/** Bytes that a file may have: five minutes of uncompressed stereo are 53 MB. */
export const CLIP_FILE_MAX_BYTES = 64 * 2 ** 20;

/** Fetches files from Discord and from nowhere else: the only way by which addresses that people give are followed. */
export interface AttachmentSource {
  /**
   * The whole file.
   * @throws CommandError `address_forbidden`, `file_too_large`, `file_gone`, `file_unreachable`
   */
  fetch(file: Pick<FileReference, 'url' | 'size'>): Promise<Uint8Array>;
}
