import type { JobOf } from '../commands/clip-job.js';
import { heard, seen } from '../commands/conversion-view.js';
import { CommandError } from '../commands/errors.js';
import type { InputStore } from '../commands/input-store.js';
import type { MessageView } from '../commands/message-view.js';
import type { AudioFormat } from '../engine/limits.js';
import type { SoundWorkshop } from '../engine/workshop/sound-workshop.js';
import { retryingFaults } from './engine-retry.js';
import { readInput } from './read-input.js';

export interface ClipConverterOptions {
  readonly workshop: SoundWorkshop;
  readonly inputs: InputStore;
}

/** The kind of audio file that is smallest. */
const SMALLEST_FORMAT: AudioFormat = 'ogg';

/** Pictures made sound, and sounds made pictures: no model is needed. */
export class ClipConverter {
  readonly #options: ClipConverterOptions;

  constructor(options: ClipConverterOptions) {
    this.#options = options;
  }

  /**
   * The sound of a picture, as it is to be posted.
   * @throws CommandError `clip_too_large` when no kind of file is small enough, `input_lost`; RetryableError,
   * EngineError, CancelledError
   */
  async listen(data: JobOf<'listen'>, signal: AbortSignal): Promise<MessageView> {
    const { input, format, attachmentSizeLimit } = data;
    const bytes = await readInput(this.#options.inputs, input);
    for (const audioFormat of new Set([format, SMALLEST_FORMAT])) {
      const sound = await retryingFaults(() =>
        this.#options.workshop.hearPicture(bytes, audioFormat, { signal }),
      );
      if (sound.picture.length > attachmentSizeLimit) break;
      if (sound.audio.bytes.length <= attachmentSizeLimit) return heard(data, sound);
    }
    throw new CommandError('clip_too_large');
  }

  /** The picture of a sound, as it is to be posted. @throws as `listen` */
  async see(data: JobOf<'see'>, signal: AbortSignal): Promise<MessageView> {
    const { input, attachmentSizeLimit } = data;
    const bytes = await readInput(this.#options.inputs, input);
    const picture = await retryingFaults(() =>
      this.#options.workshop.seeSound(bytes, attachmentSizeLimit, { signal, giveAway: true }),
    );
    if (picture.picture.length > attachmentSizeLimit) throw new CommandError('clip_too_large');
    return seen(data, picture);
  }
}
