/** Remixes that people ask for in messages: replies to clips, and mentions. */
import { formatsFor } from '../formats.js';

const { list } = formatsFor('en');

export const mentions = {
  /** Words, parted by spaces, with which a reply begins that wants a clip to be changed. */
  openings: 'more less with without add make',
  /** The same for one that names other words than the clip's own. */
  replacing: 'remix',
  looking: 'Let me listen to that.',
  howTo:
    'Reply to a clip of mine with words, such as `more jazzy 0.6`, and I make a new one out of it; `remix church bells seed 7` takes other words than its own. The number, from 0 to 1, is how much may change. You may also mention me in a message with a sound or a picture, or in a reply to one that I may see.',
  notAllowedToPost: (permissions: readonly string[]) =>
    `I may not post clips in this channel: please ask a moderator to give me ${list(permissions)}.`,
};
