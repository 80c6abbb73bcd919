/** The queue, and what is taken out of it. */
import { formatsFor } from '../formats.js';

const { number, plural } = formatsFor('en');

const clipsOf = (count: number) => `${number(count)} ${plural(count, { one: 'clip', other: 'clips' })}`;

export const line = {
  title: 'The queue',
  empty: 'Nothing is being made, and nobody waits. /riff begins.',
  active: 'now',
  /** Of what is somebody else's business. */
  elsewhere: 'a clip for somebody elsewhere',
  yours: 'yours',
  more: (clips: number) => `… and ${number(clips)} more.`,
  /** Labels of a button; a clip is named by its place in the list. */
  cancel: (place: number) => `Cancel ${number(place)}`,
  all: 'All of mine',
  everybodys: 'All of this server, whoever asked for them',
  cancelled: (clips: number) => `${clipsOf(clips)} cancelled.`,
  noneOfYours: 'You have nothing in the queue.',
  unknown:
    'There is no such clip in the queue. Please choose one of those that are offered while you type, or see /queue.',
};
