import type { ButtonInteraction } from 'discord.js';

import { parseGenerationRequest } from '../../engine/generation-request.js';
import { AGAIN_ACTION } from '../clip-buttons.js';
import type { ClipInput } from '../clip-input.js';
import type { ClipWork } from '../clip-job.js';
import type { DeferredReply, ReplyingButton } from '../command.js';
import { CommandError } from '../errors.js';
import type { JobIntake } from '../job-intake.js';
import { BATCH_MAX } from '../payloads/riff.js';
import { unpackOrigin } from '../packed-origin.js';
import { DEFAULT_STRENGTH } from '../strength.js';
import { messageOf } from '../shown-message.js';
import { wholeOf, wordsOf } from './posted-clip.js';
import type { PostedClip, PostedClips } from './posted-clip.js';

export interface AgainButtonOptions {
  readonly intake: JobIntake;
  readonly clips: PostedClips;
  readonly input: ClipInput;
}

/** `Again`: the same with another seed, of the same clips if it was made of any. */
export class AgainButton implements ReplyingButton {
  readonly name = AGAIN_ACTION;
  readonly answers = 'reply';
  readonly #options: AgainButtonOptions;

  constructor(options: AgainButtonOptions) {
    this.#options = options;
  }

  /** @param argument - Empty for a clip of words alone; else the kind of its job and what it was made of. */
  async execute(interaction: ButtonInteraction, argument: string, reply: DeferredReply): Promise<void> {
    const { intake, clips } = this.#options;
    await intake.accept(interaction, reply, async () => {
      const clip = await clips.read(messageOf(interaction), 0);
      return argument === ''
        ? workOfWords(clip, interaction.message.embeds.length)
        : this.#workOfClips(clip, argument, interaction);
    });
  }

  async #workOfClips(clip: PostedClip, argument: string, interaction: ButtonInteraction): Promise<ClipWork> {
    const { input } = this.#options;
    const { kind, messages } = ancestryIn(argument);
    const takers = messages.map((message) => () => input.takeFrom(message, interaction));
    const [first, second] = await input.takeAll(takers);
    if (first === undefined) throw new CommandError('message_without_clip');
    const strength = clip.recipe.strength ?? DEFAULT_STRENGTH;
    switch (kind) {
      case 'remix':
        return { kind, request: parseGenerationRequest(wordsOf(clip)), strength, input: first };
      case 'longer':
        return { kind, request: wholeOf(clip), input: first };
      case 'morph': {
        const ends = { input: first, ...(second && { endInput: second }) };
        return { kind, request: wholeOf(clip), strength, ...ends };
      }
    }
  }
}

/** @throws CommandError `message_without_clip` for an argument that is not ours */
function ancestryIn(argument: string) {
  const [name, ...packed] = argument.split('/');
  const kind = (['remix', 'longer', 'morph'] as const).find((known) => known === name);
  const messages = packed.map(unpackOrigin).filter((message) => message !== undefined);
  if (kind === undefined) throw new CommandError('message_without_clip');
  return { kind, messages };
}

/** @param count - Clips in the message. */
function workOfWords(clip: PostedClip, count: number): ClipWork {
  const request = wholeOf(clip);
  if (request.end) return { kind: 'morph', request, strength: DEFAULT_STRENGTH };
  return { kind: 'riff', request, ...(count > 1 && { count: Math.min(count, BATCH_MAX) }) };
}
