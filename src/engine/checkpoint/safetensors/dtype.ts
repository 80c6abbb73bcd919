/** Element types of safetensors files, all little-endian. */

/** Bytes per element of each type that a header may name. */
export const DTYPE_BYTES = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
} as const;

export type Dtype = keyof typeof DTYPE_BYTES;

export const DTYPES = Object.keys(DTYPE_BYTES) as [Dtype, ...Dtype[]];

/**
 * Values of one tensor as float32; 64-bit types are rounded.
 * @param bytes whole elements; they need not be aligned
 * @returns undefined when numbers of this type are not read
 */
export function decodeFloats(dtype: Dtype, bytes: Uint8Array): Float32Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const readAt = elementReader(dtype, view);
  return readAt && Float32Array.from({ length: bytes.byteLength / DTYPE_BYTES[dtype] }, (_, i) => readAt(i));
}

function elementReader(dtype: Dtype, view: DataView): ((index: number) => number) | undefined {
  switch (dtype) {
    case 'F64':
      return (index) => view.getFloat64(8 * index, true);
    case 'F32':
      return (index) => view.getFloat32(4 * index, true);
    case 'F16':
      return (index) => halfToNumber(view.getUint16(2 * index, true));
    case 'BF16':
      return (index) => bfloat16ToNumber(view.getUint16(2 * index, true));
    case 'I64':
      return (index) => Number(view.getBigInt64(8 * index, true));
    case 'I32':
      return (index) => view.getInt32(4 * index, true);
    case 'I16':
    case 'I8':
    case 'U8':
    case 'BOOL':
      return undefined;
  }
}

/** IEEE 754 binary16: 1 sign bit, 5 of exponent, 10 of fraction. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The upper half of a float32. */
function bfloat16ToNumber(bits: number): number {
  const word = new DataView(new ArrayBuffer(4));
  word.setUint16(0, bits);
  return word.getFloat32(0);
}
