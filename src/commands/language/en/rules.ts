/** Why a server's rules refuse something, and the way out. */
import { formatsFor } from '../formats.js';

const { choice, number, plural } = formatsFor('en');

const clipsOf = (count: number) => `${number(count)} ${plural(count, { one: 'clip', other: 'clips' })}`;

export const rules = {
  /** @param channels - As Discord's mentions. */
  channel: (channels: readonly string[]) =>
    `Clips are not made in this channel. Please ask in ${choice(channels)}, or in a direct message.`,
  role: (roles: readonly string[]) =>
    `Clips in this server are for those who have ${choice(roles)}. Please ask a moderator for it, or try a direct message.`,
  ageRestrictedOnly:
    'This server has clips made in its age-restricted channels alone. Please ask there, or in a direct message.',
  bannedWord: 'There is a word in this that is not allowed here. Please say it in other words.',
  steps: (max: number) => `This server allows ${number(max)} steps at most. Please ask for fewer.`,
  length: (seconds: number) =>
    `This server allows clips of ${number(seconds)} seconds at most. Please ask for a shorter one.`,
  jobsOfUser: (max: number) =>
    `You have ${clipsOf(max)} in the queue, as many as one person may in this server. Wait for one, or cancel one: /queue shows them.`,
  jobsOfGuild: (max: number) =>
    `This server has ${clipsOf(max)} in the queue, as many as it may. Please try again when one is finished: /queue shows them.`,
  hourOfUser: {
    /** @param when - Such as "in 5 minutes", by Discord. */
    later: (max: number, when: string) =>
      `You may ask for ${clipsOf(max)} an hour, and you have. Please ask again ${when}.`,
    never: (max: number) => `You may ask for ${clipsOf(max)} an hour. Please ask for fewer at once.`,
  },
  hourOfGuild: {
    later: (max: number, when: string) =>
      `This server may ask for ${clipsOf(max)} an hour, and it has. Please ask again ${when}.`,
    never: (max: number) => `This server may ask for ${clipsOf(max)} an hour. Please ask for fewer at once.`,
  },
};
