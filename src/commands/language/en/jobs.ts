/** How a job stands, in the command's reply. */
import { formatsFor } from '../formats.js';

const { list, number, percent, plural } = formatsFor('en');

export const jobs = {
  next: 'Yours is next.',
  ahead: (clips: number) =>
    `${number(clips)} ${plural(clips, { one: 'clip is', other: 'clips are' })} ahead of yours.`,
  /** Above a bar. */
  percent,
  stages: {
    loading: 'waking the model',
    denoising: (step: number, steps: number) => `step ${number(step)} of ${number(steps)}`,
    decoding: 'developing the picture',
    sounding: 'turning the picture into sound',
    encoding: 'packing the sound',
  },
  /** Of several clips that one message will have. */
  part: (clip: number, clips: number) => `clip ${number(clip)} of ${number(clips)}`,
  listening: 'Turning the picture into sound.',
  seeing: 'Turning the sound into a picture.',
  restarting: 'The bot is restarting; your clip keeps its place.',
  cancelled: 'Cancelled.',
  ready: (link: string) => `Your clip is ready: ${link}`,
  /** Label of the button that ends the job. */
  cancel: 'Cancel',
  preview: 'The picture as it stands.',
  /** Why a clip is in the reply and no message of its own. */
  notAllowedToPost: 'I was not allowed to post in this channel, so your clip is here.',
  missingPermissions: (permissions: readonly string[]) =>
    `I may not post in this channel (a moderator can give me ${list(permissions)}), so your clip is here.`,
  /** As Discord's settings call them, by their English names. */
  permissions: {
    'View Channel': 'View Channel',
    'Embed Links': 'Embed Links',
    'Attach Files': 'Attach Files',
    'Send Messages': 'Send Messages',
    'Send Messages in Threads': 'Send Messages in Threads',
  },
};
