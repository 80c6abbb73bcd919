import { createInterface } from 'node:readline/promises';

import { CliError } from '../../cli-error.js';
import type { CommandContext } from '../../command-context.js';

export interface Licence {
  /** What is under it. */
  readonly subject: string;
  /** Short name; undefined when its authors state none. */
  readonly name: string | undefined;
  /** Where it can be read. */
  readonly url: string;
}

/**
 * Shows the licence and asks whether it is accepted; where nobody can be asked, it must have been said before.
 * @param isAccepted on the command line
 * @throws CliError `licence_not_accepted`; the signal's reason
 */
export async function askForConsent(
  { output, terminal, signal }: CommandContext,
  { subject, name, url }: Licence,
  isAccepted: boolean,
): Promise<void> {
  const licence = name === undefined ? 'states no licence' : `is under the licence ${name}`;
  output.notice(`${subject} ${licence}: ${url}`);
  if (isAccepted) return;
  if (!process.stdin.isTTY || !terminal.isTTY) {
    const message = `${subject} ${licence}: read ${url}, then run the command again with --accept-licence.`;
    throw new CliError('licence_not_accepted', message);
  }
  if (/^(y|yes)$/i.test((await ask('Do you accept it? [y/N] ', terminal, signal)).trim())) return;
  throw new CliError('licence_not_accepted', 'Nothing was downloaded, since the licence was not accepted.');
}

/** One line from the keyboard; nothing when it is closed. @throws the signal's reason */
async function ask(question: string, terminal: NodeJS.WriteStream, signal: AbortSignal): Promise<string> {
  // Left to the terminal itself, which turns Ctrl-C into a signal.
  const lines = createInterface({ input: process.stdin, output: terminal, terminal: false });
  try {
    const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    return await Promise.race([lines.question(question, { signal }), closed]);
  } finally {
    lines.close();
  }
}
