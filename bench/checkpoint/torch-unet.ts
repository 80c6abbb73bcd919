/** The same denoiser in torch, where a Python has torch and diffusers. */
import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface TorchUnet {
  /** Such as "torch 2.13.0". */
  readonly name: string;
  /** CPU seconds of a step, on one thread. */
  readonly step: (batch: number) => Promise<number>;
  /** Writes the ONNX model that torch makes of it, and its weights beside it: 3.4 GB more on disk. */
  readonly exportTo: (file: string) => Promise<void>;
}

const SCRIPT = fileURLToPath(new URL('torch_unet.py', import.meta.url));
const run = promisify(execFile);

/** @param pythons names or paths; those without torch and diffusers are passed over */
export function findTorch(pythons: readonly string[], checkpoint: string): TorchUnet[] {
  const found = pythons.flatMap((python) => {
    const probe = 'import torch; from diffusers import UNet2DConditionModel; print(torch.__version__)';
    const { status, stdout } = spawnSync(python, ['-c', probe], { encoding: 'utf8' });
    return status === 0 ? [torchOf(python, `torch ${stdout.trim()}`, checkpoint)] : [];
  });
  if (found.length === 0) {
    console.log('\ntorch: not measured, no Python here can import torch and diffusers.');
  }
  return found;
}

function torchOf(python: string, name: string, checkpoint: string): TorchUnet {
  const ask = async (job: string, argument: string): Promise<Record<string, unknown>> => {
    const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
    const { stdout } = await run(python, [SCRIPT, job, checkpoint, argument], { env, maxBuffer: 2 ** 26 });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
  };
  return {
    name,
    step: async (batch) => Number((await ask('time', String(batch)))['cpuSeconds']),
    exportTo: async (file) => void (await ask('export', file)),
  };
}
