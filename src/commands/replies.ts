/** Everything that people read: one function a message, one sentence an error. */
import { ButtonStyle, ComponentType } from 'discord.js';
import type { APIEmbedField, APIMessageTopLevelComponent } from 'discord.js';

import { EngineError } from '../engine/errors.js';
import type { EngineErrorCode } from '../engine/errors.js';
import type { AudioFormat } from '../engine/limits.js';
import type { GeneratedClip, GenerationProgress, GenerationStage } from '../engine/music-engine.js';
import { QueueError } from '../queue/errors.js';
import type { QueueErrorCode } from '../queue/errors.js';
import type { Job, JobId } from '../queue/job.js';
import { formatCustomId } from './custom-id.js';
import { CommandError } from './errors.js';
import type { CommandErrorCode } from './errors.js';
import type { MessageFile, MessageView } from './message-view.js';
import { fileStem, plainText, shorten } from './plain-text.js';
import type { ClipDestination, RiffJob } from './riff-job.js';

/** Action of the button that `waiting` and `progress` carry. */
export const CANCEL_ACTION = 'cancel';

const BAR_LENGTH = 20;
const STATUS_PROMPT_LENGTH = 200;
const EMBED_COLOR = 0x5865f2;

/** @param ahead - Clips that will be made before this one. */
export function waiting(job: Job<RiffJob>, ahead: number): MessageView {
  const clips = ahead === 1 ? '1 clip is' : `${ahead} clips are`;
  const text = ahead === 0 ? 'Yours is next.' : `${clips} ahead of yours.`;
  return { content: status(job, text), components: [cancelRow(job.id)] };
}

/** With the picture as it stands, when the progress has one. */
export function progress(job: Job<RiffJob>, state: GenerationProgress): MessageView {
  const done = Math.round(Math.min(1, Math.max(0, state.fraction)) * BAR_LENGTH);
  const bar = '█'.repeat(done) + '░'.repeat(BAR_LENGTH - done);
  const text = `\`${bar}\` ${Math.floor(state.fraction * 100)} % · ${STAGES[state.stage](state)}`;
  const files = state.preview && [previewFile(state.preview)];
  return { content: status(job, text), components: [cancelRow(job.id)], ...(files && { files }) };
}

export function restarting(job: Job<RiffJob>): MessageView {
  return ended(status(job, 'The bot is restarting; your clip keeps its place.'));
}

export function cancelled(job: Job<RiffJob>): MessageView {
  return ended(status(job, 'Cancelled.'));
}

export function failed(job: Job<RiffJob>, sentence: string): MessageView {
  return ended(status(job, sentence));
}

/** @param link - Address of the message that has the clip. */
export function posted(link: string): MessageView {
  return ended(`Your clip is ready: ${link}`);
}

/** A command's reply, or one that only who clicked sees, made of a sentence alone. */
export function sentenceOnly(sentence: string): MessageView {
  return ended(sentence);
}

/** The finished clip: picture, sound, and what they were made of. */
export function clip(job: Job<RiffJob>, finished: GeneratedClip): MessageView {
  const { recipe, picture, audio, isPromptTruncated } = finished;
  const stem = `${fileStem(recipe.prompt, 'riff')}-${recipe.seed}`;
  const note = isPromptTruncated ? `\n${PROMPT_TRUNCATED}` : '';
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
    description: shorten(`Spectrogram of: ${recipe.prompt}`, 1024),
  };
  const audioFile: MessageFile = {
    name: `${stem}.${audio.format}`,
    contentType: CONTENT_TYPES[audio.format],
    bytes: audio.bytes,
  };
  return { content: '', embeds: [embed], components: [], files: [pictureFile, audioFile] };
}

const PROMPT_TRUNCATED =
  'The model hears only the beginning of a prompt this long: a shorter one works better.';

function clipFields({ data }: Job<RiffJob>, { recipe, audio }: GeneratedClip): APIEmbedField[] {
  const fields: APIEmbedField[] = [
    { name: 'Seed', value: `\`${recipe.seed}\``, inline: true },
    { name: 'Steps', value: String(recipe.numInferenceSteps), inline: true },
    { name: 'Duration', value: `${audio.durationSeconds.toFixed(1)} s`, inline: true },
    { name: 'Asked by', value: `<@${data.userId}>`, inline: true },
  ];
  if (recipe.negativePrompt !== '') {
    fields.push({ name: 'Without', value: shorten(plainText(recipe.negativePrompt), 1024) });
  }
  return fields;
}

/** Why a clip stands in the command's reply; empty where nobody would expect a message of the bot's own. */
export function whyInReply(destination: ClipDestination): string {
  if (destination.type === 'channel') {
    return 'I was not allowed to post in this channel, so your clip is here.';
  }
  if (destination.missingPermissions.length === 0) return '';
  const missing = new Intl.ListFormat('en').format(destination.missingPermissions);
  return `I may not post in this channel (a moderator can give me ${missing}), so your clip is here.`;
}

