/** Where in a run guidance is computed, repeated or left out. */
import type { AccelerationOptions } from './acceleration-options.js';

/** How one call of the network is guided. */
export type GuidanceMode =
  /** Both prompts are asked. */
  | 'computed'
  /** The prompt alone is asked, and what guidance added when it was last computed is added again. */
  | 'repeated'
  /** The prompt alone is asked. */
  | 'none';

/**
 * Says it for the calls of one run, one after the other: it may count them.
 * @param time training time as a share of the whole: 1 = nothing but noise, 0 = data
 */
export type GuidancePolicy = (time: number) => GuidanceMode;

/** A new policy, for one run. */
export function guidancePolicy({ guidanceInterval, guidanceEvery = 1 }: AccelerationOptions): GuidancePolicy {
  const policy = computedEvery(guidanceEvery);
  return guidanceInterval ? within(guidanceInterval, policy) : policy;
}

/** Computed first, and at every n-th call after that. */
export function computedEvery(calls: number): GuidancePolicy {
  let count = 0;
  return () => (count++ % calls === 0 ? 'computed' : 'repeated');
}

/** None outside the interval; the policy inside does not hear of the calls outside. */
export function within([from, to]: readonly [number, number], inside: GuidancePolicy): GuidancePolicy {
  return (time) => (time >= from && time <= to ? inside(time) : 'none');
}
