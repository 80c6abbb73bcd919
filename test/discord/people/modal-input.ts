import { lengthOf } from '../rules/fields.js';
import { fieldsOf } from '../rules/modal-form.js';
import type { Modal, ModalComponent, ModalField } from '../rules/modal-form.js';
import type { World } from '../state/world.js';
import { ClientRefusal } from './client-refusal.js';
import { emptyResolved, uploadFile } from './command-input.js';
import type { LocalFile, Resolved } from './command-input.js';

/** What a person may give for a field of a modal: a text or chosen value, chosen values, a tick, or files. */
export type FieldValue = string | boolean | readonly string[] | readonly LocalFile[];

const FIELD = {
  stringSelect: 3,
  textInput: 4,
  fileUpload: 19,
  radio: 21,
  checkboxes: 22,
  checkbox: 23,
} as const;
const SHORT_STYLE = 1;

/**
 * Turns what a person has filled in into the `data` of an interaction, as Discord's client does.
 *
 * @throws ClientRefusal for what the client would not send
 */
export function modalData(
  world: World,
  { custom_id, components }: Modal,
  values: Readonly<Record<string, FieldValue>>,
): Record<string, unknown> {
  const fields = components.flatMap(fieldsOf);
  for (const name of Object.keys(values)) {
    const isThere = fields.some((field) => field.custom_id === name);
    if (!isThere) throw new ClientRefusal(`The modal has no field "${name}".`);
  }
  const resolved = emptyResolved();
  const numbers = new ComponentNumbers();
  const sent = components.map((component) => sentComponent(world, component, values, resolved, numbers));
  return { custom_id, components: sent, resolved };
}

/** Discord numbers the components that the bot has not numbered itself. */
class ComponentNumbers {
  #last = 0;

  of({ id }: { readonly id?: number | undefined }): number {
    this.#last += 1;
    return id === undefined || id === 0 ? this.#last : id;
  }
}

function sentComponent(
  world: World,
  component: ModalComponent,
  values: Readonly<Record<string, FieldValue>>,
  resolved: Resolved,
  numbers: ComponentNumbers,
): Record<string, unknown> {
  const id = numbers.of(component);
  const [field] = fieldsOf(component);
  if (field === undefined) return { type: component.type, id };
  const { type, custom_id } = field;
  const filled = filledIn(world, field, values[custom_id], resolved);
  const inner = { type, id: numbers.of(field), custom_id, ...filled };
  return component.type === 18 ? { type: 18, id, component: inner } : { type: 1, id, components: [inner] };
}

function filledIn(
  world: World,
  field: ModalField,
  given: FieldValue | undefined,
  resolved: Resolved,
): { value: unknown } | { values: readonly string[] } {
  switch (field.type) {
    case FIELD.textInput:
      return { value: checkedText(field, given ?? field.value ?? '') };
    case FIELD.checkbox:
      return { value: given ?? field.default ?? false };
    case FIELD.radio:
      return { value: chosen(field, typeof given === 'string' ? [given] : undefined)[0] ?? null };
    case FIELD.stringSelect:
    case FIELD.checkboxes:
      return { values: chosen(field, given as readonly string[] | undefined) };
    case FIELD.fileUpload: {
      const files = (given ?? []) as readonly LocalFile[];
      checkCount(field, files.length);
      return { values: files.map((file) => uploadFile(world, file, resolved)) };
    }
    case 5:
    case 6:
    case 7:
    case 8:
      throw new ClientRefusal(
        `People of this local Discord cannot fill in components of type ${field.type}.`,
      );
  }
}

function checkedText(field: Extract<ModalField, { type: 4 }>, given: FieldValue): string {
  const { custom_id: name, required = true, min_length: min = 0, max_length: max = 4000, style } = field;
  if (typeof given !== 'string') throw new ClientRefusal(`The field "${name}" takes a text.`);
  const length = lengthOf(given);
  if (length === 0 && !required) return given;
  if (length === 0) throw new ClientRefusal(`The field "${name}" is required.`);
  if (length < min || length > max) {
    throw new ClientRefusal(`The field "${name}" takes ${min} to ${max} characters, not ${length}.`);
  }
  if (style === SHORT_STYLE && given.includes('\n')) {
    throw new ClientRefusal(`The field "${name}" takes one line.`);
  }
  return given;
}

function chosen(
  field: Extract<ModalField, { type: 3 | 21 | 22 }>,
  given: readonly string[] | undefined,
): readonly string[] {
  const { custom_id: name, options } = field;
  const values = given ?? options.filter((option) => option.default === true).map(({ value }) => value);
  const areOffered = values.every((value) => options.some((option) => option.value === value));
  if (!areOffered) throw new ClientRefusal(`The field "${name}" does not offer ${values.join(', ')}.`);
  checkCount(field, values.length);
  return values;
}

function checkCount(field: Extract<ModalField, { type: 3 | 19 | 21 | 22 }>, count: number): void {
  const { custom_id: name, required = true } = field;
  const { min_values: min = 1, max_values: max = 1 } =
    field.type === FIELD.radio ? {} : field.type === FIELD.checkboxes ? checkboxCounts(field) : field;
  if (count === 0 && !required) return;
  if (count < Math.max(min, required ? 1 : 0) || count > max) {
    throw new ClientRefusal(`The field "${name}" takes ${min} to ${max} choices, not ${count}.`);
  }
}

/** As many boxes may be ticked as there are, unless the bot says otherwise. */
function checkboxCounts(field: Extract<ModalField, { type: 22 }>) {
  return { min_values: field.min_values ?? 1, max_values: field.max_values ?? field.options.length };
}
