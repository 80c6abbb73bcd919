/** Sounds and pictures for docs/sound.md: the same spectrogram pictures through riffusion's chain and through ours. */
import { normalizeLoudness } from '../src/engine/audio/normalize-loudness.js';
import type { AudioClip } from '../src/engine/audio/audio-clip.js';
import { writeAudio } from '../src/engine/files/write-audio.js';
import { writePicture } from '../src/engine/files/write-picture.js';
import { printTable } from './markdown.js';
import { savePlot } from './plot/save-plot.js';
import { compareSpectrograms } from './plot/spectrogram-strip.js';
import { loadBenchClips } from './sound/bench-clips.js';
import type { BenchClip } from './sound/bench-clips.js';
import { soundOf } from './sound/engine.js';
import { QualityJudge } from './sound/quality.js';
import { Torchaudio } from './sound/torchaudio.js';

/** Music, drums, and a lead like a voice. */
const CLIPS = ['ska', 'drums-tribal', 'choir'];

/** Writes docs/sound/<clip>-<what>.mp3 and <clip>.png. Without torchaudio, only ours. */
export async function benchExamples(): Promise<void> {
  const torchaudio = await Torchaudio.start();
  const rows: string[][] = [];
  for (const clip of (await loadBenchClips()).filter(({ name }) => CLIPS.includes(name))) {
    const sounds = await soundsOf(clip, torchaudio);
    for (const [what, sound] of sounds) {
      const { bytes } = await writeAudio(normalizeLoudness(sound), 'mp3');
      savePlot(`${clip.name}-${what}.mp3`, bytes);
    }
    savePlot(`${clip.name}.png`, await compareSpectrograms(sounds));
    rows.push(...rowsOf(clip, sounds));
  }
  await torchaudio?.stop();
  printTable(
    'The examples, each against its picture and its original',
    ['clip', 'sound', 'mel SC, dB', 'log-spectral distance, dB', 'onset sharpness', 'pre-echo, dB'],
    rows,
  );
}

async function soundsOf(
  clip: BenchClip,
  torchaudio: Torchaudio | undefined,
): Promise<Map<string, AudioClip>> {
  const { picture, params, original } = clip;
  const sounds = new Map([['original', original]]);
  if (torchaudio) {
    const { clip: theirs } = await torchaudio.riffusion(await writePicture(picture, params), params.stereo);
    sounds.set('riffusion', theirs);
  }
  return sounds.set('riffcord', soundOf(picture, params, 'studio'));
}

function rowsOf(clip: BenchClip, sounds: ReadonlyMap<string, AudioClip>): string[][] {
  const judge = new QualityJudge(clip);
  return [...sounds].map(([what, sound]) => {
    const { melConvergence, logDistance, onsets } = judge.judge(sound);
    const figures = [melConvergence, logDistance, onsets.sharpness, onsets.preEchoDb];
    return [clip.name, what, ...figures.map((figure) => figure.toFixed(2))];
  });
}
