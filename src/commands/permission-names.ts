import type { Phrases } from './language/phrases.js';

/** @param permissions - By their English names. Of one that has no other, the English name. */
export function permissionNames(permissions: readonly string[], { jobs }: Phrases): string[] {
  const names = new Map(Object.entries(jobs.permissions));
  return permissions.map((name) => names.get(name) ?? name);
}
