import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import type { ExecutionProvider } from './execution-provider.js';

/** Why a provider that this build of ONNX Runtime knows does not start: a clause for people, by what is installed. */
export function whyNotStarting(name: ExecutionProvider): string {
  if (name === 'cuda') return whyNotCuda();
  if (name === 'webgpu') return 'no graphics card with a suitable driver was found';
  return 'it does not start';
}

/** Of the driver itself, and of Windows' subsystem for Linux. */
const NVIDIA_DRIVERS = ['/proc/driver/nvidia/version', '/usr/lib/wsl/lib/libcuda.so.1'];
const CUDA_LIBRARY = 'libonnxruntime_providers_cuda.so';

function whyNotCuda(): string {
  if (!NVIDIA_DRIVERS.some((path) => existsSync(path))) return 'no NVIDIA driver was found';
  if (!existsSync(join(nativeFolder(), CUDA_LIBRARY))) {
    return "NVIDIA's driver is there, but not ONNX Runtime's part for CUDA";
  }
  return "NVIDIA's driver and ONNX Runtime's part for CUDA are there, but CUDA 12 or cuDNN 9 is not";
}

/** Where onnxruntime-node keeps the libraries of this platform. */
function nativeFolder(): string {
  const entry = createRequire(import.meta.url).resolve('onnxruntime-node');
  return join(dirname(entry), '..', 'bin', 'napi-v6', process.platform, process.arch);
}
