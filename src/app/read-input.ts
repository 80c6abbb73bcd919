import type { JobInput } from '../commands/clip-job.js';
import { CommandError } from '../commands/errors.js';
import type { InputStore } from '../commands/input-store.js';

/** The file that a job is about. @throws CommandError `input_lost`, or the error of the file system */
export async function readInput(inputs: InputStore, { key }: JobInput): Promise<Uint8Array> {
  const bytes = await inputs.read(key);
  if (bytes === undefined) throw new CommandError('input_lost');
  return bytes;
}
