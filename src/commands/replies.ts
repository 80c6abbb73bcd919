/** What the bot says about a job, in its asker's language: one function a message. */
import { ButtonStyle, ComponentType } from 'discord.js';
import type { APIMessageTopLevelComponent } from 'discord.js';

import type { GenerationProgress } from '../engine/music-engine.js';
import type { Job } from '../queue/job.js';
import type { ClipJob, JobPlace } from './clip-job.js';
import { jobTitle } from './clip-title.js';
import { formatCustomId } from './custom-id.js';
import { PREVIEW_FILE } from './file-names.js';
import { phrasesFor } from './language/languages.js';
import type { Phrases } from './language/phrases.js';
import type { MessageFile, MessageView } from './message-view.js';
import { permissionNames } from './permission-names.js';
import { plainText, shorten } from './plain-text.js';

/** Action of the button that `waiting` and `progress` carry. */
export const CANCEL_ACTION = 'cancel';

const BAR_LENGTH = 20;
const TITLE_LENGTH = 200;

/** @param ahead - Clips that will be made before this one. */
export function waiting(job: Job<ClipJob>, ahead: number): MessageView {
  const { jobs } = phrasesFor(job.data.locale);
  return unfinished(job, ahead === 0 ? jobs.next : jobs.ahead(ahead));
}

/** The job has been begun, and nothing is known yet of how far it is. */
export function begun(job: Job<ClipJob>): MessageView {
  return unfinished(job, beginning(job.data));
}

/** Which clip of how many a job is at. */
export interface BatchPart {
  /** From 0. */
  readonly index: number;
  readonly count: number;
}

/** With the picture as it stands, when the progress has one. */
export function progress(
  job: Job<ClipJob>,
  state: GenerationProgress,
  { index, count }: BatchPart = { index: 0, count: 1 },
): MessageView {
  const phrases = phrasesFor(job.data.locale);
  const files = state.preview && [previewFile(state.preview, phrases)];
  const part = count === 1 ? '' : `${phrases.jobs.part(index + 1, count)} · `;
  const fraction = (index + state.fraction) / count;
  return {
    ...unfinished(job, bar(fraction, part + stage(state, phrases), phrases)),
    ...(files && { files }),
  };
}

export function restarting(job: Job<ClipJob>): MessageView {
  return ended(status(job, phrasesFor(job.data.locale).jobs.restarting));
}

export function cancelled(job: Job<ClipJob>): MessageView {
  return ended(status(job, phrasesFor(job.data.locale).jobs.cancelled));
}

export function failed(job: Job<ClipJob>, sentence: string): MessageView {
  return ended(status(job, sentence));
}

/** @param link - Address of the message that has the clip. */
export function posted({ data }: Job<ClipJob>, link: string): MessageView {
  return ended(phrasesFor(data.locale).jobs.ready(link));
}

/** A command's reply, or one that only who clicked sees, made of a sentence alone. */
export function sentenceOnly(sentence: string): MessageView {
  return ended(sentence);
}

/** Why a clip stands in the command's reply; empty where nobody would expect a message of the bot's own. */
export function whyInReply({ destination, locale }: Pick<JobPlace, 'destination' | 'locale'>): string {
  const phrases = phrasesFor(locale);
  const { jobs } = phrases;
  if (destination.type === 'channel') return jobs.notAllowedToPost;
  if (destination.missingPermissions.length === 0) return '';
  return jobs.missingPermissions(permissionNames(destination.missingPermissions, phrases));
}

function beginning({ kind, locale }: ClipJob): string {
  const phrases = phrasesFor(locale);
  switch (kind) {
    case 'listen':
    case 'rounds':
      return phrases.jobs.listening;
    case 'see':
      return phrases.jobs.seeing;
    case 'voice-message':
      return phrases.jobs.stages.encoding;
    case 'riff':
    case 'remix':
    case 'morph':
    case 'longer':
      return bar(0, phrases.jobs.stages.loading, phrases);
  }
}

function stage({ stage: name, step, numInferenceSteps }: GenerationProgress, { jobs }: Phrases): string {
  return name === 'denoising' ? jobs.stages.denoising(step, numInferenceSteps) : jobs.stages[name];
}

/** @param fraction - Done, 0..1. */
function bar(fraction: number, what: string, { jobs }: Phrases): string {
  const done = Math.round(Math.min(1, Math.max(0, fraction)) * BAR_LENGTH);
  const blocks = '█'.repeat(done) + '░'.repeat(BAR_LENGTH - done);
  return `\`${blocks}\` ${jobs.percent(fraction)} · ${what}`;
}

function status({ data }: Job<ClipJob>, text: string): string {
  const title = jobTitle(data, (words) => plainText(shorten(words, TITLE_LENGTH)));
  return `**${title}**\n${text}`;
}

function unfinished(job: Job<ClipJob>, text: string): MessageView {
  return { content: status(job, text), components: [cancelRow(job)] };
}

function ended(content: string): MessageView {
  return { content, embeds: [], components: [], files: [] };
}

function cancelRow({ id, data }: Job<ClipJob>): APIMessageTopLevelComponent {
  const custom_id = formatCustomId({ action: CANCEL_ACTION, argument: id });
  const button = {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: phrasesFor(data.locale).jobs.cancel,
    custom_id,
  } as const;
  return { type: ComponentType.ActionRow, components: [button] };
}

function previewFile(bytes: Uint8Array, { jobs }: Phrases): MessageFile {
  return { name: PREVIEW_FILE, contentType: 'image/png', bytes, description: jobs.preview };
}
