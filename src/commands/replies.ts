/** What the bot says about a job: one function a message. */
import { ButtonStyle, ComponentType } from 'discord.js';
import type { APIMessageTopLevelComponent } from 'discord.js';

import type { GenerationProgress, GenerationStage } from '../engine/music-engine.js';
import type { Job, JobId } from '../queue/job.js';
import type { ClipDestination, ClipJob } from './clip-job.js';
import { formatCustomId } from './custom-id.js';
import { PREVIEW_FILE } from './file-names.js';
import type { MessageFile, MessageView } from './message-view.js';
import { plainText, shorten } from './plain-text.js';

/** Action of the button that `waiting` and `progress` carry. */
export const CANCEL_ACTION = 'cancel';

const BAR_LENGTH = 20;
const TITLE_LENGTH = 200;

/** @param ahead - Clips that will be made before this one. */
export function waiting(job: Job<ClipJob>, ahead: number): MessageView {
  const clips = ahead === 1 ? '1 clip is' : `${ahead} clips are`;
  const text = ahead === 0 ? 'Yours is next.' : `${clips} ahead of yours.`;
  return { content: status(job, text), components: [cancelRow(job.id)] };
}

/** The job has been begun, and nothing is known yet of how far it is. */
export function begun(job: Job<ClipJob>): MessageView {
  return { content: status(job, BEGINNINGS[job.data.kind]), components: [cancelRow(job.id)] };
}

/** With the picture as it stands, when the progress has one. */
export function progress(job: Job<ClipJob>, state: GenerationProgress): MessageView {
  const text = bar(state.fraction, STAGES[state.stage](state));
  const files = state.preview && [previewFile(state.preview)];
  return { content: status(job, text), components: [cancelRow(job.id)], ...(files && { files }) };
}

export function restarting(job: Job<ClipJob>): MessageView {
  return ended(status(job, 'The bot is restarting; your clip keeps its place.'));
}

export function cancelled(job: Job<ClipJob>): MessageView {
  return ended(status(job, 'Cancelled.'));
}

export function failed(job: Job<ClipJob>, sentence: string): MessageView {
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

/** Why a clip stands in the command's reply; empty where nobody would expect a message of the bot's own. */
export function whyInReply(destination: ClipDestination): string {
  if (destination.type === 'channel') {
    return 'I was not allowed to post in this channel, so your clip is here.';
  }
  if (destination.missingPermissions.length === 0) return '';
  const missing = new Intl.ListFormat('en').format(destination.missingPermissions);
  return `I may not post in this channel (a moderator can give me ${missing}), so your clip is here.`;
}

const STAGES: Record<GenerationStage, (state: GenerationProgress) => string> = {
  loading: () => 'waking the model',
  denoising: ({ step, numInferenceSteps }) => `step ${step} of ${numInferenceSteps}`,
  decoding: () => 'developing the picture',
  sounding: () => 'turning the picture into sound',
  encoding: () => 'packing the sound',
};

const BEGINNINGS: Record<ClipJob['kind'], string> = {
  riff: bar(0, 'waking the model'),
  remix: bar(0, 'waking the model'),
  listen: 'Turning the picture into sound.',
  see: 'Turning the sound into a picture.',
};

/** @param fraction - Done, 0..1. */
function bar(fraction: number, what: string): string {
  const done = Math.round(Math.min(1, Math.max(0, fraction)) * BAR_LENGTH);
  const blocks = '█'.repeat(done) + '░'.repeat(BAR_LENGTH - done);
  return `\`${blocks}\` ${Math.floor(fraction * 100)} % · ${what}`;
}

function status({ data }: Job<ClipJob>, text: string): string {
  const title = 'request' in data ? data.request.prompt : data.input.name;
  return `**${plainText(shorten(title, TITLE_LENGTH))}**\n${text}`;
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
  return { name: PREVIEW_FILE, contentType: 'image/png', bytes, description: 'The picture as it stands.' };
}
