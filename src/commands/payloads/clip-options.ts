/** Options by which people name the clip that a command is about. */
import { ApplicationCommandOptionType } from 'discord.js';
import type { APIApplicationCommandBasicOption } from 'discord.js';

/** @param what - The file that is wanted, such as "The sound or spectrogram picture". */
export function clipSourceOptions<const What extends string>(what: What) {
  return [
    {
      type: ApplicationCommandOptionType.Attachment,
      name: 'clip',
      description: `${what} (default: my last clip in this channel)`,
    },
    {
      type: ApplicationCommandOptionType.String,
      name: 'link',
      description: 'Or a link to the message that has it (Copy Message Link)',
      max_length: 1000,
    },
  ] as const satisfies readonly APIApplicationCommandBasicOption[];
}

export type ClipSourceOptionName = ReturnType<typeof clipSourceOptions>[number]['name'];
