/** Entry file of `riffcord`. */
import { composeCli } from '../app/compose-cli.js';
import { Interruption } from './interruption.js';
import { Output } from './output.js';
import { createProgram } from './program.js';

const { stdout, stderr } = process;
const argv = process.argv.slice(2);
const output = new Output({ stdout, stderr, json: argv.includes('--json') });
const interruption = new Interruption();

// Whoever read our output has had enough, as `head` does: that is no failure.
stdout.on('error', () => process.exit(0));

try {
  const { signal } = interruption;
  const program = createProgram({ parts: composeCli(), output, terminal: stderr, signal });
  await program.parseAsync(argv, { from: 'user' });
} catch (error) {
  // Set, not exit(): what was written to a pipe may still be on its way.
  process.exitCode = output.failure(error);
} finally {
  interruption.dispose();
}
