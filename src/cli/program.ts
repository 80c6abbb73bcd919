import { Command } from 'commander';

import { ENGINE_VERSION } from '../engine/version.js';
import type { CommandContext } from './command-context.js';
import { doctorCommand } from './commands/doctor.js';
import { modelsCommand } from './commands/models/models.js';
import { recipeCommand } from './commands/recipe.js';
import { riffCommand } from './commands/riff.js';
import { seedsCommand } from './commands/seeds.js';
import { toAudioCommand } from './commands/to-audio.js';
import { toImageCommand } from './commands/to-image.js';
import { EXIT_CODES } from './exit-codes.js';

/** Everything that `riffcord` understands. Errors are thrown, not printed: commander's own as CommanderError. */
export function createProgram(context: CommandContext): Command {
  const program = new Command('riffcord')
    .description(
      'A prompt becomes a spectrogram picture, the picture becomes music, all on your own machine.',
    )
    .version(ENGINE_VERSION)
    .addHelpText('after', `\n${exitCodeHelp()}`);
  const commands = [
    riffCommand,
    toImageCommand,
    toAudioCommand,
    recipeCommand,
    seedsCommand,
    modelsCommand,
    doctorCommand,
  ];
  for (const create of commands) program.addCommand(create(context));
  for (const command of withSubcommands(program)) {
    command.exitOverride().configureOutput({ writeErr: () => undefined, outputError: () => undefined });
  }
  return program;
}

/** The command itself, those in it, and those in these. */
function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

function exitCodeHelp(): string {
  const lines = Object.entries(EXIT_CODES).map(([code, meaning]) => `  ${code.padEnd(4)} ${meaning}`);
  return ['Exit codes:', ...lines].join('\n');
}
