/**
 * One measurement of time and memory in a process of its own, which prints it as JSON. Arguments: what to do, and
 * seconds of audio to do it with.
 */
import { readFileSync, writeFileSync } from 'node:fs';

import type { AudioClip } from '../../src/engine/audio/audio-clip.js';
import { SeededRandom } from '../../src/engine/math/random.js';
import { soundToPicture } from '../../src/engine/spectrogram/sound-to-picture.js';
import { DEFAULT_SPECTROGRAM_PARAMS, hopLength } from '../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from '../../src/engine/spectrogram/spectrogram-picture.js';
import { Stopwatch } from '../stopwatch.js';
import type { ChildReport, ChildTask } from './child-process.js';
import { soundOf, streamedSound } from './engine.js';

const params = DEFAULT_SPECTROGRAM_PARAMS;
const [task, seconds] = [process.argv[2] as ChildTask, Number(process.argv[3])];
const columns = Math.round((seconds * params.sampleRate) / hopLength(params));

const work: Record<ChildTask, () => void> = {
  'round trip': () => {
    const { picture } = soundToPicture(phrase(columns), params);
    soundOf(picture, params, 'studio');
  },
  'sound to picture': () => void soundToPicture(phrase(columns), params),
  'picture to sound, studio': () => void soundOf(grain(columns), params, 'studio'),
  'picture to sound, fast': () => void soundOf(grain(columns), params, 'fast'),
  'streamed, fast': () => {
    for (const channels of streamedSound(pieces(columns), params, 'fast')) void channels;
  },
};

const idle = residentBytes('VmRSS');
forgetPeak();
const stopwatch = new Stopwatch();
work[task]();
const { cpuSeconds } = stopwatch.lap();
const report: ChildReport = { cpuSeconds, idleBytes: idle, bytesAboveIdle: residentBytes('VmHWM') - idle };
process.stdout.write(JSON.stringify(report));

/** A melody of decaying harmonics. */
function phrase(frames: number): AudioClip {
  const samples = Float32Array.from({ length: (frames - 1) * hopLength(params) }, (_, n) => {
    const time = n / params.sampleRate;
    const hertz = 110 * 2 ** ((Math.floor(time * 4) % 12) / 12);
    const loudness = 0.2 * Math.exp(-4 * (time % 0.25));
    return loudness * (Math.sin(2 * Math.PI * hertz * time) + 0.5 * Math.sin(6 * Math.PI * hertz * time));
  });
  return { sampleRate: params.sampleRate, channels: [samples] };
}

/** A picture of changing grain, so that no part of it is easier than another. */
function grain(width: number): SpectrogramPicture {
  const random = new SeededRandom(0);
  const height = params.numFrequencies;
  const rgb = new Uint8Array(3 * width * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    rgb.fill(60 + Math.floor(120 * random.nextUniform()), 3 * pixel, 3 * pixel + 3);
  }
  return { width, height, rgb };
}

/** The same kind of columns, a second at a time. */
function* pieces(frames: number): Generator<readonly Float32Array[]> {
  const random = new SeededRandom(0);
  for (let done = 0; done < frames; done += 100) {
    const values = Math.min(100, frames - done) * params.numFrequencies;
    yield [Float32Array.from({ length: values }, () => 30e6 * (0.3 + 0.47 * random.nextUniform()) ** 4)];
  }
}

/** @param entry VmRSS: now; VmHWM: the most there ever was, or since the peak was forgotten */
function residentBytes(entry: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  return 1024 * Number(new RegExp(`${entry}:\\s+(\\d+) kB`).exec(status)?.[1]);
}

/** Loading the modules took more than the process holds when idle. */
function forgetPeak(): void {
  writeFileSync('/proc/self/clear_refs', '5');
}
