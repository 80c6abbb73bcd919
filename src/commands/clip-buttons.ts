/** The buttons under a clip that the model has made. What they need to know is in the clip's own files. */
import { ButtonStyle, ComponentType } from 'discord.js';
import type { APIMessageTopLevelComponent } from 'discord.js';

import type { JobOf } from './clip-job.js';
import { postPhrases } from './clip-parts.js';
import { formatCustomId } from './custom-id.js';

export const AGAIN_ACTION = 'again';
/** Its argument is the strength. */
export const VARY_ACTION = 'vary';

const VARIATIONS = [
  { label: 'varyLittle', strength: 0.3 },
  { label: 'varyLot', strength: 0.6 },
] as const;

/** A remix cannot be made again from its own files alone: what it was made of is not in them. */
export function clipButtons(job: JobOf<'riff' | 'remix'>): APIMessageTopLevelComponent {
  const { buttons } = postPhrases(job).clips;
  const vary = VARIATIONS.map(({ label, strength }) => button(buttons[label], VARY_ACTION, String(strength)));
  const again = job.kind === 'riff' ? [button(buttons.again, AGAIN_ACTION, '')] : [];
  return { type: ComponentType.ActionRow, components: [...again, ...vary] };
}

function button(label: string, action: string, argument: string) {
  const custom_id = formatCustomId({ action, argument });
  return { type: ComponentType.Button, style: ButtonStyle.Secondary, label, custom_id } as const;
}
