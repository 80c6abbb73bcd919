import { describe, expect, it } from 'vitest';

import { ProtobufWriter } from '../../../../src/engine/checkpoint/onnx/protobuf-writer.js';

const hex = (writer: ProtobufWriter): string => Buffer.from(writer.finish()).toString('hex');

describe('ProtobufWriter', () => {
  it('writes the examples of the encoding guide', () => {
    expect(hex(new ProtobufWriter().int(1, 150))).toBe('089601');
    expect(hex(new ProtobufWriter().string(2, 'testing'))).toBe('120774657374696e67');
    expect(hex(new ProtobufWriter().message(3, new ProtobufWriter().int(1, 150)))).toBe('1a03089601');
  });

  it.each([
    [0, '00'],
    [127, '7f'],
    [128, '8001'],
    [2 ** 32, '8080808010'],
    [2 ** 53 - 1, 'ffffffffffffff0f'],
    [-1, 'ffffffffffffffffff01'],
    [-30, 'e2ffffffffffffffff01'],
  ])('writes the integer %d', (value, bytes) => {
    expect(hex(new ProtobufWriter().int(1, value))).toBe(`08${bytes}`);
  });

  it('writes floats, bytes and high field numbers, in the order of the calls', () => {
    expect(hex(new ProtobufWriter().float(2, 1.5))).toBe('150000c03f');
    expect(hex(new ProtobufWriter().bytes(20, Uint8Array.from([1, 2])).int(1, 1))).toBe(
      'a201020102' + '0801',
    );
  });
});
