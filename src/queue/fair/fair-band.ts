import type { Claim } from './claim.js';
import { FairShare } from './fair-share.js';

/** A job that waits in a fair order. */
export interface WaitingJob {
  readonly id: string;
  readonly claim: Claim;
  readonly priority: number;
  /** Order of arrival. */
  readonly sequence: number;
}

interface Group {
  readonly share: FairShare;
  /** Jobs of each user, first come first; a user without any is not in it. */
  readonly users: Map<string, WaitingJob[]>;
}

/** Waiting jobs of one priority: groups share by weight, the users of a group equally, a user's own go in order. */
export class FairBand {
  readonly #weightOf: (group: string) => number;
  #share = new FairShare();
  readonly #groups = new Map<string, Group>();
  #size = 0;

  constructor(weightOf: (group: string) => number) {
    this.#weightOf = weightOf;
  }

  get size(): number {
    return this.#size;
  }

  add(job: WaitingJob): void {
    const { group: groupName, user } = job.claim;
    const group = this.#groups.get(groupName) ?? newGroup();
    this.#groups.set(groupName, group);
    const jobs = group.users.get(user) ?? [];
    group.users.set(user, jobs);
    jobs.splice(placeOf(job, jobs), 0, job);
    group.share.join(user, job.sequence);
    this.#share.join(groupName, job.sequence);
    this.#size += 1;
  }

  /** Takes a job out that will not run: nobody is charged. */
  remove(job: WaitingJob): void {
    const { group: groupName, user } = job.claim;
    const group = this.#take(job);
    if (group === undefined) return;
    if (!group.users.has(user)) group.share.leave(user);
    if (group.users.size === 0) this.#share.leave(groupName);
  }

  /** Takes a job out that runs now, and charges its group and user for it. */
  start(job: WaitingJob): void {
    const { group: groupName, user, cost } = job.claim;
    const group = this.#take(job);
    if (group === undefined) return;
    group.share.serve(user, cost, group.users.get(user)?.[0]?.sequence);
    const nextUser = group.share.first();
    const next = nextUser === undefined ? undefined : group.users.get(nextUser)?.[0];
    this.#share.serve(groupName, cost / this.#weightOf(groupName), next?.sequence);
  }

  /** The job whose turn it is, among groups that may. */
  first(mayBegin: (group: string) => boolean): WaitingJob | undefined {
    const groupName = this.#share.first(mayBegin);
    if (groupName === undefined) return undefined;
    const group = this.#groups.get(groupName);
    const user = group?.share.first();
    return user === undefined ? undefined : group?.users.get(user)?.[0];
  }

  /** Forgets what a group has had within it, when it has no jobs left here. */
  forget(groupName: string): void {
    if (this.#groups.get(groupName)?.users.size === 0) this.#groups.delete(groupName);
  }

  copy(): FairBand {
    const copy = new FairBand(this.#weightOf);
    copy.#share = this.#share.copy();
    copy.#size = this.#size;
    for (const [name, { share, users }] of this.#groups) {
      const usersCopy = new Map([...users].map(([user, jobs]) => [user, [...jobs]]));
      copy.#groups.set(name, { share: share.copy(), users: usersCopy });
    }
    return copy;
  }

  /** The group that the job was in; undefined when it was not there. */
  #take(job: WaitingJob): Group | undefined {
    const group = this.#groups.get(job.claim.group);
    const jobs = group?.users.get(job.claim.user);
    if (group === undefined || jobs === undefined) return undefined;
    const at = placeOf(job, jobs);
    if (jobs[at]?.id !== job.id) return undefined;
    jobs.splice(at, 1);
    if (jobs.length === 0) group.users.delete(job.claim.user);
    this.#size -= 1;
    return group;
  }
}

function newGroup(): Group {
  return { share: new FairShare(), users: new Map() };
}

/** Where a job stands, or would stand, among others that are sorted by arrival. */
function placeOf({ sequence }: WaitingJob, jobs: readonly WaitingJob[]): number {
  let low = 0;
  let high = jobs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((jobs[middle]?.sequence ?? Infinity) < sequence) low = middle + 1;
    else high = middle;
  }
  return low;
}
