/** Which Fourier transform serves which path: microseconds of one real transform there and back. */
import { createRealFft } from '../src/engine/math/create-fft.js';
import { createFrameTransform, isSimdSize } from '../src/engine/simd/frame-transform.js';
import { printTable } from './markdown.js';
import { timed } from './stopwatch.js';

const REPEATS = 500;
/** Of the search (2880, 4320), of the sound at 48 kHz (6400, 9600), at 44.1 kHz (5880), powers of two, riffusion's. */
const SIZES = [2880, 4320, 6400, 9600, 5880, 2048, 8192, 17640];

export function benchFft(): void {
  printTable(
    'One real transform there and back, microseconds of CPU',
    ['points', 'PFFFT (SIMD, 32 bits)', 'ours (fft.js for powers of two, 64 bits)'],
    SIZES.map((size) => [
      String(size),
      isSimdSize(size) ? simdMicroseconds(size).toFixed(1) : 'cannot',
      ownMicroseconds(size).toFixed(1),
    ]),
  );
}

function simdMicroseconds(size: number): number {
  const transform = createFrameTransform(size);
  transform.frame.view()[1] = 1;
  try {
    return microsecondsOf(() => {
      transform.forward();
      transform.inverse();
    });
  } finally {
    transform.dispose();
  }
}

function ownMicroseconds(size: number): number {
  const fft = createRealFft(size);
  const samples = Float64Array.from({ length: size }, (_, n) => (n === 1 ? 1 : 0));
  const [re, im] = [new Float64Array(fft.bins), new Float64Array(fft.bins)];
  return microsecondsOf(() => {
    fft.forward(samples, re, im);
    fft.inverse(re, im, samples);
  });
}

function microsecondsOf(work: () => void): number {
  const { cpuSeconds } = timed(() => {
    for (let i = 0; i < REPEATS; i++) work();
  });
  return (cpuSeconds / REPEATS) * 1e6;
}
