import type { JobQueue } from '../../queue/job-queue.js';
import type { ClipJob, ClipWork } from '../clip-job.js';
import { CommandError } from '../errors.js';
import type { Asker } from './asker.js';
import { RuleError } from './rule-breach.js';
import type { SettingsStore } from './settings-store.js';
import { USAGE_WINDOW_MS } from './usage-log.js';
import type { Usage, UsageLog } from './usage-log.js';

/** What the operator allows, everywhere together; undefined = as much as anybody likes. */
export interface OperatorQuotas {
  /** Jobs that one person may have waiting or active. */
  readonly maxPerUser: number;
  /** The same of one guild. */
  readonly maxPerGuild?: number | undefined;
  /** Clips that one person may ask for within any hour. */
  readonly clipsPerHourPerUser?: number | undefined;
  readonly clipsPerHourPerGuild?: number | undefined;
}

export interface QuotasOptions {
  readonly queue: JobQueue<ClipJob>;
  readonly settings: SettingsStore;
  readonly usage: UsageLog;
  readonly operator: OperatorQuotas;
}

/** A place in the queue for a job that is being prepared. */
export interface Reservation {
  /** Counts the clips of the work against the hour. @throws RuleError; @returns takes that back */
  charge(work: ClipWork): () => void;
  /** The job is in the queue, or never will be. */
  end(): void;
}

type Who = Pick<Asker, 'userId' | 'guildId'>;

/** Sees to it that no person and no guild gets more than a fair share. */
export class Quotas {
  readonly #options: QuotasOptions;
  /** Who has a job that is being prepared and not yet in the queue's list, once for each job. */
  readonly #preparing = new Set<Who>();

  constructor(options: QuotasOptions) {
    this.#options = options;
  }

  /** @throws CommandError `too_many_jobs`, RuleError */
  reserve({ userId, guildId }: Asker): Reservation {
    const who = { userId, guildId };
    this.#checkJobs(who);
    this.#preparing.add(who);
    return {
      charge: (work) => this.#charge(who, work),
      end: () => this.#preparing.delete(who),
    };
  }

  #checkJobs({ userId, guildId }: Who): void {
    const { operator, queue, settings } = this.#options;
    const jobs: readonly Who[] = [...queue.list().map(({ data }) => data), ...this.#preparing];
    const mine = jobs.filter((job) => job.userId === userId);
    if (mine.length >= operator.maxPerUser) throw new CommandError('too_many_jobs');
    if (guildId === null) return;
    const { maxJobsPerUser, maxJobs } = settings.read(guildId);
    const minePerGuild = mine.filter((job) => job.guildId === guildId);
    if (maxJobsPerUser !== null && minePerGuild.length >= maxJobsPerUser) {
      throw new RuleError({ rule: 'jobs-of-user', max: maxJobsPerUser });
    }
    const max = Math.min(maxJobs ?? Infinity, operator.maxPerGuild ?? Infinity);
    if (jobs.filter((job) => job.guildId === guildId).length < max) return;
    throw new RuleError({ rule: 'jobs-of-guild', max });
  }

  #charge(who: Who, work: ClipWork): () => void {
    const clips = clipsIn(work);
    if (clips === 0) return () => {};
    this.#checkHour(who, clips);
    const usage = this.#options.usage.note({ ...who, clips });
    return () => this.#options.usage.takeBack(usage);
  }

  #checkHour({ userId, guildId }: Who, clips: number): void {
    const { operator, settings, usage } = this.#options;
    const recent = usage.recent();
    const ofUser = recent.filter((one) => one.userId === userId);
    const check = (used: readonly Usage[], max: number | null | undefined, rule: HourlyRule) => {
      if (max !== null && max !== undefined) checkSum(used, clips, max, rule);
    };
    check(ofUser, operator.clipsPerHourPerUser, 'clips-per-hour-of-user');
    if (guildId === null) return;
    const ofGuild = recent.filter((one) => one.guildId === guildId);
    const { clipsPerHourPerUser, clipsPerHour } = settings.read(guildId);
    const ofUserHere = ofUser.filter((one) => one.guildId === guildId);
    check(ofUserHere, clipsPerHourPerUser, 'clips-per-hour-of-user');
    check(ofGuild, clipsPerHour, 'clips-per-hour-of-guild');
    check(ofGuild, operator.clipsPerHourPerGuild, 'clips-per-hour-of-guild');
  }
}

type HourlyRule = 'clips-per-hour-of-user' | 'clips-per-hour-of-guild';

/** @param used - Oldest first. */
function checkSum(used: readonly Usage[], clips: number, max: number, rule: HourlyRule): void {
  let left = max - clips - used.reduce((sum, one) => sum + one.clips, 0);
  if (left >= 0) return;
  let possibleAt: number | undefined;
  for (const one of used) {
    left += one.clips;
    if (left < 0) continue;
    possibleAt = one.at + USAGE_WINDOW_MS;
    break;
  }
  throw new RuleError({ rule, max, possibleAt });
}

/** Clips that the model is to make; what only changes the form of one costs next to nothing. */
function clipsIn(work: ClipWork): number {
  if (!('request' in work)) return 0;
  return work.kind === 'riff' ? (work.count ?? 1) : 1;
}
