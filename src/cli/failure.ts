import { CommanderError } from 'commander';

import { CancelledError, EngineError } from '../engine/errors.js';
import { HubError } from '../hub/hub-error.js';
import { CLI_EXIT_CODES, CliError } from './cli-error.js';
import { ENGINE_EXIT_CODES, HUB_EXIT_CODES } from './exit-codes.js';
import type { ExitCode } from './exit-codes.js';

/** An error as it is told: a stable code for programs, a sentence for people. */
export interface CliFailure {
  readonly exitCode: ExitCode;
  readonly code: string;
  readonly message: string;
}

/** Undefined for what only looks like an error: help and version were asked for and printed. */
export function describeFailure(error: unknown): CliFailure | undefined {
  if (error instanceof CancelledError) {
    return { exitCode: 130, code: 'interrupted', message: 'Interrupted: nothing was written.' };
  }
  if (error instanceof EngineError) {
    return { exitCode: ENGINE_EXIT_CODES[error.code], code: error.code, message: error.message };
  }
  if (error instanceof HubError) {
    return { exitCode: HUB_EXIT_CODES[error.code], code: error.code, message: error.message };
  }
  if (error instanceof CliError) {
    return { exitCode: CLI_EXIT_CODES[error.code], code: error.code, message: error.message };
  }
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? undefined : { exitCode: 2, code: 'usage', message: usageSentence(error) };
  }
  const message = `Something unexpected went wrong: ${error instanceof Error ? error.message : String(error)}`;
  return { exitCode: 1, code: 'unexpected', message };
}

function usageSentence(error: CommanderError): string {
  // Commander ends with help itself when no command was given at all.
  if (error.code === 'commander.help') return 'Say what to do, for example: riffcord riff "funk bassline".';
  const sentence = error.message
    .replace(/^error: /, '')
    .replace(/\n/g, ' ')
    .replace(/[.)]?$/, (end) => `${end === '.' ? '' : end}.`);
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)} See riffcord --help.`;
}
