/** CPU seconds of each stage between sound and picture, beside torchaudio's where python3 has it. */
import { spawnSync } from 'node:child_process';

import { normalizeLoudness } from '../src/engine/audio/normalize-loudness.js';
import { SeededRandom } from '../src/engine/math/random.js';
import { givenPhases, griffinLim } from '../src/engine/spectrogram/griffin-lim.js';
import { createMelFilterbank } from '../src/engine/spectrogram/mel-filterbank.js';
import { MelInverse } from '../src/engine/spectrogram/mel-inverse.js';
import { phaseGradientPhases } from '../src/engine/spectrogram/phase-gradient.js';
import { invertMel, pictureToSound } from '../src/engine/spectrogram/picture-to-sound.js';
import { pictureToMel } from '../src/engine/spectrogram/pixels.js';
import { soundToPicture } from '../src/engine/spectrogram/sound-to-picture.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../src/engine/spectrogram/spectrogram-params.js';
import { Stft } from '../src/engine/spectrogram/stft.js';
import { chooseSynthesisGrids } from '../src/engine/spectrogram/synthesis-grid.js';
import { Stopwatch, median } from './stopwatch.js';

const SECONDS = 5.12;
const RUNS = 5;
const ITERATIONS = 16;

/** Prints a table of the medians of five runs after one to warm up. */
export function benchSound(): void {
  measureStages();
  const runs = Array.from({ length: RUNS }, measureStages);
  console.log(`\nSound and picture, one clip of ${SECONDS} s, mono, medians of ${RUNS} runs`);
  console.log('| stage | CPU s | real-time factor |\n|---|---|---|');
  for (const stage of runs[0]?.keys() ?? []) {
    printRow(stage, median(runs.flatMap((run) => run.get(stage) ?? [])));
  }
  printTorchaudio();
}

function measureStages(): Map<string, number> {
  const params = DEFAULT_SPECTROGRAM_PARAMS;
  const stages = new Map<string, number>();
  const stopwatch = new Stopwatch();
  const stage = <T>(name: string, work: () => T): T => {
    stopwatch.lap();
    const result = work();
    stages.set(name, stopwatch.lap().cpuSeconds);
    return result;
  };
  const clip = { sampleRate: params.sampleRate, channels: [testPhrase(params.sampleRate)] };
  const { picture } = stage('sound to picture', () => soundToPicture(clip, params, { circular: true }));
  const { search, binStep } = chooseSynthesisGrids(params);
  const magnitudes = stage('mel inverse', () => {
    const inverse = new MelInverse(createMelFilterbank(params), binStep);
    return invertMel(pictureToMel(picture, params)[0]!, inverse);
  });
  const radians = stage('phases from magnitudes', () =>
    phaseGradientPhases(magnitudes, { ...search, circular: true, random: new SeededRandom(0) }),
  );
  stage(`${ITERATIONS} Griffin-Lim iterations`, () => {
    const stft = new Stft({ ...search, circular: true });
    return griffinLim(magnitudes, stft, { iterations: ITERATIONS, start: givenPhases(radians) });
  });
  stage('loudness', () => normalizeLoudness(clip, { circular: true }));
  stage('picture to sound, all of it', () => pictureToSound(picture, params, { circular: true }));
  return stages;
}

/** Chords and drums from a formula, so that the bench needs no files. */
function testPhrase(sampleRate: number): Float32Array {
  const random = new SeededRandom(0);
  const roots = [110, 146.83, 164.81, 130.81];
  return Float32Array.from({ length: Math.round(SECONDS * sampleRate) }, (_, n) => {
    const time = n / sampleRate;
    const beat = time % 0.64;
    const root = roots[Math.floor(time / 1.28) % roots.length]!;
    let sample = 0.2 * Math.exp(-40 * (time % 0.32)) * random.nextGaussian();
    for (const interval of [1, 1.25, 1.5]) {
      for (let k = 1; k <= 8; k++) {
        sample += (0.06 / k) * Math.exp(-2 * beat) * Math.sin(2 * Math.PI * root * interval * k * time);
      }
    }
    return sample;
  });
}

function printRow(stage: string, cpuSeconds: number): void {
  console.log(`| ${stage} | ${cpuSeconds.toFixed(3)} | ${(cpuSeconds / SECONDS).toFixed(3)} |`);
}

/**
 * What riffusion itself runs, one thread, on magnitudes of the same size. Its mel inverse, 200 steps of gradient
 * descent, is left out: with the BLAS that Debian installs by default it takes many minutes.
 */
const TORCHAUDIO_SCRIPT = `
import time, torch, torchaudio
torch.set_num_threads(1)
torch.manual_seed(0)
def lap(name, work):
    start = time.process_time()
    result = work()
    print(name, time.process_time() - start, sep="\\t", flush=True)
    return result
print("version", torchaudio.__version__, sep="\\t")
wave = torch.randn(1, 225748) * 3000
stft = torchaudio.transforms.Spectrogram(n_fft=17640, hop_length=441, win_length=4410, power=None)
mel = torchaudio.transforms.MelScale(n_mels=512, sample_rate=44100, f_min=0, f_max=10000, n_stft=8821, mel_scale="htk")
magnitudes = stft(wave).abs()
lap("sound to mel", lambda: mel(stft(wave).abs()))
search = torchaudio.transforms.GriffinLim(n_fft=17640, n_iter=32, win_length=4410, hop_length=441, power=1.0, momentum=0.99)
lap("32 Griffin-Lim iterations", lambda: search(magnitudes))
`;

const TORCHAUDIO_TIMEOUT_MS = 300_000;
/** Debian's packages belong to the second, which another python3 may stand before. */
const PYTHONS = ['python3', '/usr/bin/python3'];

function printTorchaudio(): void {
  const stdout = PYTHONS.map(runTorchaudio).find((output) => output !== undefined);
  if (stdout === undefined) {
    console.log(
      'torchaudio: not measured, python3 cannot import it (Debian: apt install python3-torchaudio)',
    );
    return;
  }
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  for (const [name, value] of rows) {
    if (name === 'version') console.log(`| **torchaudio ${value}, one thread** | | |`);
    else printRow(`torchaudio: ${name}`, Number(value));
  }
}

/** Output of the script, as far as it came in time, or undefined where this Python has no torchaudio. */
function runTorchaudio(python: string): string | undefined {
  const { pid, stdout } = spawnSync(python, ['-c', TORCHAUDIO_SCRIPT], {
    encoding: 'utf8',
    timeout: TORCHAUDIO_TIMEOUT_MS,
  });
  // A program that does not exist has no process and no output.
  return pid > 0 && stdout.startsWith('version') ? stdout : undefined;
}
