/** A picture that became sound, and a sound that became a picture, as people see them. */
import type { HeardPicture } from '../engine/files/hear-picture.js';
import type { SeenSound } from '../engine/files/see-sound.js';
import type { JobOf } from './clip-job.js';
import { askedBy, AUDIO_TYPES, duration, EMBED_COLOR, madeFrom, postPhrases } from './clip-parts.js';
import { READABLE_SUFFIX } from './file-names.js';
import type { MessageView } from './message-view.js';
import { fileStem } from './plain-text.js';

/** The sound, the picture as it was understood, and what was assumed of it. */
export function heard(data: JobOf<'listen'>, { audio, picture, assumptions }: HeardPicture): MessageView {
  const phrases = postPhrases(data);
  const { conversions } = phrases;
  const stem = stemOf(data.input.name, 'picture');
  const assumed = assumptions.map((assumption) => `- ${conversions.assumptions[assumption]}`);
  const embed = {
    color: EMBED_COLOR,
    description: [`**${conversions.heard}**`, ...assumed].join('\n'),
    fields: [duration(audio.durationSeconds, phrases), askedBy(data, phrases), madeFrom(data.input, phrases)],
    image: { url: `attachment://${stem}.png` },
  };
  const description = conversions.playedPicture;
  const files = [
    { name: `${stem}.png`, contentType: 'image/png', bytes: picture, description },
    { name: `${stem}.${audio.format}`, contentType: AUDIO_TYPES[audio.format], bytes: audio.bytes },
  ];
  return { content: '', embeds: [embed], components: [], files };
}

/** The picture to look at, and beside it the one that can be played. */
export function seen(data: JobOf<'see'>, sound: SeenSound): MessageView {
  const phrases = postPhrases(data);
  const { conversions } = phrases;
  const stem = stemOf(data.input.name, 'sound');
  const readable = `${stem}${READABLE_SUFFIX}`;
  const embed = {
    color: EMBED_COLOR,
    description: [
      `**${conversions.seen}**`,
      conversions.howToPlay,
      ...(sound.format === 'png' ? [] : [conversions.lossy]),
    ].join('\n'),
    fields: [duration(sound.durationSeconds, phrases), askedBy(data, phrases), madeFrom(data.input, phrases)],
    image: { url: `attachment://${readable}` },
  };
  const files = [
    {
      name: readable,
      contentType: 'image/png',
      bytes: sound.readable,
      description: conversions.readablePicture,
    },
    {
      name: `${stem}.${sound.format === 'jpeg' ? 'jpg' : sound.format}`,
      contentType: `image/${sound.format}`,
      bytes: sound.picture,
      description: conversions.playablePicture,
    },
  ];
  return { content: '', embeds: [embed], components: [], files };
}

/** The name without its ending, as a name for files of ours. */
function stemOf(name: string, fallback: string): string {
  return fileStem(name.replace(/\.\w{1,5}$/, ''), fallback);
}
