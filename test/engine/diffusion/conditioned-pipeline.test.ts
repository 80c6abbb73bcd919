import { describe, expect, it } from 'vitest';

import type { DiffusionPipeline } from '../../../src/engine/diffusion/diffusion-pipeline.js';
import { loadPipeline } from '../../../src/engine/diffusion/load-pipeline.js';
import { readModelConfig } from '../../../src/engine/diffusion/model-config.js';
import type { PipelineRequest } from '../../../src/engine/diffusion/pipeline-request.js';
import type { InferenceSession, NamedTensors } from '../../../src/engine/runtime/inference-session.js';
import { ModelFolder } from '../../../src/engine/runtime/model-folder.js';
import type { SpectrogramPicture } from '../../../src/engine/spectrogram/spectrogram-picture.js';
import { MAX_WORDS, UNDERSTOOD, withConditionedModel } from '../conditioned-model.js';
import { aPicture, openOnCpu } from './sd1x-models.js';

const start = { prompt: 'funk bass', negativePrompt: '', seed: 1, guidanceScale: 3, strength: 1 };
const request: PipelineRequest = { start, numInferenceSteps: 3, scheduler: 'euler', width: 256 };
const rhythm = { beats: 9, beatsPerBar: 3 };
/** Columns of latents in 256 of the picture. */
const COLUMNS = 8;
const [CHANNELS, ROWS] = [4, 32];
const init = aPicture(256, 512);

/** Runs with the model, and what its denoiser was fed. */
async function withPipeline(
  use: (pipeline: DiffusionPipeline, heard: readonly NamedTensors[]) => Promise<void>,
): Promise<void> {
  await withConditionedModel(async (_root, folder) => {
    const heard: NamedTensors[] = [];
    const pipeline = await loadPipeline(await ModelFolder.open(folder), async (...network) =>
      listening(await openOnCpu(...network), heard),
    );
    try {
      await use(pipeline, heard);
    } finally {
      await pipeline.dispose();
    }
  });
}

function listening(session: InferenceSession, heard: NamedTensors[]): InferenceSession {
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: (feeds) => {
      if ('timestep' in feeds) heard.push(feeds);
      return session.run(feeds);
    },
    dispose: () => session.dispose(),
  };
}

/** White from a column of the picture on, or in its lower half. */
function maskOf(isWhite: (x: number, y: number) => boolean): SpectrogramPicture {
  const rgb = Uint8Array.from({ length: 3 * 256 * 512 }, (_, index) => {
    const pixel = Math.floor(index / 3);
    return isWhite(pixel % 256, Math.floor(pixel / 256)) ? 255 : 0;
  });
  return { width: 256, height: 512, rgb };
}
const secondHalf = maskOf((x) => x >= 128);

function maskRow(feeds: NamedTensors | undefined): number[] {
  return [...(feeds?.['known']?.data.subarray(0, feeds['known'].shape[3]) ?? [])].map(Number);
}

