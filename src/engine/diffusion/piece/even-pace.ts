/** Along the straight way from one prompt to another, a model may change its mind all at once. */

/** A point of the way that was tried. */
interface Probe {
  readonly alpha: number;
  readonly latents: Float32Array;
}

/** Tried between the ends, wherever two neighbours differ most. */
const PROBES_BETWEEN = 7;

/**
 * Probes the way and finds the pace at which what is heard changes evenly.
 *
 * @param latentsAt of a point of the way
 * @returns from the share of the change, 0..1, to how far to go for it, 0..1; both rise together
 */
export async function evenPace(
  latentsAt: (alpha: number) => Promise<Float32Array>,
): Promise<(share: number) => number> {
  const probes: Probe[] = [];
  for (const alpha of [0, 1]) probes.push({ alpha, latents: await latentsAt(alpha) });
  for (let probe = 0; probe < PROBES_BETWEEN; probe++) {
    const gaps = changesOf(probes);
    const widest = gaps.indexOf(Math.max(...gaps));
    const alpha = ((probes[widest]?.alpha ?? 0) + (probes[widest + 1]?.alpha ?? 1)) / 2;
    probes.splice(widest + 1, 0, { alpha, latents: await latentsAt(alpha) });
  }
  return paceOf(
    probes.map(({ alpha }) => alpha),
    changesOf(probes),
  );
}

/**
 * @param alphas rising from 0 to 1
 * @param changes between each of them and the next
 */
export function paceOf(alphas: readonly number[], changes: readonly number[]): (share: number) => number {
  const total = changes.reduce((sum, change) => sum + change, 0);
  // Where nothing changes, any pace is even.
  if (!(total > 0)) return (share) => share;
  return (share) => {
    let rest = share * total;
    for (const [index, change] of changes.entries()) {
      const [from, to] = [alphas[index] ?? 0, alphas[index + 1] ?? 1];
      if (rest <= change && change > 0) return from + (rest / change) * (to - from);
      rest -= change;
    }
    return 1;
  };
}

function changesOf(probes: readonly Probe[]): number[] {
  return probes.slice(1).map(({ latents }, index) => {
    const before = probes[index]?.latents ?? latents;
    return latents.reduce((sum, value, i) => sum + Math.abs(value - (before[i] ?? 0)), 0) / latents.length;
  });
}
