import type { ButtonInteraction } from 'discord.js';

import { parseGenerationRequest } from '../../engine/generation-request.js';
import { LOOP_ACTION } from '../clip-buttons.js';
import type { ClipWork } from '../clip-job.js';
import { clipTitle } from '../clip-title.js';
import type { DeferredReply, ReplyingButton } from '../command.js';
import { CONVERSION_PRIORITY } from '../job-intake.js';
import type { JobIntake } from '../job-intake.js';
import { DEFAULT_STRENGTH } from '../strength.js';
import { messageOf } from '../shown-message.js';
import { wholeOf, wordsOf } from './posted-clip.js';
import type { PostedClip, PostedClips } from './posted-clip.js';

export interface LoopButtonOptions {
  readonly intake: JobIntake;
  readonly clips: PostedClips;
}

/** How much of a clip changes so that its end can meet its beginning. */
const CLOSING_STRENGTH = 0.3;
/** How long a loop is played, at least, and how often. */
const LISTENING_SECONDS = 20;
const ROUNDS_MIN = 2;
/** Of a column, at the parameters that all our models have. */
const COLUMN_SECONDS = 0.01;

/** `Loop`: a clip that loops is played several times round; any other is made one that loops. */
export class LoopButton implements ReplyingButton {
  readonly name = LOOP_ACTION;
  readonly answers = 'reply';
  readonly #options: LoopButtonOptions;

  constructor(options: LoopButtonOptions) {
    this.#options = options;
  }

  /** @param argument - Which clip of the message, and after a slash `loops` or `open`. */
  async execute(interaction: ButtonInteraction, argument: string, reply: DeferredReply): Promise<void> {
    const { intake, clips } = this.#options;
    const [position, state] = argument.split('/');
    const read = () => clips.read(messageOf(interaction), Number(position));
    if (state === 'open') {
      await intake.accept(interaction, reply, async () => this.#closed(await read()));
    } else {
      const options = { priority: CONVERSION_PRIORITY };
      await intake.accept(interaction, reply, async () => this.#rounds(await read()), options);
    }
  }

  async #rounds(clip: PostedClip): Promise<ClipWork> {
    const seconds = clip.recipe.seconds ?? clip.recipe.width * COLUMN_SECONDS;
    return {
      kind: 'rounds',
      title: clipTitle(clip.recipe, (prompt) => prompt),
      rounds: Math.max(ROUNDS_MIN, Math.round(LISTENING_SECONDS / seconds)),
      format: clip.audioFormat ?? 'mp3',
      input: await this.#options.clips.keep(clip),
    };
  }

  /** A way between words is gone there and back; anything else keeps its sound, but for the ends. */
  async #closed(clip: PostedClip): Promise<ClipWork> {
    const { recipe } = clip;
    const { seed } = recipe;
    if (recipe.end && !recipe.initImage) {
      const { end, ...whole } = wholeOf(clip);
      const request = { ...whole, seed, end: end && { ...end, seed: recipe.end.seed }, loop: true };
      return { kind: 'morph', request, strength: DEFAULT_STRENGTH };
    }
    const request = parseGenerationRequest({ ...wordsOf(clip), seed, loop: true });
    const input = await this.#options.clips.keep(clip);
    return { kind: 'remix', request, strength: CLOSING_STRENGTH, input };
  }
}
