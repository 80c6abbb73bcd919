import { simd } from './simd.js';

/** 32-bit floats in the shared memory. */
export interface FloatBuffer {
  readonly address: number;
  /** Fresh at each call, because memory that grows leaves older views empty: do not keep it across allocations. */
  view(): Float32Array;
}

const BYTES = 4;
/** Kernels read and write four values at a time, so the last of a buffer may be read past its end. */
const SPARE = 8;
/** Addresses beyond it would wrap around to memory that belongs to others. */
const MOST_BYTES = 2 ** 31 - 1;

/** Hands out shared memory and takes all of it back at once. */
export class SimdArena {
  readonly #addresses: number[] = [];

  /** `length` zeros. @throws RangeError when memory is exhausted */
  floats(length: number): FloatBuffer {
    const address = this.bytes((length + SPARE) * BYTES);
    const view = (): Float32Array => new Float32Array(simd.memory.buffer, address, length);
    return { address, view };
  }

  /** A copy of `values`. */
  floatsOf(values: ArrayLike<number>): FloatBuffer {
    const buffer = this.floats(values.length);
    buffer.view().set(values);
    return buffer;
  }

  /** Address of a copy of `values`. */
  intsOf(values: ArrayLike<number>): number {
    const address = this.bytes(values.length * BYTES);
    new Int32Array(simd.memory.buffer, address, values.length).set(values);
    return address;
  }

  /** Address of so many bytes, all 0. */
  bytes(length: number): number {
    const address = length <= MOST_BYTES ? simd.pffft._pffft_aligned_malloc(length) : 0;
    if (address === 0) throw new RangeError(`No memory left for ${length} bytes.`);
    this.#addresses.push(address);
    new Uint8Array(simd.memory.buffer, address, length).fill(0);
    return address;
  }

  /** Idempotent. */
  dispose(): void {
    for (const address of this.#addresses.splice(0)) simd.pffft._pffft_aligned_free(address);
  }
}
