import { storedFilename } from '../rules/file-rules.js';
import type { AttachmentPlan, NewAttachment } from '../rules/file-rules.js';
import type { Attachment } from '../state/attachment.js';
import type { World } from '../state/world.js';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  wav: 'audio/x-wav',
  flac: 'audio/flac',
  json: 'application/json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
};

/** Stores the new files of a message and returns all that it will have. */
export function storeAttachments(world: World, channelId: string, plan: AttachmentPlan): Attachment[] {
  return [...plan.kept, ...plan.added.map((added) => storeAttachment(world, channelId, added))];
}

/** Stores one file, so that it can be downloaded. */
export function storeAttachment(world: World, channelId: string, { file, form }: NewAttachment): Attachment {
  const filename = storedFilename(form?.filename ?? file.filename);
  const contentType = CONTENT_TYPES[filename.split('.').at(-1)?.toLowerCase() ?? ''] ?? file.contentType;
  const dimensions = pngDimensions(file.bytes);
  const attachment: Attachment = {
    id: world.snowflakes.next(),
    channelId,
    filename,
    bytes: file.bytes,
    ...(contentType === undefined ? {} : { contentType }),
    ...(form?.description ? { description: form.description } : {}),
    ...(dimensions === undefined ? {} : { dimensions }),
    ...voiceOf(form),
    ...(file.served === undefined ? {} : { served: file.served }),
  };
  world.attachments.set(attachment.id, attachment);
  return attachment;
}

function voiceOf(form: NewAttachment['form']): Pick<Attachment, 'voice'> {
  const { waveform, duration_secs: durationSeconds } = form ?? {};
  return waveform && durationSeconds ? { voice: { waveform, durationSeconds } } : {};
}

function pngDimensions(bytes: Buffer): { width: number; height: number } | undefined {
  const isPng = bytes.length >= 24 && bytes.subarray(1, 4).toString('latin1') === 'PNG';
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : undefined;
}
