/** Time and memory of one piece of work in a fresh process; Linux only, since it reads /proc. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export type ChildTask =
  | 'round trip'
  | 'sound to picture'
  | 'picture to sound, studio'
  | 'picture to sound, fast'
  | 'streamed, fast';

export interface ChildReport {
  readonly cpuSeconds: number;
  /** Resident when all modules were loaded. */
  readonly idleBytes: number;
  /** Most resident during the work, less the idle. */
  readonly bytesAboveIdle: number;
}

const SCRIPT = fileURLToPath(new URL('child.ts', import.meta.url));
const run = promisify(execFile);

/** @param seconds of audio that the work is about */
export async function inFreshProcess(task: ChildTask, seconds: number): Promise<ChildReport> {
  if (!existsSync('/proc/self/clear_refs')) throw new Error('Memory can only be measured on Linux.');
  const { stdout } = await run(process.execPath, ['--import', 'tsx', SCRIPT, task, String(seconds)]);
  return JSON.parse(stdout) as ChildReport;
}
