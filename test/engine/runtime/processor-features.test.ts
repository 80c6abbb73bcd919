import { describe, expect, it } from 'vitest';

import { hasWideByteSums } from '../../../src/engine/runtime/processor-features.js';

describe('hasWideByteSums', () => {
  it.each([
    ['an x64 processor with AVX-512 VNNI', 'x64', 'processor\t: 0\nflags\t\t: fpu avx2 avx512_vnni\n', true],
    ['an x64 processor with AVX VNNI', 'x64', 'flags\t\t: avx_vnni avx2\n', true],
    ['an x64 processor with AVX2 alone', 'x64', 'flags\t\t: fpu avx2\nbugs\t\t: avx_vnni\n', false],
    ['an x64 processor of which nothing is known', 'x64', '', false],
    ['a 64-bit ARM', 'arm64', '', true],
  ])('knows %s', (_what, architecture, cpuInfo, expected) => {
    expect(hasWideByteSums(architecture, cpuInfo)).toBe(expected);
  });

  it('has an opinion of this machine', () => {
    expect(typeof hasWideByteSums()).toBe('boolean');
  });
});
