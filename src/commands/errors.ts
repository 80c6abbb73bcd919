/** Why people do not get what they asked for, by stable code; replies.ts has the sentence for each. */
export type CommandErrorCode =
  | 'too_many_jobs' // this person has as many clips in the queue as one may
  | 'job_over' // the job of this button has ended
  | 'not_your_job' // somebody else asked for it
  | 'clip_too_large' // the finished files may not be uploaded there
  | 'clip_undeliverable'; // Discord takes the finished clip neither as a message nor as a reply

export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: CommandErrorCode;

  constructor(code: CommandErrorCode, options?: ErrorOptions) {
    super(`The command failed: ${code}.`, options);
    this.code = code;
  }
}
