import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { DTYPE_BYTES } from '../../../../src/engine/checkpoint/safetensors/dtype.js';
import { parseHeader } from '../../../../src/engine/checkpoint/safetensors/header.js';
import type { SafetensorsHeader } from '../../../../src/engine/checkpoint/safetensors/header.js';
import { SeededRandom } from '../../../../src/engine/math/random.js';
import { INSERTIONS } from '../spoiling.js';
import { checkpointFolder, WEIGHTS } from '../sd1x-checkpoints.js';

const parse = (json: string, dataBytes: number) => parseHeader(Buffer.from(json), dataBytes);
const entry = (begin: number, end: number, shape = `[${(end - begin) / 4}]`) =>
  `{"dtype":"F32","shape":${shape},"data_offsets":[${begin},${end}]}`;

describe('header of a safetensors file', () => {
  it('describes tensors, in any order, and metadata', () => {
    const json = `{"b":${entry(8, 32, '[2,3]')},"__metadata__":{"format":"pt"},"a":${entry(0, 8)}}   `;
    const { tensors, metadata } = parse(json, 32);
    expect(metadata).toEqual({ format: 'pt' });
    expect([...tensors.values()]).toEqual([
      { name: 'b', dtype: 'F32', shape: [2, 3], begin: 8, length: 24 },
      { name: 'a', dtype: 'F32', shape: [2], begin: 0, length: 8 },
    ]);
  });

  it('may describe nothing, a scalar, or a tensor without elements', () => {
    expect(parse('{}', 0).tensors.size).toBe(0);
    expect(parse(`{"a":${entry(0, 4, '[]')}}`, 4).tensors.get('a')?.length).toBe(4);
    expect(parse(`{"a":${entry(0, 0, '[0,9007199254740991]')}, "b":${entry(0, 4)}}`, 4).tensors.size).toBe(2);
  });

  it.each([
    ['a list', '[]', 0, 'not a JSON object'],
    ['cut off', '{"a":', 0, 'not well-formed JSON'],
    ['no UTF-8', '', 0, 'not well-formed JSON'],
    ['deep', `{"a":${'['.repeat(100_000)}`, 0, 'not well-formed JSON'],
    ['a name twice', `{"a":${entry(0, 4)},"a":${entry(0, 4)}}`, 4, 'not well-formed JSON'],
    [
      'a name twice, spelt differently',
      `{"a":${entry(0, 4)},"\\u0061":${entry(0, 4)}}`,
      4,
      'not well-formed',
    ],
    ['numbers as metadata', '{"__metadata__":{"a":1}}', 0, 'metadata are not strings'],
    ['a dtype that there is not', '{"a":{"dtype":"F31","shape":[],"data_offsets":[0,4]}}', 4, 'tensor "a"'],
    ['a size below 0', `{"a":${entry(0, 4, '[-1]')}}`, 4, 'tensor "a" properly'],
    ['a size that is no whole number', `{"a":${entry(0, 4, '[1.5]')}}`, 4, 'tensor "a" properly'],
    ['a size beyond exact numbers', `{"a":${entry(0, 4, '[9007199254740993]')}}`, 4, 'tensor "a" properly'],
    ['nine dimensions', `{"a":${entry(0, 4, '[1,1,1,1,1,1,1,1,1]')}}`, 4, 'tensor "a" properly'],
    ['three offsets', '{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4,8]}}', 4, 'tensor "a" properly'],
    ['a setting too many', '{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4],"x":1}}', 4, 'tensor "a"'],
    ['offsets the wrong way round', `{"a":${entry(4, 0, '[1]')}}`, 4, "which is not its shape's size"],
    ['another size than the shape', `{"a":${entry(0, 8, '[3]')}}`, 8, "which is not its shape's size"],
    ['an overlap', `{"a":${entry(0, 8)},"b":${entry(4, 12)}}`, 12, 'the tensor "b" overlaps'],
    ['the same bytes twice', `{"a":${entry(0, 8)},"b":${entry(0, 8)}}`, 8, 'overlaps'],
    ['a gap', `{"a":${entry(0, 4)},"b":${entry(8, 12)}}`, 12, 'gap before the tensor "b"'],
    ['data cut off', `{"a":${entry(0, 8)}}`, 7, 'truncated'],
    ['data left over', `{"a":${entry(0, 8)}}`, 9, 'goes on after its last tensor'],
  ])('is refused when it is %s', (what, json, dataBytes, message) => {
    const bytes = what === 'no UTF-8' ? Buffer.from([0x7b, 0xff, 0x7d]) : Buffer.from(json);
    expect(() => parseHeader(bytes, dataBytes)).toThrow(message);
  });

  it('takes names that mean something to JavaScript for names', () => {
    const json = `{"__proto__":${entry(0, 4)},"constructor":${entry(4, 8)}}`;
    expect([...parse(json, 8).tensors.keys()]).toEqual(['__proto__', 'constructor']);
  });

  it('is read soundly or refused clearly in 10,000 spoilt forms', () => {
    const { header, dataBytes } = realHeader();
    const random = new SeededRandom(2024);
    let refused = 0;
    for (let round = 0; round < 10_000; round++) {
      const outcome = tryToParse(spoil(header, random), dataBytes);
      if (outcome instanceof Error) {
        expect([outcome.constructor, outcome.message]).toEqual([
          Error,
          expect.stringMatching(/^(it|its|the|there) /),
        ]);
        refused += 1;
      } else {
        expectSound(outcome, dataBytes);
      }
    }
    expect(refused).toBeGreaterThan(5000);
    expect(refused).toBeLessThan(10_000);
  });
});