/** @param incident - The id under which the log tells more. */
export function unexpected(incident: string): string {
  return `Something went wrong on my side. Please try again; if it stays so, tell the bot's operator: incident ${incident}.`;
}

export const UNKNOWN_COMMAND = 'I do not know this command any more. Please reload Discord and try again.';
export const UNKNOWN_BUTTON = 'This button no longer does anything.';

/** The sentence for an error that people may cause or cure; undefined for any other. */
export function sentenceFor(error: unknown): string | undefined {
  if (error instanceof CommandError) return COMMAND_SENTENCES[error.code];
  if (error instanceof QueueError) return QUEUE_SENTENCES[error.code];
  if (!(error instanceof EngineError)) return undefined;
  // The only message that is about what the person typed: it names the option and its limits.
  return error.code === 'invalid_request' ? error.message : ENGINE_SENTENCES[error.code];
}

const COMMAND_SENTENCES: Record<CommandErrorCode, string> = {
  too_many_jobs: 'You have as many clips in the queue as one person may. Wait for one, or cancel one.',
  job_over: 'Too late: this clip is finished or was cancelled.',
  clip_too_large:
    'The finished clip is larger than what may be uploaded here. Please try it in a server or a direct message with a higher limit.',
  clip_undeliverable:
    'The clip is finished, but I was not allowed to post it here. Please ask a moderator to let me post and attach files, and try again.',
  not_your_job:
    'Only the person who asked for this clip, or somebody who may manage messages, can cancel it.',
};

const QUEUE_SENTENCES: Record<QueueErrorCode, string> = {
  closed: 'The bot is restarting. Please try again in a minute.',
  full: 'The queue is full. Please try again in a few minutes.',
  storage_failed:
    'Your request was not accepted, because it could not be saved: the disk may be full. ' +
    'Please try again later, or tell the bot’s operator.',
  locked: 'The bot is starting. Please try again in a minute.',
  abandoned:
    'The bot stopped several times while it made this clip, so it gave up. Please try other options, or tell its operator.',
};

const OPERATOR = 'Please tell the bot’s operator';

const ENGINE_SENTENCES: Record<Exclude<EngineErrorCode, 'invalid_request'>, string> = {
  model_missing: `The model for this is not installed. ${OPERATOR}: \`npx riffcord doctor\` says what is missing.`,
  model_corrupt: `The model for this is damaged. ${OPERATOR}: \`npx riffcord doctor\` says which file.`,
  model_unsupported: `The model for this is of a kind that I do not run. ${OPERATOR}: \`npx riffcord doctor\` says more.`,
  device_unavailable: `The device that I am told to run on does not work. ${OPERATOR}: \`npx riffcord doctor\` says why.`,
  audio_unreadable: 'This audio file cannot be read. Please try a WAV, MP3, Ogg or FLAC file.',
  audio_too_long: 'This audio file is too long. Please try a shorter one.',
  audio_empty: 'This audio file has no sound in it. Please try another one.',
  image_unreadable: 'This picture cannot be read. Please try a PNG, JPEG or WebP file.',
  image_too_large: 'This picture has too many pixels. Please try a smaller one.',
  image_not_spectrogram: 'This picture is not a spectrogram. Please try one that a riff was posted with.',
  recipe_missing: 'This file does not say how it was made. Please try one that was posted by me.',
  recipe_invalid: 'I cannot read how this file was made; a newer version of me may have made it.',
  disk_full: `The disk is full. ${OPERATOR}, and try again later.`,
  io_failed: `A file could not be read or written. ${OPERATOR}, and try again later.`,
  engine_crashed: 'The engine stopped several times on this clip. Please try again with other options.',
  engine_hung: 'The engine did not answer several times on this clip. Please try again with fewer steps.',
  engine_closed: 'The bot is restarting. Please try again in a minute.',
};

const STAGES: Record<GenerationStage, (state: GenerationProgress) => string> = {
  loading: () => 'waking the model',
  denoising: ({ step, numInferenceSteps }) => `step ${step} of ${numInferenceSteps}`,
  decoding: () => 'developing the picture',
  sounding: () => 'turning the picture into sound',
  encoding: () => 'packing the sound',
};

const CONTENT_TYPES: Record<AudioFormat, string> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
};

function status(job: Job<RiffJob>, text: string): string {
  return `**${plainText(shorten(job.data.request.prompt, STATUS_PROMPT_LENGTH))}**\n${text}`;
}

function ended(content: string): MessageView {
  return { content, embeds: [], components: [], files: [] };
}

function cancelRow(id: JobId): APIMessageTopLevelComponent {
  const custom_id = formatCustomId({ action: CANCEL_ACTION, argument: id });
  const button = {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: 'Cancel',
    custom_id,
  } as const;
  return { type: ComponentType.ActionRow, components: [button] };
}

function previewFile(bytes: Uint8Array): MessageFile {
  return { name: 'preview.png', contentType: 'image/png', bytes, description: 'The picture as it stands.' };
}
