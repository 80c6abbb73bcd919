/** Why people do not get what they asked for, by stable code; sentences.ts has the sentence for each. */
export type CommandErrorCode =
  | 'too_many_jobs' // this person has as many clips in the queue as one may
  | 'job_over' // the job of this button has ended
  | 'not_your_job' // somebody else asked for it
  | 'clip_too_large' // the finished files may not be uploaded there
  | 'clip_undeliverable' // Discord takes the finished clip neither as a message nor as a reply
  | 'two_clips' // both a file and a link were given
  | 'clip_not_found' // there is no clip of ours in the channel
  | 'link_unreadable' // what was given is no link
  | 'link_foreign' // a link to where bot or asker may not read
  | 'message_gone' // the message of a link does not exist
  | 'message_without_clip' // the message has no file that could be a clip, or Discord does not show it
  | 'no_clip_there' // a message that is shown has no file that could be a clip
  | 'choice_forgotten' // a clip was chosen in a menu too long ago
  | 'channel_unreadable' // the bot may not read the channel's messages
  | 'address_forbidden' // the address of a file that is not on Discord
  | 'file_too_large' // larger than what is fetched
  | 'file_gone' // Discord no longer has the file at this address
  | 'file_unreachable' // the file could not be fetched
  | 'not_a_clip' // neither a picture nor a sound of a kind that we read
  | 'not_a_sound' // a picture where a sound is wanted
  | 'not_a_picture' // a sound where a picture is wanted
  | 'batch_too_long' // several clips that are together longer than one may be
  | 'morph_without_words' // an end of a way that neither words nor a clip's recipe say
  | 'morph_without_start' // a clip to arrive at, and none to start from
  | 'long_enough' // a clip that would be longer than any may be
  | 'not_your_clip' // somebody else asked for it
  | 'not_a_strength' // no number from 0 to 1
  | 'input_lost'; // the kept file of a job has gone from the disk

export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: CommandErrorCode;

  constructor(code: CommandErrorCode, options?: ErrorOptions) {
    super(`The command failed: ${code}.`, options);
    this.code = code;
  }
}
