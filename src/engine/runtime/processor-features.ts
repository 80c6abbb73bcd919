/** What this machine's processor can do that decides how networks are run on it. */
import { readFileSync } from 'node:fs';

/**
 * True when the processor adds products of 8-bit numbers up in 32 bits by itself (VNNI, or any 64-bit ARM). Those with AVX2
 * alone add pairs of them up in 16 bits, which large ones do not fit into.
 *
 * @param cpuInfo content of Linux's `/proc/cpuinfo`; where there is none, nothing is known, and nothing promised
 */
export function hasWideByteSums(architecture: string = process.arch, cpuInfo = readCpuInfo()): boolean {
  if (architecture !== 'x64') return true;
  return /^flags\s*:.*\b(avx512_vnni|avx_vnni)\b/m.test(cpuInfo);
}

function readCpuInfo(): string {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return '';
  }
}
