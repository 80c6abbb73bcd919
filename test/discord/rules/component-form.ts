import { z } from 'zod';
import { mediaUrl, snowflake, text } from './fields.js';

const emoji = z.object({
  id: snowflake.nullish(),
  name: z.string().nullish(),
  animated: z.boolean().nullish(),
});
const numericId = z.number().int().nonnegative().optional();
const customId = text(1, 100);
const media = z.looseObject({ url: mediaUrl });

const button = z
  .object({
    type: z.literal(2),
    id: numericId,
    style: z.number().int().min(1).max(6),
    label: text(0, 80).optional(),
    emoji: emoji.optional(),
    custom_id: customId.optional(),
    sku_id: snowflake.optional(),
    url: text(1, 512).optional(),
    disabled: z.boolean().optional(),
  })
  .superRefine((value, context) => {
    const needs = value.style === 5 ? 'url' : value.style === 6 ? 'sku_id' : 'custom_id';
    if (value[needs] === undefined) {
      context.addIssue({
        code: 'custom',
        path: [needs],
        message: 'This field is required',
        params: { code: 'BASE_TYPE_REQUIRED' },
      });
    }
    if (value.style < 5 && value.label === undefined && value.emoji === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['label'],
        message: 'A button needs a label or an emoji.',
        params: { code: 'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED' },
      });
    }
  });

/** A choice in a select menu of texts. */
export const selectOption = z.object({
  label: text(1, 100),
  value: text(1, 100),
  description: text(0, 100).optional(),
  emoji: emoji.optional(),
  default: z.boolean().optional(),
});
const selectFields = {
  id: numericId,
  custom_id: customId,
  placeholder: text(0, 150).optional(),
  min_values: z.number().int().min(0).max(25).optional(),
  max_values: z.number().int().min(1).max(25).optional(),
  disabled: z.boolean().optional(),
};
const stringSelect = z.object({
  type: z.literal(3),
  ...selectFields,
  options: z.array(selectOption).min(1).max(25),
});
/** Select menus of users, roles, both, and channels. */
export const entitySelectFields = {
  type: z.union([z.literal(5), z.literal(6), z.literal(7), z.literal(8)]),
  ...selectFields,
  default_values: z.array(z.object({ id: snowflake, type: z.string() })).optional(),
  channel_types: z.array(z.number().int()).optional(),
};
const entitySelect = z.object(entitySelectFields);

const actionRow = z.object({
  type: z.literal(1),
  id: numericId,
  components: z
    .array(z.union([button, stringSelect, entitySelect]))
    .min(1)
    .max(5),
});
const textDisplay = z.object({ type: z.literal(10), id: numericId, content: text(1, 4000) });
const thumbnail = z.object({
  type: z.literal(11),
  id: numericId,
  media,
  description: text(0, 1024).nullish(),
  spoiler: z.boolean().optional(),
});
const section = z.object({
  type: z.literal(9),
  id: numericId,
  components: z.array(textDisplay).min(1).max(3),
  accessory: z.union([button, thumbnail]),
});
const galleryItem = z.object({
  media,
  description: text(0, 1024).nullish(),
  spoiler: z.boolean().optional(),
});
const mediaGallery = z.object({
  type: z.literal(12),
  id: numericId,
  items: z.array(galleryItem).min(1).max(10),
});
const file = z.object({ type: z.literal(13), id: numericId, file: media, spoiler: z.boolean().optional() });
const separator = z.object({
  type: z.literal(14),
  id: numericId,
  divider: z.boolean().optional(),
  spacing: z.number().int().min(1).max(2).optional(),
});
const container = z.object({
  type: z.literal(17),
  id: numericId,
  accent_color: z.number().int().min(0).max(0xffffff).nullish(),
  spoiler: z.boolean().optional(),
  components: z.array(z.union([actionRow, textDisplay, section, mediaGallery, file, separator])).min(1),
});

/** A component that may stand at the top of a message. */
export const topLevelComponent = z.discriminatedUnion('type', [
  actionRow,
  textDisplay,
  section,
  mediaGallery,
  file,
  separator,
  container,
]);

export type TopLevelComponent = z.infer<typeof topLevelComponent>;
export type Button = z.infer<typeof button>;
export type Select = z.infer<typeof stringSelect> | z.infer<typeof entitySelect>;
/** Any component of a message, at any depth. */
export type AnyComponent = TopLevelComponent | Button | Select | z.infer<typeof thumbnail>;

/** A component and all that are inside it, itself first. */
export function flatten(component: AnyComponent): AnyComponent[] {
  const children: AnyComponent[] = 'components' in component ? component.components : [];
  const accessory: AnyComponent[] = 'accessory' in component ? [component.accessory] : [];
  return [component, ...[...children, ...accessory].flatMap(flatten)];
}
