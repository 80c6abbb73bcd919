import type { FairnessOptions } from './claim.js';
import { FairBand } from './fair-band.js';
import type { WaitingJob } from './fair-band.js';

const DEFAULT_AGEING_MS = 60_000;

/** What is known at the moment in which a job is chosen. */
export interface Turn {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Jobs that may run at the same time, free or not: only the reserve needs to know. @defaultValue unlimited */
  readonly slots?: number;
}

interface Band {
  readonly jobs: FairBand;
  /** When it last had a turn, or got its first job: from then on it ages. */
  agesSince: number;
}

type Limits = Omit<FairnessOptions<never>, 'claimOf'>;

/**
 * The order in which waiting jobs run: higher priorities first, within one priority fair shares; a priority that is
 * passed over rises with time. Pure: time and slots are told, nothing is started or stored.
 */
export class FairOrder {
  readonly #options: Limits;
  readonly #bands = new Map<number, Band>();
  readonly #waiting = new Map<string, WaitingJob>();
  readonly #running = new Map<string, WaitingJob>();
  readonly #runningByGroup = new Map<string, number>();
  /** Running jobs of each priority. */
  readonly #runningByPriority = new Map<number, number>();

  constructor(options: Limits = {}) {
    this.#options = options;
  }

  get size(): number {
    return this.#waiting.size;
  }

  has(id: string): boolean {
    return this.#waiting.has(id);
  }

  /** A job waits. One that waits again keeps its sequence, and so its place among its user's. */
  add(job: WaitingJob, now: number): void {
    const band = this.#bands.get(job.priority) ?? this.#newBand(job.priority, now);
    if (band.jobs.size === 0) band.agesSince = now;
    band.jobs.add(job);
    this.#waiting.set(job.id, job);
  }

  /** A waiting job will not run. */
  remove(id: string): void {
    const job = this.#waiting.get(id);
    if (job === undefined) return;
    this.#waiting.delete(id);
    this.#bands.get(job.priority)?.jobs.remove(job);
    this.#forgetIdle(job);
  }

  /** A waiting job begins, whether or not it was its turn. */
  start(id: string, now: number): void {
    const job = this.#waiting.get(id);
    const band = job === undefined ? undefined : this.#bands.get(job.priority);
    if (job === undefined || band === undefined) return;
    band.jobs.start(job);
    band.agesSince = now;
    this.#waiting.delete(id);
    this.#running.set(id, job);
    count(this.#runningByGroup, job.claim.group, 1);
    count(this.#runningByPriority, job.priority, 1);
  }

  /** A job that began has ended, or waits again. */
  end(id: string): void {
    const job = this.#running.get(id);
    if (job === undefined) return;
    this.#running.delete(id);
    count(this.#runningByGroup, job.claim.group, -1);
    count(this.#runningByPriority, job.priority, -1);
    this.#forgetIdle(job);
  }

  /** The job whose turn it is; undefined when none waits or none may begin. */
  next(turn: Turn): string | undefined {
    const { maxActivePerGroup = Infinity } = this.#options;
    const mayBegin = (group: string): boolean => (this.#runningByGroup.get(group) ?? 0) < maxActivePerGroup;
    for (const { priority, jobs } of this.#bandsByUrgency(turn.now)) {
      const job = this.#mayUseSlot(priority, turn) ? jobs.first(mayBegin) : undefined;
      if (job !== undefined) return job.id;
    }
    return undefined;
  }

  /** All waiting jobs in the order in which they would begin if none came, no limit held and no time passed. */
  ids(now: number): string[] {
    const ids: string[] = [];
    for (const { jobs } of this.#bandsByUrgency(now)) {
      const rest = jobs.copy();
      for (let job = rest.first(() => true); job !== undefined; job = rest.first(() => true)) {
        ids.push(job.id);
        rest.start(job);
      }
    }
    return ids;
  }

  #newBand(priority: number, now: number): Band {
    const band = { jobs: new FairBand(this.#options.weightOf ?? (() => 1)), agesSince: now };
    this.#bands.set(priority, band);
    return band;
  }

  #bandsByUrgency(now: number): { priority: number; jobs: FairBand }[] {
    const { ageingMs = DEFAULT_AGEING_MS } = this.#options;
    return [...this.#bands]
      .filter(([, { jobs }]) => jobs.size > 0)
      .map(([priority, { jobs, agesSince }]) => {
        const urgency = priority + Math.max(0, Math.floor((now - agesSince) / ageingMs));
        return { priority, jobs, urgency, agesSince };
      })
      .sort((a, b) => b.urgency - a.urgency || a.agesSince - b.agesSince);
  }

  /** The reserve is free of jobs below its priority: they have the other slots between them. */
  #mayUseSlot(priority: number, { slots = Infinity }: Turn): boolean {
    const { reserve } = this.#options;
    if (reserve === undefined || priority >= reserve.fromPriority) return true;
    const below = [...this.#runningByPriority].filter(([running]) => running < reserve.fromPriority);
    return below.reduce((sum, [, jobs]) => sum + jobs, 0) < slots - reserve.slots;
  }

  #forgetIdle({ claim, priority }: WaitingJob): void {
    if (this.#waiting.size + this.#running.size === 0) this.#bands.clear();
    else if (!this.#runningByGroup.has(claim.group)) this.#bands.get(priority)?.jobs.forget(claim.group);
  }
}

function count<Key>(counts: Map<Key, number>, key: Key, change: 1 | -1): void {
  const value = (counts.get(key) ?? 0) + change;
  if (value === 0) counts.delete(key);
  else counts.set(key, value);
}
