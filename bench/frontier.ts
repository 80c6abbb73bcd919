/** Quality against CPU time, for what the engine offers, what lies between, and torchaudio. */
import { mean, printTable } from './markdown.js';
import { lineChart } from './plot/line-chart.js';
import type { Series } from './plot/line-chart.js';
import { savePlot } from './plot/save-plot.js';
import { loadBenchClips } from './sound/bench-clips.js';
import type { BenchClip } from './sound/bench-clips.js';
import { FRONTIER_SETTINGS, exactMagnitudes } from './sound/engine.js';
import { QualityJudge } from './sound/quality.js';
import { Torchaudio } from './sound/torchaudio.js';
import { median, timed } from './stopwatch.js';

/** Some of everything; the tables of `sound` have all clips. */
const CLIPS = [
  'ambient-strings',
  'choir',
  'drum-and-bass-choir',
  'drums-hip-hop',
  'drums-salsa',
  'ska',
  'trance',
];
const TORCHAUDIO_ITERATIONS = [8, 16, 32];

/** One setting, over all clips. */
interface Measured {
  readonly series: string;
  readonly setting: string;
  readonly cpuSeconds: number;
  readonly melConvergence: number;
  readonly logDistance: number;
}

/** Prints the table and writes docs/sound/frontier-*.svg. */
export async function benchFrontier(): Promise<void> {
  const clips = (await loadBenchClips()).filter(({ name }) => CLIPS.includes(name));
  const judges = clips.map((clip) => new QualityJudge(clip));
  const measured = [...measureEngine(clips, judges), ...(await measureTorchaudio(clips, judges))];
  printTable(
    `Quality against time, ${clips.length} pictures of 5.11 s`,
    ['series', 'setting', 'CPU s (median)', 'mel SC, dB (mean)', 'log-spectral distance, dB (mean)'],
    measured.map(({ series, setting, cpuSeconds, melConvergence, logDistance }) => [
      series,
      setting,
      cpuSeconds.toFixed(3),
      melConvergence.toFixed(2),
      logDistance.toFixed(3),
    ]),
  );
  const xLabel = 'CPU seconds for 5.11 s of sound (logarithmic)';
  savePlot(
    'frontier-convergence.svg',
    lineChart({
      title: 'Mel spectral convergence against time: lower left is better',
      xLabel,
      yLabel: 'dB',
      xScale: 'log',
      yIncludes: -20,
      series: seriesOf(measured, ({ melConvergence }) => melConvergence),
    }),
  );
  savePlot(
    'frontier-distance.svg',
    lineChart({
      title: 'Log-spectral distance against time: lower left is better',
      xLabel,
      yLabel: 'dB',
      xScale: 'log',
      series: seriesOf(measured, ({ logDistance }) => logDistance),
    }),
  );
}

function measureEngine(clips: readonly BenchClip[], judges: readonly QualityJudge[]): Measured[] {
  return FRONTIER_SETTINGS.map(({ series, setting, synthesize }) => {
    const sounds = clips.map(({ picture, params }) => timed(() => synthesize(picture, params), 1));
    const judged = sounds.map(({ result }, i) => judges[i]!.judge(result));
    return {
      series,
      setting,
      cpuSeconds: median(sounds.map(({ cpuSeconds }) => cpuSeconds)),
      melConvergence: mean(judged.map(({ melConvergence }) => melConvergence)),
      logDistance: mean(judged.map(({ logDistance }) => logDistance)),
    };
  });
}

async function measureTorchaudio(
  clips: readonly BenchClip[],
  judges: readonly QualityJudge[],
): Promise<Measured[]> {
  const torchaudio = await Torchaudio.start();
  if (!torchaudio) return [];
  const measured: Measured[] = [];
  for (const iterations of TORCHAUDIO_ITERATIONS) {
    const results = [];
    for (const [i, clip] of clips.entries()) {
      const sound = await torchaudio.griffinLim(exactMagnitudes(clip.picture, clip.params), iterations);
      results.push({ cpuSeconds: sound.cpuSeconds, ...judges[i]!.judge(sound.clip) });
    }
    measured.push({
      series: 'torchaudio GriffinLim',
      setting: String(iterations),
      cpuSeconds: median(results.map(({ cpuSeconds }) => cpuSeconds)),
      melConvergence: mean(results.map(({ melConvergence }) => melConvergence)),
      logDistance: mean(results.map(({ logDistance }) => logDistance)),
    });
  }
  await torchaudio.stop();
  return measured;
}

function seriesOf(measured: readonly Measured[], pick: (one: Measured) => number): Series[] {
  const names = [...new Set(measured.map(({ series }) => series))];
  return names.map((name) => ({
    name,
    points: measured
      .filter(({ series }) => series === name)
      .map((one) => ({ x: one.cpuSeconds, y: pick(one), label: one.setting })),
  }));
}
