import type { Attachment, ServedInstead } from '../state/attachment.js';
import { refusals } from './api-error.js';
import { refuseField } from './form.js';
import type { AttachmentForm, MessageForm } from './message-form.js';

/** The largest file without boosts; interactions name it as `attachment_size_limit`. */
export const ATTACHMENT_SIZE_LIMIT = 10 * 1024 * 1024;
/** The largest request. */
export const REQUEST_SIZE_LIMIT = 25 * 1024 * 1024;
const MAX_ATTACHMENTS = 10;

/** A file as it came with a request, in the part `files[index]`. */
export interface UploadedFile {
  readonly index: number;
  readonly filename: string;
  readonly contentType: string | undefined;
  readonly bytes: Buffer;
  readonly served?: ServedInstead;
}

/** A file that is to be attached, with what the body says about it. */
export interface NewAttachment {
  readonly file: UploadedFile;
  readonly form: AttachmentForm | undefined;
}

/** Which files a message will have. */
export interface AttachmentPlan {
  readonly kept: readonly Attachment[];
  readonly added: readonly NewAttachment[];
}

/**
 * Matches `attachments` with the uploaded files and with those that the message has already.
 * On an edit the array lists everything that stays; without it, everything stays.
 *
 * @throws ApiError 40005, 50035, 50146
 */
export function planAttachments(
  form: MessageForm,
  files: readonly UploadedFile[],
  existing: readonly Attachment[],
): AttachmentPlan {
  if (files.some((file) => file.bytes.length > ATTACHMENT_SIZE_LIMIT)) throw refusals.requestTooLarge();
  const listed = form.attachments ?? undefined;
  for (const [position, entry] of (listed ?? []).entries()) {
    if (existing.some(({ id }) => id === entry.id)) continue;
    if (files.some(({ index }) => String(index) === entry.id)) continue;
    if (entry.id.length < 15) throw refusals.uploadedFileNotFound();
    refuseField(
      ['attachments', position, 'id'],
      'MESSAGE_ATTACHMENT_NOT_FOUND',
      `Attachment ${entry.id} not found`,
    );
  }
  const kept = listed ? existing.filter(({ id }) => listed.some((entry) => entry.id === id)) : existing;
  const added = files.map((file) => ({
    file,
    form: listed?.find((entry) => entry.id === String(file.index)),
  }));
  if (kept.length + added.length > MAX_ATTACHMENTS) {
    refuseField(['attachments'], 'BASE_TYPE_MAX_LENGTH', `Must be ${MAX_ATTACHMENTS} or fewer in length.`);
  }
  return { kept, added };
}

/** The name under which Discord stores a file: it drops all but letters, digits, dots, dashes and underscores. */
export function storedFilename(name: string): string {
  const plain = name.replaceAll(' ', '_').replaceAll(/[^\w.-]/g, '');
  return plain === '' ? 'unknown' : plain;
}
