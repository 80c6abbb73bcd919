import { cpus, loadavg, totalmem } from 'node:os';

/** Where and when figures were taken, because they mean nothing without. */
export function printMachine(): void {
  const [processor] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = loadavg().map((value) => value.toFixed(1));
  console.log(
    `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ` +
      `${cpus().length} x ${processor?.model.trim() ?? 'unknown processor'}, ${memory} GiB, load ${load.join(' ')}`,
  );
}
