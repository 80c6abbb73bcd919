/** PNG to PCM for Discord, beside riffusion's own chain from PNG to PCM. */
import { readPicture } from '../../src/engine/files/read-picture.js';
import { writePicture } from '../../src/engine/files/write-picture.js';
import type { Quality } from '../../src/engine/limits.js';
import { mean, printTable } from '../markdown.js';
import { Stopwatch, median } from '../stopwatch.js';
import type { BenchClip } from './bench-clips.js';
import { soundOf } from './engine.js';
import { QualityJudge } from './quality.js';
import type { Torchaudio } from './torchaudio.js';

const RUNS = 5;
/** Half a minute each: two are enough to see the order of magnitude. */
const BASELINE_CLIPS = ['drums-salsa', 'ska'];
const CLIP_SECONDS = 5.11;

export async function benchWholeChain(
  clips: readonly BenchClip[],
  torchaudio: Torchaudio | undefined,
): Promise<void> {
  const mono = clips.filter(({ params }) => !params.stereo);
  const rows: string[][] = [];
  const baseline = torchaudio && (await measureRiffusion(mono, torchaudio));
  for (const quality of ['fast', 'studio'] as const) {
    const seconds = await measureChain(mono, quality);
    const ratio = baseline ? (baseline.cpuSeconds / seconds).toFixed(0) : '';
    rows.push([
      `PNG to 48 kHz, ${quality}`,
      seconds.toFixed(3),
      (seconds / CLIP_SECONDS).toFixed(4),
      ratio,
      '',
    ]);
  }
  if (baseline) {
    rows.push([
      `riffusion's chain, PNG to 44.1 kHz (${baseline.inverseSeconds.toFixed(1)} s of it the mel inverse)`,
      baseline.cpuSeconds.toFixed(1),
      (baseline.cpuSeconds / CLIP_SECONDS).toFixed(2),
      '',
      baseline.melConvergence.toFixed(2),
    ]);
  }
  printTable(
    `Whole chain, mono pictures of 5.11 s${torchaudio ? `, beside ${torchaudio.description}` : ''}`,
    ['what', 'CPU s (median)', 'real-time factor', 'times less CPU', 'mel SC, dB (mean)'],
    rows,
  );
}

/** Median over the clips of the medians of each. */
async function measureChain(clips: readonly BenchClip[], quality: Quality): Promise<number> {
  const medians: number[] = [];
  for (const { picture, params } of clips) {
    const png = await writePicture(picture, params);
    const seconds: number[] = [];
    for (let run = 0; run <= RUNS; run += 1) {
      const stopwatch = new Stopwatch();
      const file = await readPicture(png);
      soundOf(file.picture, file.params, quality, { loudness: true });
      if (run > 0) seconds.push(stopwatch.lap().cpuSeconds);
    }
    medians.push(median(seconds));
  }
  return median(medians);
}

async function measureRiffusion(
  clips: readonly BenchClip[],
  torchaudio: Torchaudio,
): Promise<{ cpuSeconds: number; inverseSeconds: number; melConvergence: number }> {
  const results = [];
  for (const clip of clips.filter(({ name }) => BASELINE_CLIPS.includes(name))) {
    const png = await writePicture(clip.picture, clip.params);
    const sound = await torchaudio.riffusion(png, clip.params.stereo);
    results.push({ ...sound, ...new QualityJudge(clip).judge(sound.clip) });
  }
  return {
    cpuSeconds: mean(results.map(({ cpuSeconds }) => cpuSeconds)),
    inverseSeconds: mean(results.map(({ inverseCpuSeconds }) => inverseCpuSeconds)),
    melConvergence: mean(results.map(({ melConvergence }) => melConvergence)),
  };
}
