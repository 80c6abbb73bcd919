import type { SchedulerName } from '../limits.js';
import { FlowMatchDpmpp2mScheduler } from './flow-match-dpmpp-2m-scheduler.js';
import { FlowMatchEulerScheduler } from './flow-match-euler-scheduler.js';
import { FlowMatchHeunScheduler } from './flow-match-heun-scheduler.js';
import { flowMatchSchedule } from './flow-match-schedule.js';
import type { SchedulerConfig } from './model-config.js';
import type { Scheduler } from './scheduler.js';

/** The scheduler of that name for a model's own noise schedule, good for one run. */
export function createScheduler(
  name: SchedulerName,
  numInferenceSteps: number,
  config: SchedulerConfig,
): Scheduler {
  const schedule = flowMatchSchedule({
    numInferenceSteps,
    numTrainTimesteps: config.num_train_timesteps,
    shift: config.shift,
  });
  switch (name) {
    case 'euler':
      return new FlowMatchEulerScheduler(schedule);
    case 'heun':
      return new FlowMatchHeunScheduler(schedule);
    case 'dpmpp-2m':
      return new FlowMatchDpmpp2mScheduler(schedule);
  }
}
