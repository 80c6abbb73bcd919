/** Picture to audio: every quality of the engine beside torchaudio's GriffinLim on the same magnitudes. */
import type { AudioClip } from '../../src/engine/audio/audio-clip.js';
import { QUALITIES } from '../../src/engine/limits.js';
import { mean, printTable } from '../markdown.js';
import { median, timed, timedOnce } from '../stopwatch.js';
import type { BenchClip } from './bench-clips.js';
import { exactMagnitudes, soundOf } from './engine.js';
import { QualityJudge } from './quality.js';
import type { SoundQuality } from './quality.js';
import type { Torchaudio } from './torchaudio.js';

interface Measured extends SoundQuality {
  readonly cpuSeconds: number;
}

/** Of one clip, by the name of what made its sound. */
type ClipResults = ReadonlyMap<string, Measured>;

const BASELINE = 'GriffinLim(32)';

export async function benchSynthesis(
  clips: readonly BenchClip[],
  torchaudio: Torchaudio | undefined,
): Promise<void> {
  const results: ClipResults[] = [];
  for (const clip of clips) results.push(await measureClip(clip, torchaudio));
  printSummary(clips, results, torchaudio?.description);
  printClips(clips, results);
}

async function measureClip(clip: BenchClip, torchaudio: Torchaudio | undefined): Promise<ClipResults> {
  const judge = new QualityJudge(clip);
  const results = new Map<string, Measured>();
  for (const quality of QUALITIES) {
    const make = (): AudioClip => soundOf(clip.picture, clip.params, quality);
    const { result, cpuSeconds } = quality === 'reference' ? timedOnce(make) : timed(make);
    results.set(quality, { cpuSeconds, ...judge.judge(result) });
  }
  if (torchaudio) {
    const sound = await torchaudio.griffinLim(exactMagnitudes(clip.picture, clip.params));
    results.set(BASELINE, { cpuSeconds: sound.cpuSeconds, ...judge.judge(sound.clip) });
  }
  return results;
}

function printSummary(
  clips: readonly BenchClip[],
  results: readonly ClipResults[],
  baseline: string | undefined,
): void {
  const names = [...(results[0]?.keys() ?? [])];
  printTable(
    `Picture to audio, ${clips.length} pictures of 5.11 s${baseline ? `, beside ${baseline}` : ''}`,
    [
      'what',
      'CPU s (median)',
      'times less CPU',
      'mel SC, dB (mean)',
      'against GriffinLim(32), dB: mean / worst',
      'better on',
      'mel SC without the outer 6 columns, dB',
      'log-spectral distance, dB',
      'onset sharpness, drums',
      'pre-echo, drums, dB',
    ],
    names.map((name) => summaryOf(name, clips, results)),
  );
}

function summaryOf(name: string, clips: readonly BenchClip[], results: readonly ClipResults[]): string[] {
  const of = (pick: (result: Measured) => number): number[] =>
    results.map((result) => pick(result.get(name)!));
  const drums = results.filter((_, i) => clips[i]!.isDrums).map((result) => result.get(name)!.onsets);
  const pairs = results.flatMap((result) => {
    const baseline = result.get(BASELINE);
    return baseline ? [{ ours: result.get(name)!, baseline }] : [];
  });
  const gains = pairs.map(({ ours, baseline }) => ours.melConvergence - baseline.melConvergence);
  const ratios = pairs.map(({ ours, baseline }) => baseline.cpuSeconds / ours.cpuSeconds);
  const compared = pairs.length > 0 && name !== BASELINE;
  return [
    name === BASELINE ? `torchaudio ${name}, exact mel inverse not counted` : name,
    median(of(({ cpuSeconds }) => cpuSeconds)).toFixed(3),
    compared ? median(ratios).toFixed(1) : '',
    mean(of(({ melConvergence }) => melConvergence)).toFixed(2),
    compared ? `${mean(gains).toFixed(2)} / ${Math.max(...gains).toFixed(2)}` : '',
    compared ? `${gains.filter((gain) => gain < 0).length} of ${gains.length}` : '',
    mean(of(({ interiorConvergence }) => interiorConvergence)).toFixed(2),
    mean(of(({ logDistance }) => logDistance)).toFixed(2),
    mean(drums.map(({ sharpness }) => sharpness)).toFixed(3),
    mean(drums.map(({ preEchoDb }) => preEchoDb)).toFixed(2),
  ];
}

function printClips(clips: readonly BenchClip[], results: readonly ClipResults[]): void {
  const names = [...(results[0]?.keys() ?? [])];
  printTable(
    'The same by picture: mel spectral convergence, dB / onset sharpness',
    ['clip', ...names],
    clips.map((clip, i) => [
      clip.name,
      ...names.map((name) => {
        const { melConvergence, onsets } = results[i]!.get(name)!;
        return `${melConvergence.toFixed(2)} / ${onsets.sharpness.toFixed(2)}`;
      }),
    ]),
  );
}
