/** Names of the files that the bot posts, as far as anything depends on them. */

/** The picture of a clip that is still being made. */
export const PREVIEW_FILE = 'preview.png';

/** End of the name of a picture that is drawn for people and cannot be played. */
export const READABLE_SUFFIX = '-readable.png';

/** Discord hides files whose names begin like this until they are clicked. */
export const HIDDEN_PREFIX = 'SPOILER_';

/** False for files of ours that are not there to be used again. */
export function isClipFile(name: string): boolean {
  const isPreview = name === PREVIEW_FILE || name === HIDDEN_PREFIX + PREVIEW_FILE;
  return !isPreview && !name.endsWith(READABLE_SUFFIX);
}
