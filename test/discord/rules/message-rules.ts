import { MessageFlags } from 'discord.js';
import type { Attachment } from '../state/attachment.js';
import type { Message, MessageBody } from '../state/message.js';
import { refusals } from './api-error.js';
import { checkComponents, filesInComponents } from './component-rules.js';
import type { TopLevelComponent } from './component-form.js';
import { storedFilename } from './file-rules.js';
import type { AttachmentPlan } from './file-rules.js';
import { FormProblems } from './form.js';
import type { EmbedForm, MessageForm } from './message-form.js';

/** A message as it will be, before it has been given its ids and addresses. */
export interface DraftBody {
  readonly content: string;
  readonly embeds: readonly EmbedForm[];
  readonly components: readonly TopLevelComponent[];
  readonly flags: number;
  readonly filenames: readonly string[];
}

/** What a new message will be. */
export function draftNew(form: MessageForm, plan: AttachmentPlan, flags: number): DraftBody {
  return {
    content: form.content ?? '',
    embeds: form.embeds ?? [],
    components: form.components ?? [],
    flags,
    filenames: filenamesOf(plan),
  };
}

/** What an existing message will be: fields that the form does not name stay. */
export function draftEdit(
  form: MessageForm,
  plan: AttachmentPlan,
  before: MessageBody,
  flags: number,
): DraftBody {
  return {
    content: form.content === undefined ? before.content : (form.content ?? ''),
    embeds: form.embeds === undefined ? [] : (form.embeds ?? []),
    components: form.components === undefined ? before.components : (form.components ?? []),
    flags,
    filenames: filenamesOf(plan),
  };
}

/**
 * Checks a message as a whole.
 *
 * @param keptEmbeds embeds of an edited message that stay as they are
 * @throws ApiError 50006 when it would be empty, 50035 for everything else
 */
export function checkDraft(draft: DraftBody, keptEmbeds = 0): void {
  const problems = new FormProblems();
  checkComponents(draft.components, draft.flags, problems);
  checkLegacyFields(draft, keptEmbeds, problems);
  checkEmbedFiles(draft, problems);
  checkComponentFiles(draft, problems);
  problems.throwIfAny();
  const parts = keptEmbeds + draft.embeds.length + draft.components.length + draft.filenames.length;
  if (draft.content.trim() === '' && parts === 0) throw refusals.emptyMessage();
}

/**
 * Checks what only voice messages must have.
 *
 * @throws ApiError 50159, 50160, 50161
 */
export function checkVoiceMessage(
  { content, embeds, components, flags }: DraftBody,
  plan: AttachmentPlan,
): void {
  if ((flags & MessageFlags.IsVoiceMessage) === 0) return;
  if (content !== '' || embeds.length + components.length > 0) throw refusals.voiceMessageContent();
  const [only, ...others] = plan.added;
  if (only === undefined || others.length > 0 || only.file.contentType?.startsWith('audio/') !== true) {
    throw refusals.voiceMessageAttachment();
  }
  const { waveform, duration_secs: seconds } = only.form ?? {};
  if (!isWaveform(waveform) || typeof seconds !== 'number' || seconds <= 0) {
    throw refusals.voiceMessageMetadata();
  }
}

/** One byte for each of at most 256 points, as base64. */
function isWaveform(waveform: string | null | undefined): boolean {
  if (typeof waveform !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(waveform)) return false;
  const points = Buffer.from(waveform, 'base64').length;
  return points >= 1 && points <= 256;
}

/** @throws ApiError 50005 for somebody else's message, 50162 for a voice message */
export function checkMayEdit(message: Message, editorId: string): void {
  if (message.author.id !== editorId) throw refusals.notTheAuthor();
  if ((message.flags & MessageFlags.IsVoiceMessage) !== 0) throw refusals.voiceMessageEdit();
}

/** Names of the files that embeds show, which the API does not list as attachments. */
export function filesInEmbeds(embeds: readonly EmbedForm[]): string[] {
  return embeds.flatMap((embed) =>
    mediaOf(embed).flatMap(({ url }) =>
      url.startsWith('attachment://') ? [url.slice('attachment://'.length)] : [],
    ),
  );
}

function checkLegacyFields(draft: DraftBody, keptEmbeds: number, problems: FormProblems): void {
  if ((draft.flags & MessageFlags.IsComponentsV2) === 0) return;
  const code = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
  const message = 'The field cannot be used when using MessageFlags.IS_COMPONENTS_V2';
  if (draft.content !== '') problems.add(['content'], code, message);
  if (draft.embeds.length + keptEmbeds > 0) problems.add(['embeds'], code, message);
}

function checkEmbedFiles(draft: DraftBody, problems: FormProblems): void {
  for (const [index, embed] of draft.embeds.entries()) {
    for (const { key, url } of mediaOf(embed)) {
      if (!url.startsWith('attachment://')) continue;
      if (draft.filenames.includes(url.slice('attachment://'.length))) continue;
      const message = `Scheme "attachment" must be one of ('http', 'https').`;
      problems.add(['embeds', index, key, 'url'], 'URL_TYPE_INVALID_SCHEME', message);
    }
  }
}

function checkComponentFiles(draft: DraftBody, problems: FormProblems): void {
  for (const name of filesInComponents(draft.components)) {
    if (draft.filenames.includes(name)) continue;
    const message = `The referenced attachment was not found: ${name}`;
    problems.add(['components'], 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', message);
  }
}

function mediaOf(embed: EmbedForm): { key: string; url: string }[] {
  return (['image', 'thumbnail'] as const).flatMap((key) => {
    const media = embed[key];
    return media ? [{ key, url: media.url }] : [];
  });
}

function filenamesOf(plan: AttachmentPlan): string[] {
  return [
    ...plan.kept.map((attachment: Attachment) => attachment.filename),
    ...plan.added.map(({ file, form }) => storedFilename(form?.filename ?? file.filename)),
  ];
}
