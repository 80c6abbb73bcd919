/** What the embedded model's codec and the phase search lose together, beside the phase search alone. */
import { logSpectralDistance, magnitudeSpectrogram, spectralConvergence } from '../measures/index.js';
import type { MagnitudeSpectrogram } from '../measures/index.js';
import type { AudioClip } from '../src/engine/audio/audio-clip.js';
import { resample } from '../src/engine/audio/resample.js';
import { mean, printTable } from './markdown.js';
import { openShippedPipeline } from './pieces/shipped-pipeline.js';
import type { BenchClip } from './sound/bench-clips.js';
import { loadBenchClips } from './sound/bench-clips.js';
import { soundOf } from './sound/engine.js';

/** Hertz at which sounds are compared: the pictures reach 10 kHz. */
const RATE = 24000;
const HOP_SECONDS = 0.01;
const WINDOWS_SECONDS = [0.1, 0.025];

interface Loss {
  readonly convergences: readonly number[];
  readonly distance: number;
}

/** Prints the table. The clips are loops, mono, and none that the model was trained on. */
export async function benchCodec(): Promise<void> {
  const clips = (await loadBenchClips({ circular: true })).filter(({ params }) => !params.stereo);
  const pipeline = await openShippedPipeline();
  const rows: string[][] = [];
  for (const quality of ['fast', 'studio'] as const) {
    const direct: Loss[] = [];
    const coded: Loss[] = [];
    for (const clip of clips) {
      const decoded = await pipeline.decode(await pipeline.encode(clip.picture));
      const sounds = [clip.picture, decoded].map((picture) =>
        soundOf(picture, clip.params, quality, { circular: true }),
      );
      direct.push(loss(clip, sounds[0]!));
      coded.push(loss(clip, sounds[1]!));
    }
    rows.push(row(`picture as it is, ${quality}`, direct), row(`through the codec, ${quality}`, coded));
  }
  printTable(
    `Original to picture to sound, ${clips.length} loops of 5.12 s, against the original`,
    ['what', 'SC, window of 100 ms, dB: mean / worst', 'SC, 25 ms', 'log-spectral distance, dB'],
    rows,
  );
}

function loss({ original }: BenchClip, made: AudioClip): Loss {
  const sounds = [original, made].map((clip) => resample(clip, RATE).channels[0]!);
  const spectra = (seconds: number): MagnitudeSpectrogram[] =>
    sounds.map((samples) => framed(samples, seconds));
  const convergences = WINDOWS_SECONDS.map((seconds) => {
    const [before, after] = spectra(seconds);
    return spectralConvergence(before!, after!);
  });
  const [before, after] = spectra(WINDOWS_SECONDS[0]!);
  return { convergences, distance: logSpectralDistance(before!, after!) };
}

function framed(samples: Float32Array, windowSeconds: number): MagnitudeSpectrogram {
  return magnitudeSpectrogram(samples, {
    winLength: Math.round(windowSeconds * RATE),
    hopLength: Math.round(HOP_SECONDS * RATE),
    circular: true,
  });
}

function row(name: string, losses: readonly Loss[]): string[] {
  const [long, short] = WINDOWS_SECONDS.map((_, k) => losses.map(({ convergences }) => convergences[k]!));
  return [
    name,
    `${mean(long!).toFixed(2)} / ${Math.max(...long!).toFixed(2)}`,
    mean(short!).toFixed(2),
    mean(losses.map(({ distance }) => distance)).toFixed(2),
  ];
}