describe('a denoiser that is told more than a prompt', () => {
  it('is told nothing where there is nothing to tell', async () => {
    await withPipeline(async (pipeline, heard) => {
      await pipeline.run(request);
      expect(heard).toHaveLength(3);
      for (const { known, rhythm: beats } of heard) {
        expect(known?.shape).toEqual([2, 1 + CHANNELS, ROWS, COLUMNS]);
        expect(known?.data.every((value) => value === 0)).toBe(true);
        expect(beats).toEqual({ shape: [2, 2], data: new Float32Array(4) });
      }
    });
  });

  it('is told the rhythm with both prompts, and with one where guidance is off', async () => {
    await withPipeline(async (pipeline, heard) => {
      const plain = await pipeline.run(request);
      const told = await pipeline.run({ ...request, rhythm });
      expect(heard.at(-1)?.['rhythm']).toEqual({ shape: [2, 2], data: Float32Array.of(9, 3, 9, 3) });
      expect(told).not.toEqual(plain);
      await pipeline.run({ ...request, rhythm, start: { ...start, guidanceScale: 1 } });
      expect(heard.at(-1)?.['rhythm']).toEqual({ shape: [1, 2], data: Float32Array.of(9, 3) });
    });
  });

  it('is told the columns that a mask keeps, which are there in the end as they were', async () => {
    await withPipeline(async (pipeline, heard) => {
      const own = await pipeline.encode(init);
      const latents = await pipeline.run({ ...request, init, mask: secondHalf });
      const isKept = (_: number, index: number): boolean => index % COLUMNS < COLUMNS / 2;
      expect(latents.filter(isKept)).toEqual(own.filter(isKept));
      expect(heard.map(maskRow)).toEqual(heard.map(() => [1, 1, 1, 1, 0, 0, 0, 0]));
      const known = heard[0]?.['known']?.data ?? [];
      const plane = ROWS * COLUMNS;
      own.forEach((value, index) => {
        expect(known[plane + index]).toBe(isKept(value, index) ? value : 0);
      });
    });
  });

  it('is told nothing of what no whole column keeps, which a mask keeps all the same', async () => {
    await withPipeline(async (pipeline, heard) => {
      const own = await pipeline.encode(init);
      const latents = await pipeline.run({ ...request, init, mask: maskOf((_x, y) => y >= 256) });
      expect(heard.every(({ known }) => known?.data.every((value) => value === 0))).toBe(true);
      const isKept = (_: number, index: number): boolean => Math.floor(index / COLUMNS) % ROWS < ROWS / 2;
      expect(latents.filter(isKept)).toEqual(own.filter(isKept));
    });
  });

  it('is told in each window of a piece what is known there', async () => {
    await withPipeline(async (pipeline, heard) => {
      await pipeline.run({ ...request, init, mask: secondHalf, pictures: 2, loop: true });
      const windows = heard.slice(0, 4).map(maskRow);
      expect(windows).toEqual([
        [1, 1, 1, 1],
        [1, 1, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 1, 1],
      ]);
    });
  });

  it('sees the windows of a piece with a rhythm from where a picture begins', async () => {
    await withPipeline(async (pipeline, heard) => {
      const piece = { ...request, init, mask: secondHalf, pictures: 2, loop: true } as const;
      await pipeline.run(piece);
      const straight = heard.slice(0, 4).map(firstSamples);
      const first = await pipeline.run({ ...piece, rhythm });
      const turned = heard.slice(-4 * 3).slice(0, 4);
      expect(turned.map(maskRow)).toEqual([
        [1, 1, 1, 1],
        [0, 0, 1, 1],
        [0, 0, 0, 0],
        [1, 1, 0, 0],
      ]);
      expect(turned.map(firstSamples)).toEqual([
        straight[0],
        [...straight[1]!.slice(2), ...straight[1]!.slice(0, 2)],
        straight[2],
        [...straight[3]!.slice(2), ...straight[3]!.slice(0, 2)],
      ]);
      // The answers come back to where they belong: this denoiser looks at each column alone.
      const whole = await pipeline.run({ ...piece, pictures: 1, rhythm, variation: 0 });
      const isKept = (_: number, index: number): boolean => index % COLUMNS < COLUMNS / 2;
      expect(first.filter(isKept)).toEqual(whole.filter(isKept));
    });
  });

  it('hears as many words as its text encoder has rows for', async () => {
    await withPipeline(async (pipeline, heard) => {
      await pipeline.run(request);
      expect(heard[0]?.['encoder_hidden_states']?.shape).toEqual([2, MAX_WORDS, 8]);
      expect(await pipeline.truncates('jazz '.repeat(MAX_WORDS))).toBe(false);
      expect(await pipeline.truncates('jazz '.repeat(MAX_WORDS + 1))).toBe(true);
    });
  });

  it('hears weighted words in the rows of these words', async () => {
    await withPipeline(async (pipeline, heard) => {
      const rowsOf = async (prompt: string): Promise<number[]> => {
        await pipeline.run({ ...request, start: { ...start, prompt, guidanceScale: 1 } });
        return [...(heard.at(-1)?.['encoder_hidden_states']?.data ?? [])].map(Number);
      };
      const plain = await rowsOf('jazzy funk bass');
      const weighted = await rowsOf('jazzy (funk:0) bass');
      const silent = weighted.flatMap((value, index) => (value === 0 ? [Math.floor(index / 8)] : []));
      expect(plain.includes(0)).toBe(false);
      expect([...new Set(silent)]).toEqual([1]);
    });
  });

  it('says what it understood', async () => {
    await withPipeline(async (pipeline) => {
      const jazz = { kind: 'genre', name: 'jazz' };
      expect(await pipeline.understood('jazz')).toEqual([jazz]);
      expect(await pipeline.understood('(jazz:0.1) piano')).toEqual([jazz, { kind: 'lead', name: 'piano' }]);
      expect(await pipeline.understood('xyzzy')).toEqual([]);
      expect(UNDERSTOOD).toContain('mood:drums');
    });
  });

  it('is refused where it has inputs that are not known here', async () => {
    const refused = async (_root: string, folder: string): Promise<void> => {
      await expect(readModelConfig(await ModelFolder.open(folder))).rejects.toMatchObject({
        code: 'model_unsupported',
        message: expect.stringContaining('an input called weather') as string,
      });
    };
    await withConditionedModel(refused, ['known', 'weather']);
  });
});

/** Of the first row of the first channel. */
function firstSamples(feeds: NamedTensors): number[] {
  return [...(feeds['sample']?.data.subarray(0, feeds['sample'].shape[3]) ?? [])].map(Number);
}
