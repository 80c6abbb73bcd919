/** Finds a word in a text however it is disguised, and not inside of other words. */
import { plainLetters } from './plain-letters.js';

/** A word that is looked for, prepared once. */
export interface BannedWord {
  /** Plain letters; a space where the word has one. */
  readonly letters: readonly string[];
  /** Whether other letters may stand right before or behind it. */
  readonly isOpenAtStart: boolean;
  readonly isOpenAtEnd: boolean;
  /** Whether a letter counts as often as it likes; in short words "good" is not "god", though "gooood" is. */
  readonly isElastic: boolean;
}

/** Figures and signs that stand for letters. */
const DISGUISES: Readonly<Record<string, string>> = {
  ...{ a: '4@', b: '8', c: '¢(', e: '3€', g: '69', i: '1!|', l: '1|£', o: '0', s: '5$', t: '7+', z: '2' },
};
const LETTER = /\p{L}/u;
const DIGIT = /\p{N}/u;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
/** Of writing without spaces between words: there a word may stand between any letters. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
/** Letters with one space after each. */
const SPELT_OUT = /(?<!\S)\S(?: \S)+(?!\S)/gu;
/** Such as 45s, 808 or 1980s: there figures are figures. */
const NUMBERS = /(?<=^|[\s("'/-])\d{2,}\p{L}{0,2}(?=$|[\s)"'/.,;:!?-])/gu;
/** Signs that may stand between two letters of a word. */
const MAX_SIGNS_BETWEEN = 3;
const HIDDEN = '\u0001';
const ELASTIC_FROM = 4; // letters
const STRETCHED_FROM = 3; // equal letters in a row, which no word has

/** Undefined when nothing is left of the word to look for. */
export function bannedWord(typed: string): BannedWord | undefined {
  const word = plainLetters(typed).trim();
  const letters = [...word.replace(/^\*+|\*+$/g, '').replace(/\s+/g, ' ')].filter(
    (letter) => letter === ' ' || LETTER_OR_DIGIT.test(letter),
  );
  const [first = '', last = ''] = [letters[0], letters.at(-1)];
  if (!letters.some((letter) => letter !== ' ')) return undefined;
  return {
    letters,
    isOpenAtStart: word.startsWith('*') || UNSPACED.test(first),
    isOpenAtEnd: word.endsWith('*') || UNSPACED.test(last),
    isElastic: letters.length >= ELASTIC_FROM,
  };
}

/**
 * Whether a text has one of the words: in any case and with any accents, with figures and signs for letters, with
 * signs between letters, with letters repeated, and spelt out.
 */
export function hasBannedWord(text: string, words: readonly BannedWord[]): boolean {
  if (words.length === 0) return false;
  const plain = plainLetters(text);
  const asWritten = [...plain];
  const withoutNumbers = [...plain.replace(NUMBERS, hideFigures)];
  const spelt = [...plain.matchAll(SPELT_OUT)].map(([run]) => [...run.replaceAll(' ', '')]);
  return words.some(
    (word) =>
      isIn(word.letters.some((letter) => DIGIT.test(letter)) ? asWritten : withoutNumbers, word) ||
      // Of letters that stand alone, only all together make the word: "c l a s s" has no other in it.
      spelt.some((run) => endsOf(run, word, (at) => at === 0).includes(run.length)),
  );
}

function isIn(text: readonly string[], word: BannedWord): boolean {
  const { letters, isOpenAtStart, isOpenAtEnd } = word;
  const mayBegin = (at: number) => isOpenAtStart || !goesOn(text[at - 1], letters[0]);
  const mayEnd = (end: number) => isOpenAtEnd || !goesOn(text[end], letters.at(-1));
  return endsOf(text, word, mayBegin).some(mayEnd);
}

/** Whether a character makes a longer word, or a longer number, of the one whose first or last it stands beside. */
function goesOn(neighbour = ' ', edge = ' '): boolean {
  return (DIGIT.test(edge) ? LETTER_OR_DIGIT : LETTER).test(neighbour);
}

/** As many signs that no word has, so that the places of all others stay. */
function hideFigures(number: string): string {
  return number.replace(/\d/g, HIDDEN);
}

/** A way to read the text up to here: how many letters of the word, and how many signs after the last of them. */
interface State {
  readonly read: number;
  readonly signs: number;
}

/** Where the word ends if it is there. All ways to read the text are followed at once, in one pass over it. */
function endsOf(text: readonly string[], word: BannedWord, mayBeginAt: (at: number) => boolean): number[] {
  const ends: number[] = [];
  let states: readonly State[] = [];
  for (let at = 0; at < text.length; at++) {
    const begun = mayBeginAt(at) ? [{ read: 0, signs: 0 }, ...states] : states;
    states = unique(begun.flatMap((state) => stepsFrom(state, text, at, word)));
    if (states.some(({ read, signs }) => read === word.letters.length && signs === 0)) ends.push(at + 1);
  }
  return ends;
}

function unique(states: readonly State[]): readonly State[] {
  if (states.length < 2) return states;
  return [
    ...new Map(states.map((state) => [state.read * (MAX_SIGNS_BETWEEN + 1) + state.signs, state])).values(),
  ];
}

function stepsFrom({ read, signs }: State, text: readonly string[], at: number, word: BannedWord): State[] {
  const { letters, isElastic } = word;
  const char = text[at] ?? '';
  const steps: State[] = [];
  const isGap = letters[read] === ' ';
  const next = letters[isGap ? read + 1 : read];
  if (next !== undefined && isReadAs(char, next)) steps.push({ read: read + (isGap ? 2 : 1), signs: 0 });
  if (read === 0) return steps;
  const last = letters[read - 1] ?? '';
  if (signs === 0 && isReadAs(char, last) && (isElastic || isStretched(text, at))) {
    steps.push({ read, signs });
  }
  const mayBeBetween = char === ' ' ? isGap : !LETTER_OR_DIGIT.test(char);
  if (mayBeBetween && read < letters.length && signs < MAX_SIGNS_BETWEEN) {
    steps.push({ read, signs: signs + 1 });
  }
  return steps;
}

function isReadAs(char: string, letter: string): boolean {
  return char === letter || (DISGUISES[letter]?.includes(char) ?? false);
}

/** Whether the letter is one of a row that is longer than words have. */
function isStretched(text: readonly string[], at: number): boolean {
  let [from, to] = [at, at];
  while (text[from - 1] === text[at]) from--;
  while (text[to + 1] === text[at]) to++;
  return to - from + 1 >= STRETCHED_FROM;
}
