/** What people say in a reply to a clip, such as `more jazzy 0.6 seed 7`. */

/** Words that mean something in an instruction, all in lower case. */
export interface InstructionWords {
  /** With one of these a reply begins that wants something. */
  readonly openings: readonly string[];
  /** With one of these one that wants something else than the clip's own words. */
  readonly replacing: readonly string[];
  /** Strengths by name. */
  readonly strengths: ReadonlyMap<string, number>;
}

export interface Instruction {
  /** What the new clip is to be, or to be besides; empty when nothing is said of that. */
  readonly words: string;
  /** Whether they are added to the clip's own words, or take their place. */
  readonly mode: 'add' | 'replace';
  /** 0..1 */
  readonly strength?: number;
  readonly seed?: number;
  /** It says how, or begins as instructions do. Other replies may be talk as well. */
  readonly isExplicit: boolean;
}

/** Mentions, channels, emoji and the like. */
const MARKS = /<(?:[@#][!&]?|a?:\w+:)\d+>/g;
/** By which a reply of any words is made an instruction. */
const DOTS = /^(?:\.{2,}|…)\s*/;
const SEED = /(?:^|\s)seed\s*[:=#]?\s*(\d{1,10})(?=$|[\s,;.!])/i;
const NAMED_STRENGTH = /(?:^|\s)strength\s*[:=]?\s*([01](?:[.,]\d+)?|[.,]\d+|\d{1,3}\s?%)(?=$|[\s,;!])/i;
/** A whole number alone may be anything, so that it is none. */
const LAST_NUMBER = /(?:^|\s)([01]?[.,]\d+|\d{1,3}\s?%)$/;
const AROUND = /^[\s,;:!]+|[\s,;:]+$/g;

/** Takes a text apart. Whatever it is not sure of stays among the words. */
export function parseInstruction(text: string, vocabulary: InstructionWords): Instruction {
  const plain = tidy(text.replace(MARKS, ' '));
  const undotted = plain.replace(DOTS, '');
  const seed = takeSeed(undotted);
  const strength = takeStrength(seed.rest, vocabulary);
  const opening = takeOpening(strength.rest, vocabulary);
  return {
    words: opening.rest,
    mode: opening.mode,
    ...(strength.value !== undefined && { strength: strength.value }),
    ...(seed.value !== undefined && { seed: seed.value }),
    isExplicit: undotted !== plain || seed.value !== undefined || strength.isSure || opening.isOpening,
  };
}

/** Part of a text that meant something, and what is left of it. */
interface Taken {
  readonly value?: number;
  readonly rest: string;
}

function takeSeed(text: string): Taken {
  const found = SEED.exec(text);
  return found ? { value: Number(found[1]), rest: without(text, found) } : { rest: text };
}

/** A name at the end of a sentence may be meant as it is everywhere else: "that is heavy". */
function takeStrength(text: string, { strengths }: InstructionWords): Taken & { readonly isSure: boolean } {
  for (const pattern of [NAMED_STRENGTH, LAST_NUMBER]) {
    const found = pattern.exec(text);
    const value = found ? shareOf(found[1] ?? '') : NaN;
    if (found && value <= 1) return { value, rest: without(text, found), isSure: true };
  }
  const [, last = ''] = /(?:^|\s)(\S+)$/.exec(text) ?? [];
  const value = strengths.get(last.toLowerCase());
  if (value === undefined) return { rest: text, isSure: false };
  const rest = tidy(text.slice(0, -last.length));
  return { value, rest, isSure: rest === '' };
}

/** A number or a percentage. */
function shareOf(text: string): number {
  const number = Number(text.replace(',', '.').replace('%', ''));
  return text.endsWith('%') ? number / 100 : number;
}

function takeOpening(
  text: string,
  { openings, replacing }: InstructionWords,
): { readonly mode: Instruction['mode']; readonly isOpening: boolean; readonly rest: string } {
  const replaced = replacing.find((word) => beginsWith(text, word));
  if (replaced !== undefined) {
    return { mode: 'replace', isOpening: true, rest: tidy(text.slice(replaced.length)) };
  }
  return { mode: 'add', isOpening: openings.some((word) => beginsWith(text, word)), rest: text };
}

/** Where words are not parted by spaces, any text may follow. */
function beginsWith(text: string, word: string): boolean {
  if (!text.toLowerCase().startsWith(word)) return false;
  const next = text.slice(word.length, word.length + 1);
  return next === '' || !/[\p{Script=Latin}\d]/u.test(next);
}

function without(text: string, { index, 0: found }: RegExpExecArray): string {
  return tidy(`${text.slice(0, index)} ${text.slice(index + found.length)}`);
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').replace(AROUND, '').trim();
}
