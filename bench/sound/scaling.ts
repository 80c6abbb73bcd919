/** Time and memory from 5 seconds to 5 minutes of audio, each in a fresh process. */
import { printTable } from '../markdown.js';
import { lineChart } from '../plot/line-chart.js';
import type { Series } from '../plot/line-chart.js';
import { savePlot } from '../plot/save-plot.js';
import { inFreshProcess } from './child-process.js';
import type { ChildReport, ChildTask } from './child-process.js';

const TASKS: readonly ChildTask[] = [
  'streamed, fast',
  'picture to sound, fast',
  'picture to sound, studio',
  'sound to picture',
];
const SECONDS = [5, 10, 20, 40, 80, 160, 300];

export async function benchScaling(): Promise<void> {
  const reports = new Map<ChildTask, ChildReport[]>();
  for (const task of TASKS) {
    const ofTask: ChildReport[] = [];
    for (const seconds of SECONDS) ofTask.push(await inFreshProcess(task, seconds));
    reports.set(task, ofTask);
  }
  print(reports);
  const chart = (title: string, yLabel: string, pick: (report: ChildReport) => number): string =>
    lineChart({
      title,
      xLabel: 'seconds of audio, mono',
      yLabel,
      series: TASKS.map((task): Series => ({
        name: task,
        points: SECONDS.map((x, i) => ({ x, y: pick(reports.get(task)![i]!) })),
      })),
    });
  savePlot(
    'scaling-time.svg',
    chart('CPU time grows with the length', 'CPU seconds', (r) => r.cpuSeconds),
  );
  savePlot(
    'scaling-memory.svg',
    chart('Memory above the idle process', 'MB', ({ bytesAboveIdle }) => bytesAboveIdle / 2 ** 20),
  );
}

function print(reports: ReadonlyMap<ChildTask, readonly ChildReport[]>): void {
  printTable(
    'From 5 seconds to 5 minutes, mono: CPU s / MB above the idle process',
    ['seconds of audio', ...TASKS],
    SECONDS.map((seconds, i) => [
      String(seconds),
      ...TASKS.map((task) => {
        const { cpuSeconds, bytesAboveIdle } = reports.get(task)![i]!;
        return `${cpuSeconds.toFixed(2)} / ${(bytesAboveIdle / 2 ** 20).toFixed(0)}`;
      }),
    ]),
  );
}
