/** Names of the files that the bot posts, as far as anything depends on them. */

/** The picture of a clip that is still being made. */
export const PREVIEW_FILE = 'preview.png';

/** End of the name of a picture that is drawn for people and cannot be played. */
export const READABLE_SUFFIX = '-readable.png';

/** False for files of ours that are not there to be used again. */
export function isClipFile(name: string): boolean {
  return name !== PREVIEW_FILE && !name.endsWith(READABLE_SUFFIX);
}
