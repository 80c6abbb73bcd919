/** CPU seconds (user + system) and wall seconds between two moments of this process. */
export interface Lap {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

/** Measures CPU time beside wall time, because CPU time hardly changes with what else the machine does. */
export class Stopwatch {
  #cpu = process.cpuUsage();
  #wall = performance.now();

  /** Time since the last lap, or since the start. */
  lap(): Lap {
    const { user, system } = process.cpuUsage(this.#cpu);
    const wall = performance.now();
    const lap = { cpuSeconds: (user + system) / 1e6, wallSeconds: (wall - this.#wall) / 1000 };
    this.#cpu = process.cpuUsage();
    this.#wall = wall;
    return lap;
  }
}

/** The middle value; of an even number, the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
}

/**
 * The result of some work and the median of its CPU seconds, after one time to warm up.
 *
 * @param runs times that it is measured; quick work is repeated until that took a second
 */
export function timed<T>(work: () => T, runs = 3): { readonly result: T; readonly cpuSeconds: number } {
  work();
  const stopwatch = new Stopwatch();
  const seconds: number[] = [];
  for (;;) {
    stopwatch.lap();
    const result = work();
    seconds.push(stopwatch.lap().cpuSeconds);
    const enough = seconds.reduce((a, b) => a + b, 0) > 1 || seconds.length >= 9;
    if (seconds.length >= runs && enough) return { result, cpuSeconds: median(seconds) };
  }
}

/** The same of work that takes many seconds: once, and cold. */
export function timedOnce<T>(work: () => T): { readonly result: T; readonly cpuSeconds: number } {
  const stopwatch = new Stopwatch();
  const result = work();
  return { result, cpuSeconds: stopwatch.lap().cpuSeconds };
}
