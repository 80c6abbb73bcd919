import { EngineError } from '../errors.js';
import { detectAudioFormat } from './audio-format.js';
import { pictureFormat } from './picture-metadata.js';

export type FileKind = 'picture' | 'sound';

/** What a file is by its first bytes, whatever it is called; undefined for a kind that we do not read. */
export function fileKind(bytes: Uint8Array): FileKind | undefined {
  if (pictureFormat(bytes) !== undefined) return 'picture';
  try {
    detectAudioFormat(bytes);
    return 'sound';
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}
