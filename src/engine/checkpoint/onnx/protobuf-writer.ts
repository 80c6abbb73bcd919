/** Writes protocol buffer messages: https://protobuf.dev/programming-guides/encoding. */

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** One message, field by field, in the order of the calls. */
export class ProtobufWriter {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  /** An integer; negative ones as 64 bits in two's complement. */
  int(field: number, value: number): this {
    return this.#varint(tag(field, VARINT)).#varint(value);
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.#varint(tag(field, FIXED_32)).#append(bytes);
  }

  string(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  bytes(field: number, value: Uint8Array): this {
    return this.#varint(tag(field, LENGTH_DELIMITED)).#varint(value.length).#append(value);
  }

  message(field: number, value: ProtobufWriter): this {
    this.#varint(tag(field, LENGTH_DELIMITED)).#varint(value.#length);
    for (const chunk of value.#chunks) this.#append(chunk);
    return this;
  }

  finish(): Uint8Array {
    const result = new Uint8Array(this.#length);
    let offset = 0;
    for (const chunk of this.#chunks) {
      result.set(chunk, offset);
      offset += chunk.length;
    }
    return result;
  }

  #append(chunk: Uint8Array): this {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    return this;
  }

  #varint(value: number): this {
    return this.#append(
      Uint8Array.from(value < 0 ? varintBytes(BigInt.asUintN(64, BigInt(value))) : smallVarintBytes(value)),
    );
  }
}

/** Seven bits a byte, the lowest first; all but the last byte have the eighth bit set. */
function varintBytes(value: bigint): number[] {
  return value < 0x80n ? [Number(value)] : [Number(value & 0x7fn) | 0x80, ...varintBytes(value >> 7n)];
}

/** The same, many times faster. @param value at least 0, at most 2^53 - 1 */
function smallVarintBytes(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...smallVarintBytes(Math.floor(value / 0x80))];
}

function tag(field: number, wireType: number): number {
  return field * 8 + wireType;
}
