import type { MessageContextMenuCommandInteraction } from 'discord.js';

import { clipIn } from '../clip-candidates.js';
import type { FileReference, WantedFile } from '../clip-finder.js';
import { CommandError } from '../errors.js';
import { shownMessage } from '../shown-message.js';
import type { ShownMessage } from '../shown-message.js';

/** The message whose menu was used. */
export function chosenMessage({
  targetMessage,
  guildId,
}: MessageContextMenuCommandInteraction): ShownMessage {
  return shownMessage(targetMessage, guildId);
}

/** Its clip. @throws CommandError `no_clip_there` */
export function chosenClip(
  interaction: MessageContextMenuCommandInteraction,
  wanted: WantedFile,
): FileReference {
  const message = chosenMessage(interaction);
  const { id: messageId, guildId, channelId } = message;
  const clip = clipIn(message, { guildId, channelId, messageId }, wanted);
  if (clip === undefined) throw new CommandError('no_clip_there');
  return clip;
}
