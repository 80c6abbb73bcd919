/** Why a guild's rules, or the operator's, refuse something. */
import type { Phrases } from '../language/phrases.js';

export type RuleBreach =
  | { readonly rule: 'channel'; readonly channelIds: readonly string[] }
  | { readonly rule: 'role'; readonly roleIds: readonly string[] }
  | { readonly rule: 'age-restricted-only' }
  | { readonly rule: 'banned-word' }
  | { readonly rule: 'steps'; readonly max: number }
  | { readonly rule: 'length'; readonly maxSeconds: number }
  | { readonly rule: 'jobs-of-user'; readonly max: number }
  | { readonly rule: 'jobs-of-guild'; readonly max: number }
  | HourlyBreach;

interface HourlyBreach {
  readonly rule: 'clips-per-hour-of-user' | 'clips-per-hour-of-guild';
  readonly max: number;
  /** When it is possible, in milliseconds since the epoch; undefined when so many are never possible at once. */
  readonly possibleAt: number | undefined;
}

export class RuleError extends Error {
  override readonly name = 'RuleError';
  readonly breach: RuleBreach;

  constructor(breach: RuleBreach) {
    super(`A rule refuses it: ${breach.rule}.`);
    this.breach = breach;
  }
}

/** What was asked for that may not be, and a way out. */
export function sentenceOfBreach(breach: RuleBreach, { rules }: Phrases): string {
  switch (breach.rule) {
    case 'channel':
      return rules.channel(breach.channelIds.slice(0, MENTIONS_MAX).map((id) => `<#${id}>`));
    case 'role':
      return rules.role(breach.roleIds.slice(0, MENTIONS_MAX).map((id) => `<@&${id}>`));
    case 'age-restricted-only':
      return rules.ageRestrictedOnly;
    case 'banned-word':
      return rules.bannedWord;
    case 'steps':
      return rules.steps(breach.max);
    case 'length':
      return rules.length(breach.maxSeconds);
    case 'jobs-of-user':
      return rules.jobsOfUser(breach.max);
    case 'jobs-of-guild':
      return rules.jobsOfGuild(breach.max);
    case 'clips-per-hour-of-user':
    case 'clips-per-hour-of-guild':
      return hourlySentence(breach, rules);
  }
}

const MENTIONS_MAX = 5;

function hourlySentence({ rule, max, possibleAt }: HourlyBreach, rules: Phrases['rules']): string {
  const sentences = rules[rule === 'clips-per-hour-of-user' ? 'hourOfUser' : 'hourOfGuild'];
  // Discord shows such a mark as time that is left, in each reader's language.
  return possibleAt === undefined
    ? sentences.never(max)
    : sentences.later(max, `<t:${Math.ceil(possibleAt / 1000)}:R>`);
}
