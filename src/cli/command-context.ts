import type { CliParts } from './cli-parts.js';
import type { Output } from './output.js';

/** What every command is given. */
export interface CommandContext {
  readonly parts: CliParts;
  readonly output: Output;
  /** Where a progress bar goes, if it is a terminal. */
  readonly terminal: NodeJS.WriteStream;
  /** Aborts on Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}
