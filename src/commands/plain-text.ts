const ZERO_WIDTH_SPACE = '\u200b';

/**
 * One line of text that Discord shows as it was typed: no formatting, links, mentions or line breaks, whatever
 * is in it. At most twice as long as the text.
 */
export function plainText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\*_~`|>#[\]()<]|:(?=\/\/)/g, '\\$&')
    .replace(/@/g, `@${ZERO_WIDTH_SPACE}`)
    .replace(/^([-+]|\d+(?=\.))/, (start) =>
      /\d/.test(start) ? `${ZERO_WIDTH_SPACE}${start}` : `\\${start}`,
    );
}

/** What `plainText` was made of, but for spaces and line breaks. */
export function fromPlainText(shown: string): string {
  return shown.replaceAll(ZERO_WIDTH_SPACE, '').replace(/\\(.)/g, '$1');
}

/** The first `length` characters, with an ellipsis in place of the last when some are left out. */
export function shorten(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}

/** A file name made of a text: lower-case letters, digits and hyphens of any alphabet's ASCII part. */
export function fileStem(text: string, fallback: string): string {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const stem = words.join('-').slice(0, 40).replace(/-+$/, '');
  return stem === '' ? fallback : stem;
}
