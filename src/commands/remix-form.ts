/** The form in which people say what a clip is to become. */
import { ComponentType, TextInputStyle } from 'discord.js';
import type { APIModalInteractionResponseCallbackData, ModalSubmitFields } from 'discord.js';

import { PROMPT_MAX_LENGTH } from '../engine/limits.js';
import { formatCustomId } from './custom-id.js';
import type { CustomId } from './custom-id.js';
import type { Phrases } from './language/phrases.js';
import { shorten } from './plain-text.js';
import { DEFAULT_STRENGTH, parseStrength } from './strength.js';

const PROMPT_FIELD = 'prompt';
const STRENGTH_FIELD = 'strength';

export interface RemixWish {
  /** As it was typed. */
  readonly prompt: string;
  readonly strength: number;
}

/**
 * @param id - Says what is remixed.
 * @param prompt - What stands in the form at first.
 */
export function remixForm(
  id: CustomId,
  prompt: string,
  { clips, forms }: Phrases,
): APIModalInteractionResponseCallbackData {
  const value = shorten(prompt, PROMPT_MAX_LENGTH);
  return {
    custom_id: formatCustomId(id),
    title: forms.remixTitle,
    components: [
      {
        type: ComponentType.Label,
        label: forms.remixPrompt,
        component: {
          type: ComponentType.TextInput,
          custom_id: PROMPT_FIELD,
          style: TextInputStyle.Paragraph,
          max_length: PROMPT_MAX_LENGTH,
          ...(value !== '' && { value }),
        },
      },
      {
        type: ComponentType.Label,
        label: clips.strength,
        description: forms.remixStrength,
        component: {
          type: ComponentType.TextInput,
          custom_id: STRENGTH_FIELD,
          style: TextInputStyle.Short,
          required: false,
          max_length: 10,
          placeholder: clips.number(DEFAULT_STRENGTH),
        },
      },
    ],
  };
}

/** @throws CommandError `not_a_strength` */
export function readRemixForm(fields: Pick<ModalSubmitFields, 'getTextInputValue'>): RemixWish {
  const strength = fields.getTextInputValue(STRENGTH_FIELD).trim().replace(',', '.');
  return {
    prompt: fields.getTextInputValue(PROMPT_FIELD),
    strength: parseStrength(strength === '' ? undefined : Number(strength)),
  };
}
