/**
 * How strongly each part of a prompt counts, written with brackets as in riffusion: `(louder)`, `((much louder))`,
 * `(exactly so:1.5)`, `[softer]`. Nothing is a mistake: what cannot be markup is text.
 */

export interface WeightedText {
  readonly text: string;
  /** 1 where there is no bracket; never beyond `MAX_WEIGHT` either way. */
  readonly weight: number;
}

/** Beyond it, a weight only drowns everything else. */
export const MAX_WEIGHT = 10;

const BRACKETS = {
  '(': { shape: 'round', opens: true },
  ')': { shape: 'round', opens: false },
  '[': { shape: 'square', opens: true },
  ']': { shape: 'square', opens: false },
} as const;

type Shape = 'round' | 'square';

/** What a bracket does to what stands inside it. */
const MULTIPLIERS: Readonly<Record<Shape, number>> = { round: 1.1, square: 1 / 1.1 };

/** A round bracket that closes with a weight of its own: `:1.5)`. */
const EXPLICIT_WEIGHT = /:([+-]?(?:\d+\.?\d*|\.\d+))\)/y;

/** Parts `from` to `to` (exclusive) stand inside one pair of brackets. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly multiplier: number;
}

/**
 * - Nested brackets multiply. Round and square ones are paired each among themselves.
 * - A bracket that is never closed reaches to the end; one that was never opened is text.
 * - A backslash before a bracket or a backslash makes it text; before anything else it is left out.
 * - Neighbours of the same weight are one part, so that words are not cut where nothing changes.
 *
 * @param prompt any string
 * @returns the text without its markup, in order; nothing for a prompt without text
 */
export function parseWeightedText(prompt: string): readonly WeightedText[] {
  const { parts, spans } = new MarkupReader(prompt).read();
  const merged: WeightedText[] = [];
  for (const [index, text] of parts.entries()) {
    if (text === '') continue;
    const weight = weightAt(index, spans);
    const previous = merged.at(-1);
    if (previous?.weight === weight) merged[merged.length - 1] = { text: previous.text + text, weight };
    else merged.push({ text, weight });
  }
  return merged;
}

function weightAt(part: number, spans: readonly Span[]): number {
  let weight = 1;
  for (const { from, to, multiplier } of spans) if (part >= from && part < to) weight *= multiplier;
  return Math.max(-MAX_WEIGHT, Math.min(MAX_WEIGHT, weight));
}

/** Cuts a prompt at its brackets, and notes which parts each pair of them embraces. */
class MarkupReader {
  readonly #prompt: string;
  readonly #parts = [''];
  readonly #spans: Span[] = [];
  /** For each bracket not closed yet, the first part inside it. */
  readonly #open: Readonly<Record<Shape, number[]>> = { round: [], square: [] };

  constructor(prompt: string) {
    this.#prompt = prompt;
  }

  read(): { readonly parts: readonly string[]; readonly spans: readonly Span[] } {
    for (let at = 0; at < this.#prompt.length;) at = this.#readAt(at);
    const end = this.#parts.length;
    for (const shape of ['round', 'square'] as const) {
      const multiplier = MULTIPLIERS[shape];
      this.#spans.push(...this.#open[shape].map((from) => ({ from, to: end, multiplier })));
    }
    return { parts: this.#parts, spans: this.#spans };
  }

  /** @returns index after what was read */
  #readAt(at: number): number {
    const character = this.#prompt.charAt(at);
    if (character === '\\') return this.#readEscape(at);
    if (character === ':') return this.#readColon(at);
    if (!isBracket(character)) return this.#addText(character, at + 1);
    const { shape, opens } = BRACKETS[character];
    if (opens) this.#open[shape].push(this.#beginPart());
    else if (!this.#close(shape, MULTIPLIERS[shape])) this.#addText(character, at);
    return at + 1;
  }

  #readEscape(at: number): number {
    const next = this.#prompt.charAt(at + 1);
    return next === '\\' || isBracket(next) ? this.#addText(next, at + 2) : at + 1;
  }

  #readColon(at: number): number {
    EXPLICIT_WEIGHT.lastIndex = at;
    const [markup, weight] = EXPLICIT_WEIGHT.exec(this.#prompt) ?? [];
    if (markup === undefined) return this.#addText(':', at + 1);
    if (!this.#close('round', Number(weight))) this.#addText(markup, at);
    return at + markup.length;
  }

  /** @returns false when no bracket of this shape is open */
  #close(shape: Shape, multiplier: number): boolean {
    const from = this.#open[shape].pop();
    if (from === undefined) return false;
    this.#spans.push({ from, to: this.#beginPart(), multiplier });
    return true;
  }

  /** @returns index of the new part */
  #beginPart(): number {
    return this.#parts.push('') - 1;
  }

  #addText(text: string, next: number): number {
    this.#parts[this.#parts.length - 1] += text;
    return next;
  }
}

function isBracket(character: string): character is keyof typeof BRACKETS {
  return Object.hasOwn(BRACKETS, character);
}
