/** The shipped denoiser in two parts, which it is not shipped in: to learn what reusing deep features costs trained weights. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('cut_denoiser.py', import.meta.url));

/** What the shallow part is, by the value of the exported graph that the levels below hand up to it. */
const CUTS = { 'finest level': '/Resize_1_output_0', 'two finest levels': '/Resize_output_0' } as const;

export interface CutDenoiser {
  readonly whole: string;
  readonly shallow: string;
  remove(): Promise<void>;
}

/** @returns undefined where there is no Python with onnx */
export async function cutDenoiser(unet: string, cut: keyof typeof CUTS): Promise<CutDenoiser | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'cut-denoiser-'));
  const [whole, shallow] = [join(folder, 'whole.onnx'), join(folder, 'shallow.onnx')];
  const pythons = process.env['RIFFCORD_BENCH_PYTHON']?.split(':') ?? ['python3'];
  const canCut = pythons.some(
    (python) => spawnSync(python, [SCRIPT, unet, CUTS[cut], whole, shallow]).status === 0,
  );
  const remove = (): Promise<void> => rm(folder, { recursive: true });
  if (canCut) return { whole, shallow, remove };
  await remove();
  console.log(`No Python with onnx: no reuse of deep features (${cut}).`);
  return undefined;
}
