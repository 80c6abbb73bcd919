import type { AudioClip } from '../audio/audio-clip.js';
import type { AudioTags } from '../files/audio-tags.js';
import type { PictureTarget, WholeClip, WholeClipTarget } from '../files/clip-as-picture.js';
import type { ConvertedFile, FileConversion } from '../files/convert-file.js';
import type { ClipExport, ExportedSound } from '../files/export-clip.js';
import type { HeardPicture } from '../files/hear-picture.js';
import type { SeenSound } from '../files/see-sound.js';
import type { AudioFormat } from '../limits.js';
import type { EncodedAudio } from '../music-engine.js';
import type { PictureToSoundOptions } from '../spectrogram/picture-to-sound.js';
import type { EncodedPicture, SoundToPictureOptions } from '../spectrogram/sound-to-picture.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';

/** `live` is work that somebody is listening for; it is begun before any `batch` work that waits. */
export type Urgency = 'live' | 'batch';

export interface WorkOptions {
  /** Ends the work at once, be it under way or still waiting. */
  readonly signal?: AbortSignal | undefined;
  /** @defaultValue 'batch' */
  readonly urgency?: Urgency;
  /**
   * The caller is done with what it hands in: buffers may be moved instead of copied, which leaves arrays of length 0
   * behind. @defaultValue false
   */
  readonly giveAway?: boolean;
}

/**
 * Does the engine's heavy sound work away from the thread that asks, several pieces at a time. Each piece gives what
 * the function of the same name gives.
 *
 * All of it throws what that function throws; CancelledError after `signal` aborts; EngineError `engine_crashed` when
 * the work itself broke down, after which others go on; EngineError `engine_closed` after `dispose`.
 */
export interface SoundWorkshop {
  pictureToSound(
    picture: SpectrogramPicture,
    params: SpectrogramParams,
    options?: Omit<PictureToSoundOptions, 'signal'>,
    work?: WorkOptions,
  ): Promise<AudioClip>;

  soundToPicture(
    clip: AudioClip,
    params: SpectrogramParams,
    options?: Omit<SoundToPictureOptions, 'signal'>,
    work?: WorkOptions,
  ): Promise<EncodedPicture>;

  writeAudio(
    clip: AudioClip,
    format: AudioFormat,
    tags?: AudioTags,
    work?: WorkOptions,
  ): Promise<EncodedAudio>;

  convertFile(conversion: FileConversion, work?: WorkOptions): Promise<ConvertedFile>;

  clipAsPicture(bytes: Uint8Array, target: PictureTarget, work?: WorkOptions): Promise<SpectrogramPicture>;

  wholeClipAsPicture(bytes: Uint8Array, target: WholeClipTarget, work?: WorkOptions): Promise<WholeClip>;

  hearPicture(bytes: Uint8Array, format: AudioFormat, work?: WorkOptions): Promise<HeardPicture>;

  seeSound(bytes: Uint8Array, maxBytes: number, work?: WorkOptions): Promise<SeenSound>;

  exportClip(bytes: Uint8Array, wanted: ClipExport, work?: WorkOptions): Promise<ExportedSound>;

  /** Ends all work at once. Idempotent. */
  dispose(): Promise<void>;
}
