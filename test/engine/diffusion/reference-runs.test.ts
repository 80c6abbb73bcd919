/** Whole runs beside those of diffusers and of riffusion, on small checkpoints, with the noise that these drew. */
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { SafetensorsFile } from '../../../src/engine/checkpoint/safetensors/safetensors-file.js';
import type { DiffusionPipeline } from '../../../src/engine/diffusion/diffusion-pipeline.js';
import { loadPipeline } from '../../../src/engine/diffusion/load-pipeline.js';
import type { PipelineRequest, PromptPoint } from '../../../src/engine/diffusion/pipeline-request.js';
import type { NoiseSource } from '../../../src/engine/diffusion/scheduler.js';
import { readPixels } from '../../../src/engine/files/read-picture.js';
import type { SchedulerName } from '../../../src/engine/limits.js';
import type { SpectrogramPicture } from '../../../src/engine/spectrogram/spectrogram-picture.js';
import { CHECKPOINTS, maxRelativeError } from '../checkpoint/sd1x-checkpoints.js';
import type { CheckpointName } from '../checkpoint/sd1x-checkpoints.js';
import { RUNS_ROOT, layOutModel, openOnCpu } from './sd1x-models.js';

interface End {
  readonly prompt: string;
  readonly strength: number;
  readonly guidance: number;
}

type Run = {
  readonly name: string;
  readonly checkpoint: CheckpointName;
  readonly scheduler: SchedulerName;
  readonly steps: number;
} & (
  | {
      readonly kind: 'text-to-image' | 'image-to-image';
      readonly prompt: string;
      readonly negative: string;
      readonly guidance: number;
      readonly strength?: number;
      readonly width?: number | null;
    }
  | {
      readonly kind: 'riffuse';
      readonly alpha: number;
      readonly start: End;
      readonly end: End;
      readonly mask: boolean;
    }
);

const RUNS = JSON.parse(readFileSync(join(RUNS_ROOT, 'runs.json'), 'utf8')) as Run[];
/** Of float32 sums over all the steps, and of the reference's noise levels, which are float32 too. */
const TOLERANCE = 1e-4;

/** Gives the rows of a run's noise in the order in which that run drew them. */
class RecordedNoise {
  #rows: readonly Float32Array[] = [];
  #next = 0;

  play(rows: readonly Float32Array[]): void {
    [this.#rows, this.#next] = [rows, 0];
  }

  readonly open = (): NoiseSource => ({
    fillGaussian: (array) => {
      const row = this.#rows[this.#next++];
      if (row?.length !== array.length) {
        throw new Error(`Row ${this.#next} of noise is not as long as asked for.`);
      }
      array.set(row);
    },
  });
}

describe.each(CHECKPOINTS)('runs of %s', (checkpoint) => {
  const noise = new RecordedNoise();
  const pictures: { init?: SpectrogramPicture; mask?: SpectrogramPicture } = {};
  let folder: string;
  let reference: SafetensorsFile;
  let pipeline: DiffusionPipeline;

  beforeAll(async () => {
    reference = await SafetensorsFile.open(join(RUNS_ROOT, 'expected.safetensors'));
    pictures.init = await readPixels(await readFile(join(RUNS_ROOT, 'init.png')));
    pictures.mask = await readPixels(await readFile(join(RUNS_ROOT, 'mask.png')));
    folder = await mkdtemp(join(tmpdir(), 'riffcord-runs-'));
    const model = await layOutModel(folder, checkpoint);
    const openNoiseSource = noise.open;
    pipeline = await loadPipeline(model, openOnCpu, { openNoiseSource });
  });
  afterAll(async () => {
    await pipeline.dispose();
    await rm(folder, { recursive: true });
  });

  it.each(
    RUNS.filter((run) => run.checkpoint === checkpoint).map((run) => [run.name, run.scheduler, run] as const),
  )('%s with %s end where the reference ends', async (name, _, run) => {
    const shape = reference.tensors.get(`${name}/noise`)?.shape ?? [];
    noise.play(rowsOf(await reference.readFloats(`${name}/noise`), shape[0] ?? 0));
    const latents = await pipeline.run(requestOf(run, pictures));
    const expected = await reference.readFloats(`${name}/latents`);
    expect(latents).toHaveLength(expected.length);
    expect(maxRelativeError(latents, expected)).toBeLessThan(TOLERANCE);
  });
});

function requestOf(
  run: Run,
  { init, mask }: { init?: SpectrogramPicture; mask?: SpectrogramPicture },
): PipelineRequest {
  const settings = { numInferenceSteps: run.steps, scheduler: run.scheduler };
  if (run.kind === 'riffuse') {
    const [start, end] = [pointOf(run.start, 1), pointOf(run.end, 2)];
    return {
      ...settings,
      start,
      end,
      alpha: run.alpha,
      init,
      mask: run.mask ? mask : undefined,
      imageToImageRules: 'riffusion',
    };
  }
  const { prompt, negative, guidance, strength = 1, width } = run;
  const start = pointOf({ prompt, guidance, strength }, 1, negative);
  return {
    ...settings,
    start,
    width: width ?? undefined,
    ...(run.kind === 'image-to-image' && { init, imageToImageRules: 'diffusers' }),
  };
}

function pointOf({ prompt, guidance, strength }: End, seed: number, negativePrompt = ''): PromptPoint {
  return { prompt, negativePrompt, seed, guidanceScale: guidance, strength };
}

function rowsOf(values: Float32Array, count: number): Float32Array[] {
  const length = values.length / count;
  return Array.from({ length: count }, (_, row) => values.subarray(row * length, (row + 1) * length));
}
