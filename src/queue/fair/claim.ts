/** Whose a job is and what it will take: all that a fair order needs to know of it. */
export interface Claim {
  /** Those who share everything between them by weight, each as a whole: a guild, a team. */
  readonly group: string;
  /** Those who share what their group has, equally. */
  readonly user: string;
  /** Predicted cost, in any unit that is the same for all jobs: seconds of work, steps. More than 0. */
  readonly cost: number;
}

/** How jobs share what there is. */
export interface FairnessOptions<Data> {
  /** Must give the same claim for the same data. @defaultValue one group, one user, cost 1: first come, first served */
  readonly claimOf?: (data: Data) => Claim;
  /** How much a group gets beside others of weight 1. More than 0. @defaultValue 1 for every group */
  readonly weightOf?: (group: string) => number;
  /** Jobs of one group that run at the same time. @defaultValue unlimited */
  readonly maxActivePerGroup?: number;
  /** Slots that are kept free for important jobs. @defaultValue none */
  readonly reserve?: Reserve;
  /**
   * Milliseconds after which jobs of a priority that was passed over rise by one: a priority of n below gets one
   * job every n times this long, so that nobody starves. @defaultValue 60000
   */
  readonly ageingMs?: number;
}

/** Slots for jobs of at least some priority, and no others. */
export interface Reserve {
  readonly slots: number;
  readonly fromPriority: number;
}

const EVERYBODY: Claim = { group: '', user: '', cost: 1 };

/** The claim of a job's data. @throws RangeError when the cost is not a number above 0 */
export function claimOf<Data>({ claimOf = () => EVERYBODY }: FairnessOptions<Data>, data: Data): Claim {
  const claim = claimOf(data);
  if (claim.cost > 0 && Number.isFinite(claim.cost)) return claim;
  throw new RangeError(`Expected the predicted cost of a job to be above 0, got ${String(claim.cost)}.`);
}
