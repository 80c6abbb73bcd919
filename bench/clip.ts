/** CPU and wall seconds of each stage of one clip, prompt to files, on the shipped model. */
import { fileURLToPath } from 'node:url';

import { LocalEngine, ThreadedWorkshop, parseGenerationRequest } from '../src/engine/index.js';
import type { GenerationStage } from '../src/engine/index.js';
import { Stopwatch, median } from './stopwatch.js';
import { THREAD_ENTRY } from './thread-entry.js';
import type { Lap } from './stopwatch.js';

const PROMPT = 'funk bassline with a jazzy saxophone solo';
const RUNS = 5;

type StageLaps = Map<GenerationStage | 'whole clip', Lap>;

export async function benchClip(): Promise<void> {
  const modelRoots = [fileURLToPath(new URL('../models/', import.meta.url))];
  const workshop = new ThreadedWorkshop({ entry: THREAD_ENTRY });
  const engine = new LocalEngine({ modelRoots, workshop });
  const cold = await measureClip(engine, 0);
  const warm: StageLaps[] = [];
  for (let run = 1; run <= RUNS; run += 1) warm.push((await measureClip(engine, run)).laps);
  await engine.dispose();
  await workshop.dispose();
  print(cold.laps, warm, cold.durationSeconds);
}

async function measureClip(
  engine: LocalEngine,
  seed: number,
): Promise<{ laps: StageLaps; durationSeconds: number }> {
  const laps: StageLaps = new Map();
  const stages = new Stopwatch();
  const whole = new Stopwatch();
  let current: GenerationStage | undefined;
  const clip = await engine.generate(parseGenerationRequest({ prompt: PROMPT, seed }), {
    onProgress: ({ stage }) => {
      if (stage === current) return;
      const lap = stages.lap();
      if (current) laps.set(current, lap);
      current = stage;
    },
  });
  if (current) laps.set(current, stages.lap());
  laps.set('whole clip', whole.lap());
  return { laps, durationSeconds: clip.audio.durationSeconds };
}

function print(cold: StageLaps, warm: readonly StageLaps[], durationSeconds: number): void {
  console.log(`\nOne clip of ${durationSeconds.toFixed(2)} s, "${PROMPT}", medians of ${warm.length} runs`);
  console.log('| stage | CPU s | wall s | real-time factor (wall) | first clip, CPU s |');
  console.log('|---|---|---|---|---|');
  for (const [stage, first] of cold) {
    const laps = warm.flatMap((run) => run.get(stage) ?? []);
    const cpu = median(laps.map((lap) => lap.cpuSeconds));
    const wall = median(laps.map((lap) => lap.wallSeconds));
    const cells = [
      cpu.toFixed(3),
      wall.toFixed(3),
      (wall / durationSeconds).toFixed(3),
      first.cpuSeconds.toFixed(3),
    ];
    console.log(`| ${stage} | ${cells.join(' | ')} |`);
  }
}
