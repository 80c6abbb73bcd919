/**
 * JSON for files that strangers wrote: nesting is bounded before anything is built from it, and no object may name
 * a member twice (`JSON.parse` would silently take the last, so two readers could see two different files).
 */

export interface StrictJsonOptions {
  /** Objects and arrays inside one another. */
  readonly maxDepth: number;
}

/** @throws SyntaxError when it is not JSON, nests deeper, or repeats a name */
export function parseStrictJson(text: string, options: StrictJsonOptions): unknown {
  checkStructure(text, options.maxDepth);
  return JSON.parse(text);
}

/** Walks the text once, keeping for each open object the names it has so far; the rest is for `JSON.parse` to judge. */
function checkStructure(text: string, maxDepth: number): void {
  const open: (Set<string> | undefined)[] = [];
  let latestString = '""';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') {
      const end = endOfString(text, at);
      latestString = text.slice(at, end);
      at = end - 1;
    } else if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : undefined);
      if (open.length > maxDepth) throw new SyntaxError(`nested deeper than ${maxDepth}`);
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === ':') {
      addName(open.at(-1), latestString);
    }
  }
}

/** Index after the closing quote of the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') return at + 1;
    if (character === '\\') at++;
  }
  throw new SyntaxError('a string does not end');
}

function addName(names: Set<string> | undefined, quoted: string): void {
  const name = String(JSON.parse(quoted));
  if (names?.has(name)) throw new SyntaxError(`the name ${quoted} occurs twice`);
  names?.add(name);
}
