import type { InputOrigin } from './clip-job.js';

/** What a link that somebody gave points to. */
export type ClipLink =
  | { readonly type: 'message'; readonly message: InputOrigin }
  | { readonly type: 'file'; readonly url: string; readonly name: string };

const MESSAGE =
  /^https:\/\/(?:(?:www|ptb|canary)\.)?discord(?:app)?\.com\/channels\/(@me|\d{1,20})\/(\d{1,20})\/(\d{1,20})\/?$/;

/** Undefined for what is no link. Whether a file's address may be followed is not decided here. */
export function parseClipLink(text: string): ClipLink | undefined {
  const link = text.trim().replace(/^<(.*)>$/, '$1');
  const [, guild, channelId, messageId] = MESSAGE.exec(link) ?? [];
  if (guild !== undefined && channelId !== undefined && messageId !== undefined) {
    return {
      type: 'message',
      message: { guildId: guild === '@me' ? null : guild, channelId, messageId },
    };
  }
  if (!URL.canParse(link)) return undefined;
  const { href, pathname } = new URL(link);
  return { type: 'file', url: href, name: pathname.split('/').at(-1) ?? '' };
}
