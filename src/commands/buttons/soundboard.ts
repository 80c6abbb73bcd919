import type { ButtonInteraction } from 'discord.js';

import type { ClipExport, ExportedSound } from '../../engine/files/export-clip.js';
import { SOUNDBOARD_ACTION } from '../clip-buttons.js';
import type { PrivateButton } from '../command.js';
import { soundboard } from '../export-view.js';
import { phrasesFor } from '../language/languages.js';
import type { MessageView } from '../message-view.js';
import { messageOf } from '../shown-message.js';
import { titleShownIn } from './shown-title.js';
import type { PostedClips } from './posted-clip.js';

export interface SoundboardButtonOptions {
  readonly clips: PostedClips;
  /** @throws EngineError */
  readonly exportClip: (bytes: Uint8Array, wanted: ClipExport) => Promise<ExportedSound>;
}

/**
 * Discord takes 5.2 s and 512 kB. MP3 comes in frames of 24 ms, of which some hold the encoder's delay, and whoever
 * counts frames must not find too many; at 192 kb/s it is 125 kB.
 */
const EXCERPT = { type: 'excerpt', maxSeconds: 5.12, format: 'mp3' } as const;

/** `Soundboard`: the beginning of a clip as a file that a guild's sound board takes, for who pressed it. */
export class SoundboardButton implements PrivateButton {
  readonly name = SOUNDBOARD_ACTION;
  readonly answers = 'privately';
  readonly #options: SoundboardButtonOptions;

  constructor(options: SoundboardButtonOptions) {
    this.#options = options;
  }

  /** @param position - Which clip of the message. */
  async execute(interaction: ButtonInteraction, position: string): Promise<MessageView> {
    const message = messageOf(interaction);
    const { clips, exportClip } = this.#options;
    const sound = await exportClip(await clips.fetchSound(message, Number(position)), EXCERPT);
    return soundboard(titleShownIn(message), sound, phrasesFor(interaction.locale));
  }
}
