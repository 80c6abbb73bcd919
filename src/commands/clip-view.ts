/** What the model has made, as people see it. */
import type { APIEmbed, APIEmbedField } from 'discord.js';

import type { GeneratedClip } from '../engine/music-engine.js';
import type { Recipe } from '../engine/recipe/recipe.js';
import { understoodWords } from '../engine/understanding/trait-words.js';
import type { Job } from '../queue/job.js';
import { batchButtons, clipButtons } from './clip-buttons.js';
import type { GeneratingKind, JobOf } from './clip-job.js';
import { askedBy, AUDIO_TYPES, duration, EMBED_COLOR, madeFrom, postPhrases } from './clip-parts.js';
import { clipTitle } from './clip-title.js';
import type { Phrases } from './language/phrases.js';
import type { MessageFile, MessageView } from './message-view.js';
import { fileStem, plainText, shorten } from './plain-text.js';

type GeneratedJob = Job<JobOf<GeneratingKind>>;

/** All clips of a job in one message. */
export function clips(job: GeneratedJob, finished: readonly GeneratedClip[]): MessageView {
  const [only, ...others] = finished;
  if (only === undefined) throw new RangeError('Expected a clip to show.');
  return others.length === 0 ? clip(job, only) : batch(job, finished);
}

/** A clip made by the model: picture, sound, and what they were made of. */
export function clip({ data }: GeneratedJob, finished: GeneratedClip): MessageView {
  const phrases = postPhrases(data);
  const embed = {
    ...frame(finished, phrases),
    fields: [
      seedField(finished.recipe, phrases),
      ...commonFields(data, finished, phrases),
      ...originFields(data, phrases),
      ...withoutField(finished.recipe, phrases),
      ...understoodField(finished, phrases),
    ],
  };
  return {
    content: '',
    embeds: [embed],
    components: clipButtons(data, finished),
    files: filesOf(finished, phrases),
  };
}

/** Variations of one clip: a picture, a sound and a row of buttons each, by number. */
function batch({ data }: GeneratedJob, finished: readonly GeneratedClip[]): MessageView {
  const phrases = postPhrases(data);
  const embeds = finished.map((one, index): APIEmbed => {
    const { description, ...rest } = frame(one, phrases);
    const number = `**${index + 1}** · ${phrases.clips.seed} \`${one.recipe.seed}\``;
    if (index > 0) return { color: rest.color, image: rest.image, description: number };
    const fields = [
      ...commonFields(data, one, phrases),
      ...withoutField(one.recipe, phrases),
      ...understoodField(one, phrases),
    ];
    return { ...rest, description: `${description}\n${number}`, fields };
  });
  return {
    content: '',
    embeds,
    components: batchButtons(data, finished),
    files: finished.flatMap((one) => filesOf(one, phrases)),
  };
}

function frame({ recipe, isPromptTruncated }: GeneratedClip, { clips: phrases }: Phrases) {
  const note = isPromptTruncated ? `\n${phrases.promptTruncated}` : '';
  return {
    color: EMBED_COLOR,
    description: `**${clipTitle(recipe, plainText)}**${note}`,
    image: { url: `attachment://${stemOf(recipe)}.png` },
    footer: { text: `${recipe.model.name} ${recipe.model.version}` },
  };
}

function filesOf({ recipe, picture, audio }: GeneratedClip, { clips: phrases }: Phrases): MessageFile[] {
  const stem = stemOf(recipe);
  const title = clipTitle(recipe, (prompt) => prompt);
  const description = shorten(phrases.spectrogramOf(title), 1024);
  return [
    { name: `${stem}.png`, contentType: 'image/png', bytes: picture, description },
    { name: `${stem}.${audio.format}`, contentType: AUDIO_TYPES[audio.format], bytes: audio.bytes },
  ];
}

function stemOf({ prompt, seed }: Recipe): string {
  return `${fileStem(prompt, 'riff')}-${seed}`;
}

function seedField({ seed }: Recipe, { clips: phrases }: Phrases): APIEmbedField {
  return { name: phrases.seed, value: `\`${seed}\``, inline: true };
}

function commonFields(
  data: GeneratedJob['data'],
  { recipe, audio }: GeneratedClip,
  phrases: Phrases,
): APIEmbedField[] {
  const steps = phrases.clips.number(recipe.numInferenceSteps);
  return [
    { name: phrases.clips.steps, value: steps, inline: true },
    duration(audio.durationSeconds, phrases),
    askedBy(data, phrases),
  ];
}

function originFields(data: GeneratedJob['data'], phrases: Phrases): APIEmbedField[] {
  const strength = (value: number): APIEmbedField => ({
    name: phrases.clips.strength,
    value: phrases.clips.number(value),
    inline: true,
  });
  switch (data.kind) {
    case 'riff':
      return [];
    case 'remix':
      return [strength(data.strength), madeFrom(data.input, phrases)];
    case 'longer':
      return [madeFrom(data.input, phrases)];
    case 'morph': {
      if (!data.input) return [];
      const to = data.endInput && { ...madeFrom(data.endInput, phrases), name: phrases.clips.to };
      return [strength(data.strength), madeFrom(data.input, phrases), ...(to ? [to] : [])];
    }
  }
}

function withoutField({ negativePrompt }: Recipe, { clips: phrases }: Phrases): APIEmbedField[] {
  if (negativePrompt === '') return [];
  return [{ name: phrases.without, value: shorten(plainText(negativePrompt), 1024) }];
}

/** None of a model that does not tell. */
function understoodField({ understood, recipe }: GeneratedClip, { recipes }: Phrases): APIEmbedField[] {
  if (!understood) return [];
  const words = understoodWords(understood, recipe.bpm).join(', ');
  return [{ name: recipes.understood, value: shorten(words === '' ? recipes.surprise : words, 1024) }];
}
