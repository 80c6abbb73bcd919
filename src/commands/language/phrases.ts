import type { english } from './en/index.js';

/**
 * Everything that the bot says, by topic. English is the measure: whatever it has, every other language must
 * have. A phrase is a text, or a function of the texts, numbers and lists that stand in it, in that order.
 */
export type Phrases = Widened<typeof english>;

/** English as the shape of any language: its texts become any text. */
type Widened<Value> = Value extends string
  ? string
  : Value extends (...values: infer Values) => string
    ? (...values: Values) => string
    : { readonly [Key in keyof Value]: Widened<Value[Key]> };
