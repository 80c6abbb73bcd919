import type { AnyOption, CommandForm, ValueOption } from './command-form.js';
import { lengthOf } from './fields.js';
import { FormProblems, refuseField } from './form.js';

const MAX_CHARACTERS = 8000;
const STRING = 3;
const INTEGER = 4;
const NUMBER = 10;

/**
 * Checks one command as a whole; its fields have passed the form.
 *
 * @throws ApiError 50035
 */
export function checkCommand(command: CommandForm): void {
  const options = optionsOf(command);
  const problems = new FormProblems();
  checkOptions(options, ['options'], problems);
  if (charactersIn(command) > MAX_CHARACTERS) {
    const message = `Command exceeds maximum size (${MAX_CHARACTERS})`;
    problems.add([], 'APPLICATION_COMMAND_TOO_LARGE', message);
  }
  problems.throwIfAny();
}

/** @throws ApiError 50035 if two commands of one type share a name */
export function checkUniqueNames(commands: readonly CommandForm[]): void {
  const seen = new Set<string>();
  for (const [index, { name, type }] of commands.entries()) {
    const key = `${type}:${name}`;
    if (seen.has(key)) {
      const message = 'Application command names must be unique';
      refuseField([index], 'APPLICATION_COMMANDS_DUPLICATE_NAME', message);
    }
    seen.add(key);
  }
}

/** The options of a command of any type. */
export function optionsOf(command: CommandForm): readonly AnyOption[] {
  return command.type === 1 ? ((command.options as readonly AnyOption[] | undefined) ?? []) : [];
}

/** The options inside a subcommand or a group. */
export function nestedOptions(option: AnyOption): readonly AnyOption[] {
  return option.type === 1 || option.type === 2
    ? ((option['options'] as readonly AnyOption[] | undefined) ?? [])
    : [];
}

function checkOptions(
  options: readonly AnyOption[],
  path: readonly PropertyKey[],
  problems: FormProblems,
): void {
  checkOrder(options, path, problems);
  for (const [index, option] of options.entries()) {
    const at = [...path, index];
    if (options.findIndex(({ name }) => name === option.name) !== index) {
      problems.add(at, 'APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED', 'Option names must be unique');
    }
    checkTranslatedNames(option, options.slice(0, index), at, problems);
    checkOption(option, at, problems);
    checkOptions(nestedOptions(option), [...at, 'options'], problems);
  }
}

/** Nor may two options share a name in any other language. */
function checkTranslatedNames(
  option: AnyOption,
  earlier: readonly AnyOption[],
  at: readonly PropertyKey[],
  problems: FormProblems,
): void {
  const nameIn = ({ name, name_localizations: names }: AnyOption, locale: string): string =>
    (names as Translations)?.[locale] ?? name;
  for (const locale of Object.keys(option.name_localizations ?? {})) {
    if (!earlier.some((other) => nameIn(other, locale) === nameIn(option, locale))) continue;
    const code = 'APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED';
    problems.add([...at, 'name_localizations', locale], code, 'Option names must be unique');
  }
}

function checkOrder(
  options: readonly AnyOption[],
  path: readonly PropertyKey[],
  problems: FormProblems,
): void {
  const firstOptional = options.findIndex(({ required }) => required !== true);
  const lastRequired = options.findLastIndex(({ required }) => required === true);
  if (firstOptional !== -1 && lastRequired > firstOptional) {
    const message = 'Required options must be placed before non-required options';
    problems.add([...path, lastRequired], 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', message);
  }
  const nests = options.filter(({ type }) => type === 1 || type === 2).length;
  if (nests > 0 && nests < options.length) {
    const message =
      'Sub-command and sub-command group option types are mutually exclusive to all other types';
    problems.add(path, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', message);
  }
}

function checkOption(option: AnyOption, at: readonly PropertyKey[], problems: FormProblems): void {
  const isNumeric = option.type === INTEGER || option.type === NUMBER;
  const takesChoices = isNumeric || option.type === STRING;
  if (option.autocomplete === true && (!takesChoices || (option.choices?.length ?? 0) > 0)) {
    const message = 'Autocomplete needs a STRING, INTEGER or NUMBER option without choices';
    problems.add([...at, 'autocomplete'], 'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID', message);
  }
  if (option.choices !== undefined && !takesChoices) {
    problems.add(
      [...at, 'choices'],
      'APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID',
      'This type takes no choices',
    );
  }
  checkChoices(option, at, problems);
  if ((option.min_value !== undefined || option.max_value !== undefined) && !isNumeric) {
    problems.add(
      at,
      'APPLICATION_COMMAND_OPTIONS_MIN_MAX_INVALID',
      'Only numbers have min_value and max_value',
    );
  }
  if ((option.min_length !== undefined || option.max_length !== undefined) && option.type !== STRING) {
    problems.add(
      at,
      'APPLICATION_COMMAND_OPTIONS_LENGTH_INVALID',
      'Only texts have min_length and max_length',
    );
  }
}

function checkChoices(option: AnyOption, at: readonly PropertyKey[], problems: FormProblems): void {
  const wanted = option.type === STRING ? 'string' : 'number';
  for (const [index, choice] of (option.choices ?? []).entries()) {
    const fits =
      typeof choice.value === wanted && (option.type !== INTEGER || Number.isInteger(choice.value));
    if (!fits) {
      problems.add([...at, 'choices', index, 'value'], 'BASE_TYPE_INVALID', "Not of the option's type");
    }
    if (option.choices?.findIndex(({ name }) => name === choice.name) !== index) {
      problems.add([...at, 'choices', index], 'APPLICATION_COMMAND_CHOICE_NAME_DUPLICATED', 'Duplicate name');
    }
  }
}

function charactersIn(command: CommandForm): number {
  return (
    charactersInTexts(command) +
    optionsOf(command).reduce((sum, option) => sum + charactersInOption(option), 0)
  );
}

function charactersInOption(option: AnyOption | ValueOption): number {
  const choices = (option.choices ?? []).reduce(
    (sum, choice) =>
      sum + charactersInTexts(choice) + (typeof choice.value === 'string' ? lengthOf(choice.value) : 0),
    0,
  );
  const nested = nestedOptions(option).reduce((sum, inner) => sum + charactersInOption(inner), 0);
  return charactersInTexts(option) + choices + nested;
}

type Translations = Readonly<Record<string, string>> | null | undefined;

interface Texts {
  readonly name: string;
  readonly name_localizations?: Translations;
  readonly description?: string | undefined;
  readonly description_localizations?: Translations;
}

/** Of each text in several languages, the longest counts. */
function charactersInTexts(texts: Texts): number {
  const longest = (text: string | undefined, translations: Translations): number =>
    Math.max(...[text ?? '', ...Object.values(translations ?? {})].map(lengthOf));
  return (
    longest(texts.name, texts.name_localizations) +
    longest(texts.description, texts.description_localizations)
  );
}
