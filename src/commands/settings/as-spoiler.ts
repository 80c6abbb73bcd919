import type { APIEmbed } from 'discord.js';

import { HIDDEN_PREFIX } from '../file-names.js';
import type { MessageView } from '../message-view.js';

/**
 * The same message with its files hidden until they are clicked. An embed would show its picture all the same, so
 * the picture stands among the files instead.
 */
export function asSpoiler(view: MessageView): MessageView {
  const { embeds, files } = view;
  return {
    ...view,
    ...(embeds && { embeds: embeds.map(withoutPicture) }),
    ...(files && { files: files.map((file) => ({ ...file, name: HIDDEN_PREFIX + file.name })) }),
  };
}

function withoutPicture({ image, ...embed }: APIEmbed): APIEmbed {
  return image?.url.startsWith('attachment://') === false ? { ...embed, image } : embed;
}
