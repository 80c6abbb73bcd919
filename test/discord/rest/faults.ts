import { matchPattern } from './router.js';
import type { Method } from './router.js';

/** Which requests a fault meets. */
export interface FaultTarget {
  /** @defaultValue every method */
  readonly method?: Method;
  /** A pattern such as `/channels/:channel/messages`, or an expression over the path. @defaultValue every route */
  readonly route?: string | RegExp;
  /** How many requests it meets. @defaultValue 1 */
  readonly times?: number;
}

/** What goes wrong. */
export type FaultEffect =
  | { readonly kind: 'fail'; readonly status: number; readonly code: number; readonly message: string }
  | { readonly kind: 'rate-limit'; readonly retryAfterMs: number }
  | { readonly kind: 'delay'; readonly ms: number }
  /** The connection breaks before Discord has acted, or after it has but before it could say so. */
  | { readonly kind: 'disconnect'; readonly when: 'before' | 'after' };

interface PlannedFault {
  readonly target: FaultTarget;
  readonly effect: FaultEffect;
  left: number;
}

/** Faults that a test has ordered. */
export class FaultPlan {
  readonly #planned: PlannedFault[] = [];

  add(target: FaultTarget, effect: FaultEffect): void {
    this.#planned.push({ target, effect, left: target.times ?? 1 });
  }

  /** The next fault for a request, which is then used up. */
  take(method: string, path: string): FaultEffect | undefined {
    const fault = this.#planned.find(({ target, left }) => left > 0 && meets(target, method, path));
    if (fault === undefined) return undefined;
    fault.left -= 1;
    return fault.effect;
  }
}

function meets({ method, route }: FaultTarget, requestMethod: string, path: string): boolean {
  if (method !== undefined && method !== requestMethod) return false;
  if (route === undefined) return true;
  return typeof route === 'string' ? matchPattern(route, path) !== undefined : route.test(path);
}
