/** Numbers, plurals and lists, as a language writes them. */

export interface Formats {
  /** With as many digits after the decimal mark as there are, at most 3. */
  readonly number: (value: number) => string;
  /** With one digit after the decimal mark. */
  readonly tenths: (value: number) => string;
  /** @param share - 0..1; shown in whole percent, never more than there is. */
  readonly percent: (share: number) => string;
  /** "a, b and c". */
  readonly list: (items: readonly string[]) => string;
  /** "a, b or c". */
  readonly choice: (items: readonly string[]) => string;
  /** The form that goes with a number. */
  readonly plural: (value: number, forms: PluralForms) => string;
}

/** By the categories of `Intl.PluralRules`; a language without a form for one takes `other`. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** So that 0.29, which is a little less in binary, is 29 percent. */
const ROUNDING = 1e-6;

/** @param tag - BCP 47 language tag. */
export function formatsFor(tag: string): Formats {
  const numbers = new Intl.NumberFormat(tag, { maximumFractionDigits: 3 });
  const tenths = new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percents = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 });
  const lists = new Intl.ListFormat(tag, { type: 'conjunction' });
  const choices = new Intl.ListFormat(tag, { type: 'disjunction' });
  const rules = new Intl.PluralRules(tag);
  return {
    number: (value) => numbers.format(value),
    tenths: (value) => tenths.format(value),
    percent: (share) => percents.format(Math.floor(share * 100 + ROUNDING) / 100),
    list: (items) => lists.format(items),
    choice: (items) => choices.format(items),
    plural: (value, forms) => forms[rules.select(value)] ?? forms.other,
  };
}
