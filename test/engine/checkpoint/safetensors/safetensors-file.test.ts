import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { EngineError } from '../../../../src/engine/errors.js';
import { SafetensorsFile } from '../../../../src/engine/checkpoint/safetensors/safetensors-file.js';
import { floatBytes, safetensorsBytes } from '../safetensors-bytes.js';
import { withTemporaryFolder } from '../temporary-folder.js';

async function fileOf(bytes: Uint8Array, use: (path: string) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const path = join(folder, 'model.safetensors');
    await writeFile(path, bytes);
    await use(path);
  });
}

async function refusal(path: string): Promise<EngineError> {
  const error: unknown = await SafetensorsFile.open(path).catch((reason: unknown) => reason);
  if (!(error instanceof EngineError)) throw new Error('it was opened');
  return error;
}

describe('SafetensorsFile', () => {
  it.each([
    ['F32', floatBytes([1.5, -2]), [1.5, -2]],
    ['F64', new Uint8Array(Float64Array.from([1.5, -2]).buffer), [1.5, -2]],
    ['I64', new Uint8Array(BigInt64Array.from([-3n, 7n]).buffer), [-3, 7]],
    ['I32', new Uint8Array(Int32Array.from([-3, 7]).buffer), [-3, 7]],
    ['BF16', Uint8Array.from([0xc0, 0x3f, 0x00, 0xc0]), [1.5, -2]],
    ['F16', Uint8Array.from([0x00, 0x3e, 0x00, 0xc0]), [1.5, -2]],
    ['F16', Uint8Array.from([0x01, 0x00, 0xff, 0x83]), [2 ** -24, -1023 * 2 ** -24]],
    ['F16', Uint8Array.from([0xff, 0x7b, 0x00, 0xfc]), [65504, -Infinity]],
  ])('reads values of type %s', async (dtype, data, expected) => {
    const header = { x: { dtype, shape: [2], data_offsets: [0, data.length] } };
    await fileOf(safetensorsBytes(header, data), async (path) => {
      const file = await SafetensorsFile.open(path);
      expect([...(await file.readFloats('x'))]).toEqual(expected);
    });
  });

  it('reads one tensor of several, wherever it begins', async () => {
    const header = {
      odd: { dtype: 'U8', shape: [3], data_offsets: [0, 3] },
      x: { dtype: 'F32', shape: [1, 2], data_offsets: [3, 11] },
    };
    const data = Buffer.concat([Buffer.from([1, 2, 3]), floatBytes([0.25, 4])]);
    await fileOf(safetensorsBytes(header, data), async (path) => {
      const file = await SafetensorsFile.open(path);
      expect([...(await file.readFloats('x'))]).toEqual([0.25, 4]);
      await expect(file.readFloats('odd')).rejects.toThrow('of type U8, which is not read');
      await expect(file.readFloats('y')).rejects.toThrow('no tensor "y"');
    });
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'too short'],
    ['a length alone', Buffer.alloc(8), 'not well-formed JSON'],
    ['a length beyond all memory', Buffer.alloc(64, 0xff), 'its header is too long'],
    [
      'a length beyond its end',
      Buffer.concat([Buffer.from([200, 0, 0, 0, 0, 0, 0, 0]), Buffer.alloc(64)]),
      'truncated',
    ],
    ['a pickle', Buffer.from('\x80\x02}q\x00(X\x05\x00\x00\x00state'), 'no safetensors file'],
    [
      'a header without its data',
      safetensorsBytes({ x: { dtype: 'F32', shape: [2], data_offsets: [0, 8] } }),
      'truncated',
    ],
  ])('refuses a file that holds %s, naming it', async (_, bytes, message) => {
    await fileOf(bytes, async (path) => {
      const error = await refusal(path);
      expect(error.code).toBe('model_corrupt');
      expect(error.message).toContain(message);
      expect(error.message).toContain(path);
    });
  });

  it('says that a file is missing, or is a folder', async () => {
    await withTemporaryFolder(async (folder) => {
      expect((await refusal(join(folder, 'absent.safetensors'))).code).toBe('model_missing');
      await mkdir(join(folder, 'model.safetensors'));
      expect((await refusal(join(folder, 'model.safetensors'))).message).toContain('not a file');
    });
  });
});
