import { ACKNOWLEDGE_WITHIN_MS, TOKEN_LIFETIME_MS } from '../state/interaction.js';
import type { Violation } from '../state/violations.js';
import type { World } from '../state/world.js';

/** Interactions that the bot has left without an answer, or "thinking…" until their token died. */
export function overdueInteractions(world: World): Violation[] {
  const now = world.clock.now();
  return [...world.interactions.values()].flatMap((interaction): Violation[] => {
    const { createdAt, acknowledgement, original, kind } = interaction;
    const unanswered = acknowledgement === undefined && now - createdAt > ACKNOWLEDGE_WITHIN_MS;
    if (unanswered) {
      const message = `A ${kind} interaction was not acknowledged within 3 seconds.`;
      return [{ at: createdAt + ACKNOWLEDGE_WITHIN_MS, code: 'not-acknowledged', message }];
    }
    const abandoned = original?.loading === true && !original.deleted && now - createdAt > TOKEN_LIFETIME_MS;
    if (!abandoned) return [];
    const message = `A deferred response to a ${kind} interaction was never filled in.`;
    return [{ at: createdAt + TOKEN_LIFETIME_MS, code: 'left-thinking', message }];
  });
}
