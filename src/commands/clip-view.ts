/** What a job has made, as people see it. */
import type { APIEmbedField } from 'discord.js';

import type { GeneratedClip } from '../engine/music-engine.js';
import type { Job } from '../queue/job.js';
import { clipButtons } from './clip-buttons.js';
import type { JobOf } from './clip-job.js';
import { askedBy, AUDIO_TYPES, duration, EMBED_COLOR, madeFrom, postPhrases } from './clip-parts.js';
import type { Phrases } from './language/phrases.js';
import type { MessageFile, MessageView } from './message-view.js';
import { fileStem, plainText, shorten } from './plain-text.js';

/** A clip made by the model: picture, sound, and what they were made of. */
export function clip(job: Job<JobOf<'riff' | 'remix'>>, finished: GeneratedClip): MessageView {
  const { recipe, picture, audio, isPromptTruncated } = finished;
  const { clips } = postPhrases(job.data);
  const stem = `${fileStem(recipe.prompt, 'riff')}-${recipe.seed}`;
  const note = isPromptTruncated ? `\n${clips.promptTruncated}` : '';
  const embed = {
    color: EMBED_COLOR,
    description: `**${plainText(recipe.prompt)}**${note}`,
    fields: clipFields(job, finished),
    image: { url: `attachment://${stem}.png` },
    footer: { text: `${recipe.model.name} ${recipe.model.version}` },
  };
  const pictureFile: MessageFile = {
    name: `${stem}.png`,
    contentType: 'image/png',
    bytes: picture,
    description: shorten(clips.spectrogramOf(recipe.prompt), 1024),
  };
  const audioFile: MessageFile = {
    name: `${stem}.${audio.format}`,
    contentType: AUDIO_TYPES[audio.format],
    bytes: audio.bytes,
  };
  return {
    content: '',
    embeds: [embed],
    components: [clipButtons(job.data)],
    files: [pictureFile, audioFile],
  };
}

function clipFields(
  { data }: Job<JobOf<'riff' | 'remix'>>,
  { recipe, audio }: GeneratedClip,
): APIEmbedField[] {
  const phrases = postPhrases(data);
  const { clips } = phrases;
  const fields: APIEmbedField[] = [
    { name: clips.seed, value: `\`${recipe.seed}\``, inline: true },
    { name: clips.steps, value: clips.number(recipe.numInferenceSteps), inline: true },
    duration(audio.durationSeconds, phrases),
    askedBy(data, phrases),
  ];
  if (data.kind === 'remix') fields.push(...remixFields(data, phrases));
  if (recipe.negativePrompt !== '') {
    fields.push({ name: clips.without, value: shorten(plainText(recipe.negativePrompt), 1024) });
  }
  return fields;
}

function remixFields({ strength, input }: JobOf<'remix'>, phrases: Phrases): APIEmbedField[] {
  const { clips } = phrases;
  const value = clips.number(strength);
  return [{ name: clips.strength, value, inline: true }, madeFrom(input, phrases)];
}
