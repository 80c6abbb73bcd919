import type { FileReference, WantedFile } from './clip-finder.js';
import type { InputOrigin } from './clip-job.js';
import { isClipFile } from './file-names.js';
import type { ShownMessage } from './shown-message.js';

const PICTURES = /^image\/(png|jpeg|webp)\b/;
const SOUNDS = /^audio\/|^video\/ogg|^application\/ogg/;
const PICTURE_NAMES = /\.(png|jpe?g|webp)$/i;
const SOUND_NAMES = /\.(wav|mp3|ogg|oga|opus|flac)$/i;

/**
 * The file of a message that is most likely meant; undefined when it has none. Of several clips it is the one at the
 * origin's position. Where any will do it is the picture, which says more exactly than the sound what the model has
 * made.
 */
export function clipIn(
  message: Pick<ShownMessage, 'embeds' | 'files'>,
  origin: InputOrigin,
  wanted: WantedFile,
): FileReference | undefined {
  const files = filesOf(message, origin).filter(({ name }) => isClipFile(name));
  const ofKind = (kind: 'picture' | 'sound') =>
    files.filter((file) => isKind(file, kind))[origin.position ?? 0];
  return wanted === 'any' ? (ofKind('picture') ?? ofKind('sound')) : ofKind(wanted);
}

/** Discord does not list a file among the attachments when an embed shows it. */
function filesOf(
  { files, embeds }: Pick<ShownMessage, 'embeds' | 'files'>,
  origin: InputOrigin,
): FileReference[] {
  const shown = embeds.flatMap(({ image }) => {
    if (!image || !URL.canParse(image.url)) return [];
    return [{ url: image.url, name: new URL(image.url).pathname.split('/').at(-1) ?? '', origin }];
  });
  return [...shown, ...files.map((file) => ({ ...file, origin }))];
}

function isKind({ contentType, name }: FileReference, kind: 'picture' | 'sound'): boolean {
  const [types, names] = kind === 'picture' ? [PICTURES, PICTURE_NAMES] : [SOUNDS, SOUND_NAMES];
  return contentType === undefined ? names.test(name) : types.test(contentType);
}
