/** A picture that became sound, and a sound that became a picture, as people see them. */
import type { PictureAssumption } from '../engine/files/any-picture.js';
import type { HeardPicture } from '../engine/files/hear-picture.js';
import type { SeenSound } from '../engine/files/see-sound.js';
import type { JobOf } from './clip-job.js';
import { askedBy, AUDIO_TYPES, duration, EMBED_COLOR, madeFrom } from './clip-parts.js';
import { READABLE_SUFFIX } from './file-names.js';
import type { MessageView } from './message-view.js';
import { fileStem } from './plain-text.js';

/** The sound, the picture as it was understood, and what was assumed of it. */
export function heard(data: JobOf<'listen'>, { audio, picture, assumptions }: HeardPicture): MessageView {
  const stem = stemOf(data.input.name, 'picture');
  const assumed = assumptions.map((assumption) => `- ${ASSUMPTIONS[assumption]}`);
  const embed = {
    color: EMBED_COLOR,
    description: ['**A picture, played**', ...assumed].join('\n'),
    fields: [duration(audio.durationSeconds), askedBy(data), madeFrom(data.input)],
    image: { url: `attachment://${stem}.png` },
  };
  const description = 'The spectrogram that was played.';
  const files = [
    { name: `${stem}.png`, contentType: 'image/png', bytes: picture, description },
    { name: `${stem}.${audio.format}`, contentType: AUDIO_TYPES[audio.format], bytes: audio.bytes },
  ];
  return { content: '', embeds: [embed], components: [], files };
}

/** The picture to look at, and beside it the one that can be played. */
export function seen(data: JobOf<'see'>, sound: SeenSound): MessageView {
  const stem = stemOf(data.input.name, 'sound');
  const readable = `${stem}${READABLE_SUFFIX}`;
  const embed = {
    color: EMBED_COLOR,
    description: ['**A sound, seen**', HOW_TO_PLAY, ...(sound.format === 'png' ? [] : [LOSSY])].join('\n'),
    fields: [duration(sound.durationSeconds), askedBy(data), madeFrom(data.input)],
    image: { url: `attachment://${readable}` },
  };
  const files = [
    {
      name: readable,
      contentType: 'image/png',
      bytes: sound.readable,
      description: 'Spectrogram: time to the right, frequency upwards, loud is bright.',
    },
    {
      name: `${stem}.${sound.format === 'jpeg' ? 'jpg' : sound.format}`,
      contentType: `image/${sound.format}`,
      bytes: sound.picture,
      description: 'The same spectrogram in grey, which can be played.',
    },
  ];
  return { content: '', embeds: [embed], components: [], files };
}

const HOW_TO_PLAY =
  'The grey picture can be played with /listen and remixed with /remix; this one is to look at.';
const LOSSY = 'It is a JPEG, because the exact picture would be too large to upload here.';

const ASSUMPTIONS: Record<PictureAssumption, string> = {
  'standard-axes': 'It does not say what it shows, so each column is 10 ms, and rows go from 0 to 10 kHz.',
  turned: 'The camera was held on its side, so I turned it.',
  scaled: 'I stretched it to 512 rows, and left the time as it is.',
  grey: 'I took brightness for loudness, whatever the colour.',
  inverted: 'It is mostly dark, so bright is loud.',
  stretched: 'I made its lightest parts silent and its darkest fully loud.',
};

/** The name without its ending, as a name for files of ours. */
function stemOf(name: string, fallback: string): string {
  return fileStem(name.replace(/\.\w{1,5}$/, ''), fallback);
}
