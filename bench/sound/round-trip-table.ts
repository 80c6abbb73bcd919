/** Audio to picture and back, and what it takes. */
import {
  logSpectralDistance,
  melSpectrograms,
  spectralConvergence,
  stackChannels,
} from '../../measures/index.js';
import { resample } from '../../src/engine/audio/resample.js';
import { soundToPicture } from '../../src/engine/spectrogram/sound-to-picture.js';
import { mean, printTable } from '../markdown.js';
import { median, timed } from '../stopwatch.js';
import type { BenchClip } from './bench-clips.js';
import { inFreshProcess } from './child-process.js';
import { soundOf } from './engine.js';
import type { Torchaudio } from './torchaudio.js';

const MEMORY_RUNS = 3;
const CLIP_SECONDS = 5.11;

export async function benchRoundTrip(
  clips: readonly BenchClip[],
  torchaudio: Torchaudio | undefined,
): Promise<void> {
  const mono = clips.filter(({ params }) => !params.stereo);
  const rows: string[][] = [];
  for (const quality of ['fast', 'studio'] as const) {
    const results = mono.map(({ original, params }) => {
      const trip = timed(() => soundOf(soundToPicture(original, params).picture, params, quality));
      const [before, after] = [original, resample(trip.result, params.sampleRate)].map((clip) =>
        stackChannels(melSpectrograms(clip, params)),
      );
      return {
        cpuSeconds: trip.cpuSeconds,
        convergence: spectralConvergence(before!, after!),
        distance: logSpectralDistance(before!, after!),
      };
    });
    const convergences = results.map(({ convergence }) => convergence);
    rows.push([
      `there and back, ${quality}`,
      median(results.map(({ cpuSeconds }) => cpuSeconds)).toFixed(3),
      `${mean(convergences).toFixed(2)} / ${Math.max(...convergences).toFixed(2)}`,
      mean(results.map(({ distance }) => distance)).toFixed(2),
    ]);
  }
  rows.push(...(await oneWay(mono, torchaudio)));
  printTable(
    'Audio to picture to audio, mono clips of 5.11 s, against the original clip',
    ['what', 'CPU s (median)', 'mel SC, dB: mean / worst', 'log-spectral distance, dB'],
    rows,
  );
  await printMemory();
}

async function oneWay(clips: readonly BenchClip[], torchaudio: Torchaudio | undefined): Promise<string[][]> {
  const ours = clips.map(({ original, params }) => timed(() => soundToPicture(original, params)).cpuSeconds);
  const rows = [['of it audio to picture', median(ours).toFixed(3), '', '']];
  if (!torchaudio) return rows;
  const theirs: number[] = [];
  for (const { original } of clips.slice(0, 5)) theirs.push(await torchaudio.soundToMelSeconds(original));
  return [
    ...rows,
    [`the same by ${torchaudio.description}, without the picture`, median(theirs).toFixed(3), '', ''],
  ];
}

async function printMemory(): Promise<void> {
  const reports = [];
  for (let run = 0; run < MEMORY_RUNS; run += 1) {
    reports.push(await inFreshProcess('round trip', CLIP_SECONDS));
  }
  const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
  const above = median(reports.map(({ bytesAboveIdle }) => bytesAboveIdle));
  const idle = median(reports.map(({ idleBytes }) => idleBytes));
  console.log(
    `\nMost memory during the first round trip (studio) of a fresh process: ${mebibytes(above)} MB above the ` +
      `${mebibytes(idle)} MB of the idle process (median of ${MEMORY_RUNS}).`,
  );
}
