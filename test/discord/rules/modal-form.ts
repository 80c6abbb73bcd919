import { z } from 'zod';
import { entitySelectFields, selectOption } from './component-form.js';
import { lengthOf, text } from './fields.js';

const MAX_TEXT = 4000;
const id = z.number().int().nonnegative().optional();
const custom_id = text(1, 100);
const required = z.boolean().optional();

const textInput = z
  .object({
    type: z.literal(4),
    id,
    custom_id,
    style: z.number().int().min(1).max(2),
    label: text(1, 45).optional(),
    min_length: z.number().int().min(0).max(MAX_TEXT).optional(),
    max_length: z.number().int().min(1).max(MAX_TEXT).optional(),
    required,
    value: text(0, MAX_TEXT).optional(),
    placeholder: text(0, 100).optional(),
  })
  .refine(({ min_length: min = 0, max_length: max = MAX_TEXT }) => min <= max, {
    error: 'min_length must not be above max_length.',
    path: ['min_length'],
  })
  .refine(({ value = '', max_length: max = MAX_TEXT }) => lengthOf(value) <= max, {
    error: 'Nobody could send a text that is longer than max_length.',
    path: ['value'],
    params: { code: 'BASE_TYPE_BAD_LENGTH' },
  });

const choices = { id, custom_id, required };
const stringSelect = z.object({
  type: z.literal(3),
  ...choices,
  placeholder: text(0, 150).optional(),
  min_values: z.number().int().min(0).max(25).optional(),
  max_values: z.number().int().min(1).max(25).optional(),
  options: z.array(selectOption).min(1).max(25),
});
const entitySelect = z.object({ ...entitySelectFields, required, disabled: z.literal(false).optional() });
const fileUpload = z.object({
  type: z.literal(19),
  ...choices,
  min_values: z.number().int().min(0).max(10).optional(),
  max_values: z.number().int().min(1).max(10).optional(),
  file_types: z.array(z.string()).optional(),
});
const option = z.object({
  value: text(1, 100),
  label: text(1, 100),
  description: text(0, 100).nullish(),
  default: z.boolean().optional(),
});
const radioGroup = z.object({ type: z.literal(21), ...choices, options: z.array(option).min(2).max(10) });
const checkboxGroup = z.object({
  type: z.literal(22),
  ...choices,
  min_values: z.number().int().min(0).max(10).optional(),
  max_values: z.number().int().min(1).max(10).optional(),
  options: z.array(option).min(1).max(10),
});
const checkbox = z.object({ type: z.literal(23), id, custom_id, default: z.boolean().optional() });

/** Something that a person fills in. */
const field = z.union([
  textInput,
  stringSelect,
  entitySelect,
  fileUpload,
  radioGroup,
  checkboxGroup,
  checkbox,
]);

const label = z.object({
  type: z.literal(18),
  id,
  label: text(1, 45),
  description: text(0, 100).optional(),
  component: field,
});
/** The older form: one text input, which has a label of its own. */
const actionRow = z.object({
  type: z.literal(1),
  id,
  components: z.tuple([
    textInput.refine((input) => input.label !== undefined, {
      error: 'This field is required',
      path: ['label'],
      params: { code: 'BASE_TYPE_REQUIRED' },
    }),
  ]),
});
const textDisplay = z.object({ type: z.literal(10), id, content: text(1, MAX_TEXT) });

/** `data` of the response that opens a modal. */
export const modalForm = z
  .object({
    custom_id,
    title: text(1, 45),
    components: z
      .array(z.union([label, actionRow, textDisplay]))
      .min(1)
      .max(5),
  })
  .superRefine(({ components }, context) => {
    const seen = new Set<string>();
    for (const { custom_id: customId } of components.flatMap(fieldsOf)) {
      const message = `Component custom id cannot be duplicated: ${customId}`;
      const params = { code: 'COMPONENT_CUSTOM_ID_DUPLICATED' };
      if (seen.has(customId)) context.addIssue({ code: 'custom', path: ['components'], message, params });
      seen.add(customId);
    }
  });

/** A modal that the bot has opened. */
export type Modal = z.infer<typeof modalForm>;
export type ModalField = z.infer<typeof field>;
export type ModalComponent = Modal['components'][number];

/** What a person fills in at one place of a modal. */
export function fieldsOf(component: ModalComponent): ModalField[] {
  if (component.type === 18) return [component.component];
  return component.type === 1 ? component.components : [];
}
