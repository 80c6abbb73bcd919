/** Ways in which files that strangers wrote may be wrong, drawn by a seed. */
import type { SeededRandom } from '../../../src/engine/math/random.js';

/** What may stand where something else belongs. */
const STRANGE_VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1,
  2.5,
  3,
  65_536,
  2 ** 53,
  1e300,
  '',
  'x',
  '../../outside.safetensors',
  '/etc/hostname',
  '__proto__',
  'x'.repeat(2000),
  [],
  [1],
  [4, 8],
  [[[]]],
  {},
  { a: 1 },
];

/** Pieces of JSON where none belong. */
export const INSERTIONS: readonly string[] = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '-',
  '9',
  '1e999',
  '\u0000',
  'null',
  '['.repeat(2000),
];

export function pick<Item>(random: SeededRandom, items: readonly Item[]): Item {
  const item = items[Math.floor(random.nextUniform() * items.length)];
  if (item === undefined) throw new Error('There is nothing to pick.');
  return item;
}

/** A value of the JSON, at any depth, exchanged, lost or named otherwise; or characters changed. */
export function spoiltJson(text: string, random: SeededRandom): string {
  if (random.nextUniform() < 0.3) return spoiltBytes(Buffer.from(text), random).toString('utf8');
  const root: unknown = JSON.parse(text);
  for (let change = pick(random, [1, 1, 2, 3]); change > 0; change--) spoilMember(root, random);
  return JSON.stringify(root);
}

/** A run of bytes lost, repeated, exchanged or put in. */
export function spoiltBytes(bytes: Buffer, random: SeededRandom): Buffer {
  const from = Math.floor(random.nextUniform() * bytes.length);
  const to = from + 1 + Math.floor(random.nextUniform() * 20);
  const [before, run, after] = [bytes.subarray(0, from), bytes.subarray(from, to), bytes.subarray(to)];
  const changed = Buffer.from(run);
  changed[0] = Math.floor(random.nextUniform() * 256);
  return Buffer.concat(
    pick(random, [
      [before, after],
      [before],
      [before, run, run, after],
      [before, changed, after],
      [before, Buffer.from(pick(random, INSERTIONS)), run, after],
    ]),
  );
}

function spoilMember(root: unknown, random: SeededRandom): void {
  let place: unknown = root;
  for (;;) {
    if (!isContainer(place)) return;
    const keys = Object.keys(place);
    if (keys.length === 0) return;
    const key = pick(random, keys);
    const value = place[key];
    if (isContainer(value) && random.nextUniform() < 0.6) {
      place = value;
      continue;
    }
    if (random.nextUniform() < 0.2) delete place[key];
    else if (random.nextUniform() < 0.1) place[pick(random, ['x', '', '../x', 'constructor'])] = value;
    else place[key] = structuredClone(pick(random, STRANGE_VALUES));
    return;
  }
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
