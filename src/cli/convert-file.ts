import type { ConvertedFile, FileConversion } from '../engine/files/convert-file.js';
import type { CommandContext } from './command-context.js';

/**
 * Converts away from the main thread, which goes on hearing Ctrl-C. The file's bytes are given away.
 * @throws EngineError; CancelledError after Ctrl-C
 */
export async function convertFile(
  { parts, signal }: CommandContext,
  conversion: FileConversion,
): Promise<ConvertedFile> {
  const workshop = parts.createWorkshop();
  try {
    return await workshop.convertFile(conversion, { signal, giveAway: true });
  } finally {
    await workshop.dispose();
  }
}
