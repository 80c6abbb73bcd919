import type { JobOf } from '../commands/clip-job.js';
import { CommandError } from '../commands/errors.js';
import { rounds as roundsView, voiceMessage } from '../commands/export-view.js';
import type { InputStore } from '../commands/input-store.js';
import type { MessageView } from '../commands/message-view.js';
import type { ClipExport, ExportedSound } from '../engine/files/export-clip.js';
import type { AudioFormat } from '../engine/limits.js';
import type { SoundWorkshop } from '../engine/workshop/sound-workshop.js';
import { retryingFaults } from './engine-retry.js';
import { readInput } from './read-input.js';

export interface ClipExporterOptions {
  readonly workshop: SoundWorkshop;
  readonly inputs: InputStore;
}

/** The kind of audio file that is smallest. */
const SMALLEST_FORMAT: AudioFormat = 'ogg';

/** Finished clips in other forms: no model is needed. */
export class ClipExporter {
  readonly #options: ClipExporterOptions;

  constructor(options: ClipExporterOptions) {
    this.#options = options;
  }

  /**
   * A loop, several times round, as it is to be posted.
   * @throws CommandError `clip_too_large` when no kind of file is small enough, `input_lost`; RetryableError,
   * EngineError, CancelledError
   */
  async rounds(data: JobOf<'rounds'>, signal: AbortSignal): Promise<MessageView> {
    const bytes = await readInput(this.#options.inputs, data.input);
    for (const format of new Set([data.format, SMALLEST_FORMAT])) {
      const sound = await this.#export(bytes, { type: 'rounds', rounds: data.rounds, format }, signal);
      if (sound.bytes.length <= data.attachmentSizeLimit) return roundsView(data, sound);
    }
    throw new CommandError('clip_too_large');
  }

  /** @throws as `rounds` */
  async voiceMessage(data: JobOf<'voice-message'>, signal: AbortSignal): Promise<MessageView> {
    const bytes = await readInput(this.#options.inputs, data.input);
    const sound = await this.#export(bytes, { type: 'voice-message' }, signal);
    if (sound.bytes.length > data.attachmentSizeLimit) throw new CommandError('clip_too_large');
    return voiceMessage(data, sound);
  }

  #export(bytes: Uint8Array, wanted: ClipExport, signal: AbortSignal): Promise<ExportedSound> {
    return retryingFaults(() => this.#options.workshop.exportClip(bytes, wanted, { signal }));
  }
}
