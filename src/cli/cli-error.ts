import type { ExitCode } from './exit-codes.js';

export type CliErrorCode =
  | 'usage' // the command line is not understood
  | 'input_unreadable' // the named file cannot be opened
  | 'output_exists' // the file to write is there already
  | 'model_differs' // the recipe names a model that is not here
  | 'model_unsuitable' // what was to be added is no model that can be used
  | 'licence_not_accepted' // a model's licence was not accepted
  | 'interrupted'; // ended by the user, and can be gone on with

/** A fault that only the command line can have; `message` is a sentence for the user. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: CliErrorCode;

  constructor(code: CliErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export const CLI_EXIT_CODES = {
  usage: 2,
  input_unreadable: 3,
  output_exists: 2,
  model_differs: 4,
  model_unsuitable: 3,
  licence_not_accepted: 2,
  interrupted: 130,
} as const satisfies Record<CliErrorCode, ExitCode>;