function tryToParse(json: Uint8Array, dataBytes: number): SafetensorsHeader | Error {
  try {
    return parseHeader(json, dataBytes);
  } catch (error) {
    return error as Error;
  }
}

/** Whatever was accepted lies within the data, and fills it once. */
function expectSound({ tensors }: SafetensorsHeader, dataBytes: number): void {
  let total = 0;
  for (const { begin, length, shape, dtype } of tensors.values()) {
    if (begin < 0 || begin + length > dataBytes) expect.fail('a tensor lies outside the data');
    const size = shape.reduce((product, dimension) => product * dimension, DTYPE_BYTES[dtype]);
    if (size !== length) expect.fail('a tensor has a wrong size');
    total += length;
  }
  expect(total).toBe(dataBytes);
}

/** The first tensors of a real file's header. */
function realHeader(): { header: Buffer; dataBytes: number } {
  const file = readFileSync(join(checkpointFolder('sd1'), WEIGHTS.text_encoder));
  const json = file.toString('utf8', 8, 8 + Number(file.readBigUInt64LE()));
  const { tensors, metadata } = parseHeader(Buffer.from(json), file.length - 8 - Buffer.byteLength(json));
  const chosen = [...tensors.values()].sort((a, b) => a.begin - b.begin).slice(0, 8);
  const entries = chosen.map(({ name, dtype, shape, begin, length }) => [
    name,
    { dtype, shape, data_offsets: [begin, begin + length] },
  ]);
  const dataBytes = chosen.reduce((sum, { length }) => sum + length, 0);
  return {
    header: Buffer.from(JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) })),
    dataBytes,
  };
}

/** One to three changes of bytes, runs of bytes or numbers. */
function spoil(header: Buffer, random: SeededRandom): Buffer {
  const pick = (count: number): number => Math.floor(random.nextUniform() * count);
  let bytes = Buffer.from(header);
  for (let change = pick(3); change >= 0; change--) {
    const [from, length] = [pick(bytes.length), 1 + pick(30)];
    const [before, run, after] = [
      bytes.subarray(0, from),
      bytes.subarray(from, from + length),
      bytes.subarray(from + length),
    ];
    const parts = [
      () => [before, Buffer.from([pick(256)]), bytes.subarray(from + 1)],
      () => [before, after],
      () => [before, run, run, after],
      () => [before, Buffer.from(INSERTIONS[pick(INSERTIONS.length)] ?? ''), run, after],
      () => [
        Buffer.from(
          bytes.toString('latin1').replace(/\d+/g, (n) => (pick(40) ? n : String(pick(2 ** 30)))),
          'latin1',
        ),
      ],
      () => [bytes, Buffer.from(' '.repeat(length))],
    ][pick(6)];
    bytes = Buffer.concat(parts?.() ?? []);
  }
  return bytes;
}
