/**
 * Memory that the SIMD Fourier transform and our own kernels share, one per thread: what one writes the other reads
 * where it lies.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import loadPffft from '@echogarden/pffft-wasm/simd';
import type { PffftModule } from '@echogarden/pffft-wasm/simd';

import type { Kernels } from './kernels.js';

export interface Simd {
  readonly pffft: PffftModule;
  readonly kernels: Kernels;
  readonly memory: WebAssembly.Memory;
}

const MODULE = '@echogarden/pffft-wasm/simd';

/** The library brings the memory; the kernels, which own no data, import it. */
async function loadSimd(): Promise<Simd> {
  const library = createRequire(import.meta.url).resolve(MODULE);
  const wasmBinary = readFileSync(join(dirname(library), 'pffft.wasm'));
  let memory: WebAssembly.Memory | undefined;
  const pffft = await loadPffft({
    wasmBinary,
    instantiateWasm: (imports, receive) => {
      const instance = new WebAssembly.Instance(new WebAssembly.Module(wasmBinary), imports);
      memory = Object.values(instance.exports).find((entry) => entry instanceof WebAssembly.Memory);
      receive(instance);
      return instance.exports;
    },
  });
  if (!memory) throw new Error(`${MODULE} exports no memory.`);
  const binary = readFileSync(new URL('./kernels.wasm', import.meta.url));
  const kernels = new WebAssembly.Instance(new WebAssembly.Module(binary), { env: { memory } }).exports;
  return { pffft, kernels: kernels as unknown as Kernels, memory };
}

export const simd: Simd = await loadSimd();
