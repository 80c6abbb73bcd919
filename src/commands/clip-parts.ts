/** What the messages of finished clips have in common. */
import { messageLink } from 'discord.js';
import type { APIEmbedField } from 'discord.js';

import type { AudioFormat } from '../engine/limits.js';
import type { ClipJob, InputOrigin, JobInput } from './clip-job.js';
import { phrasesFor } from './language/languages.js';
import type { Phrases } from './language/phrases.js';
import { plainText, shorten } from './plain-text.js';
import type { ShownMessage } from './shown-message.js';

export const EMBED_COLOR = 0x5865f2;

export const AUDIO_TYPES: Record<AudioFormat, string> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
};

/** In which everybody reads what a job has made. */
export function postPhrases({ locale, postLocale }: ClipJob): Phrases {
  return phrasesFor(postLocale ?? locale);
}

/** The file that somebody gave: a link to its message, or its name. */
export function madeFrom({ origin, name }: JobInput, { clips }: Phrases): APIEmbedField {
  const value = origin ? linkTo(origin) : plainText(shorten(name, 200));
  return { name: clips.from, value: value === '' ? clips.someFile : value, inline: true };
}

function linkTo({ guildId, channelId, messageId }: InputOrigin): string {
  return guildId === null ? messageLink(channelId, messageId) : messageLink(channelId, messageId, guildId);
}

export function askedBy({ userId }: ClipJob, { clips }: Phrases): APIEmbedField {
  return { name: clips.askedBy, value: `<@${userId}>`, inline: true };
}

export function duration(seconds: number, { clips }: Phrases): APIEmbedField {
  return { name: clips.duration, value: clips.seconds(seconds), inline: true };
}

/** Links to what a clip of ours was made from, as far as its message says. */
export function originLinks({ embeds }: Pick<ShownMessage, 'embeds'>): string[] {
  const values = (embeds[0]?.fields ?? []).map(({ value }) => value);
  return values.filter((value) => MESSAGE_LINK.test(value));
}

const MESSAGE_LINK = /^https:\/\/\S+\/channels\/\S+$/;
