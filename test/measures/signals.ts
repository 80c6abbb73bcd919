/** Sounds whose faults are known, because they were put there. */
import { SeededRandom } from '../../src/engine/math/random.js';

export const SAMPLE_RATE = 44100;

/** A chord of steady partials above a little noise. */
export function steadyChord(seconds: number, seed = 0): Float32Array {
  const random = new SeededRandom(seed);
  const partials = Array.from({ length: 12 }, () => ({
    hertz: 100 + 2900 * random.nextUniform(),
    phase: 2 * Math.PI * random.nextUniform(),
  }));
  return Float32Array.from({ length: Math.round(seconds * SAMPLE_RATE) }, (_, n) => {
    let sample = 0.002 * random.nextGaussian();
    for (const { hertz, phase } of partials) {
      sample += 0.03 * Math.sin((2 * Math.PI * hertz * n) / SAMPLE_RATE + phase);
    }
    return sample;
  });
}

/** White noise under a given envelope. */
export function noise(seconds: number, amplitude: (time: number) => number, seed = 0): Float32Array {
  const random = new SeededRandom(seed);
  return Float32Array.from(
    { length: Math.round(seconds * SAMPLE_RATE) },
    (_, n) => amplitude(n / SAMPLE_RATE) * random.nextGaussian(),
  );
}

/** Strokes of noise every 0.3 s, each gone after a tenth of a second; `attack` seconds until full. */
export function strokes(seconds: number, attack: number): Float32Array {
  return noise(seconds, (time) => {
    const since = ((time + 0.15) % 0.3) - 0.05;
    if (since < -attack) return 0.0005;
    return 0.0005 + 0.2 * (since < 0 ? 1 + since / attack : Math.exp(-since / 0.03));
  });
}
