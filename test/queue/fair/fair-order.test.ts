import { describe, expect, it } from 'vitest';

import type { FairnessOptions } from '../../../src/queue/fair/claim.js';
import { FairOrder } from '../../../src/queue/fair/fair-order.js';

type Options = ConstructorParameters<typeof FairOrder>[0];

interface Asked {
  readonly group?: string;
  readonly user: string;
  readonly cost?: number;
  readonly priority?: number;
}

/** A queue and its workers without work: time passes as jobs cost. */
class Shop {
  readonly order: FairOrder;
  readonly #asked = new Map<string, Required<Asked>>();
  #next = 0;
  now = 0;

  constructor(options?: Options) {
    this.order = new FairOrder(options);
  }

  add({ group = 'g', user, cost = 1, priority = 0 }: Asked): string {
    const id = `${user}#${this.#next}`;
    this.#asked.set(id, { group, user, cost, priority });
    this.order.add({ id, claim: { group, user, cost }, priority, sequence: this.#next++ }, this.now);
    return id;
  }

  addMany(count: number, asked: Asked): void {
    for (let index = 0; index < count; index++) this.add(asked);
  }

  /** Begins the next job; undefined when none may. */
  start(slots?: number): string | undefined {
    const id = this.order.next(slots === undefined ? { now: this.now } : { now: this.now, slots });
    if (id !== undefined) this.order.start(id, this.now);
    return id;
  }

  /** One slot: runs whole jobs until so much was spent; what each got, by a key of theirs. */
  serve(budget: number, key: (asked: Required<Asked>) => string): Map<string, number> {
    const got = new Map<string, number>();
    for (let spent = 0; spent < budget;) {
      const id = this.start();
      const asked = id === undefined ? undefined : this.#asked.get(id);
      if (id === undefined || asked === undefined) break;
      got.set(key(asked), (got.get(key(asked)) ?? 0) + asked.cost);
      spent += asked.cost;
      this.now += asked.cost;
      this.order.end(id);
    }
    return got;
  }
}

describe('FairOrder', () => {
  it('is first come, first served for one user', () => {
    const shop = new Shop();
    const ids = Array.from({ length: 20 }, () => shop.add({ user: 'a' }));
    expect(shop.order.ids(0)).toEqual(ids);
    expect(ids.map(() => shop.start())).toEqual(ids);
  });

  it.each([0, 1, 7])('lets B begin within one job after A has queued 200 and had %i of them', (had) => {
    for (const group of ['g', 'another']) {
      const shop = new Shop();
      shop.addMany(200, { user: 'a' });
      shop.serve(had, ({ user }) => user);
      const running = shop.start(); // of A: B comes while it runs
      const id = shop.add({ user: 'b', group });
      expect(running).toMatch(/^a/);
      expect(shop.start()).toBe(id);
    }
  });

  it('lets B begin next even where A queues anew while its last job runs', () => {
    const shop = new Shop();
    shop.add({ user: 'a' });
    shop.start();
    shop.addMany(200, { user: 'a' });
    const id = shop.add({ user: 'b' });
    expect(shop.start()).toBe(id);
  });

  it('gives nobody more for having been away', () => {
    const shop = new Shop();
    shop.addMany(100, { user: 'a' });
    shop.serve(50, ({ user }) => user);
    shop.addMany(100, { user: 'b' });
    expect([...shop.serve(20, ({ user }) => user).values()]).toEqual([10, 10]);
  });

  it.each([1, 2, 3])(
    'shares between 50 users whose jobs cost from 1 to 20, Jain index at least 0.95 (seed %i)',
    (seed) => {
      const random = seeded(seed);
      const shop = new Shop();
      for (let user = 0; user < 50; user++) {
        // Some ask for many small things, some for few large ones; all for more than they can have.
        const largest = 1 + random() * 19;
        for (let wanted = 0; wanted < 400;) {
          const cost = 1 + random() * (largest - 1);
          shop.add({ user: `user ${user}`, cost });
          wanted += cost;
        }
      }
      const got = [...shop.serve(10_000, ({ user }) => user).values()];
      expect(got).toHaveLength(50);
      expect(jainIndex(got)).toBeGreaterThan(0.95);
    },
  );

  it.each([1, 2, 3])('gives groups what their weights say, to one part in twenty (seed %i)', (seed) => {
    const random = seeded(seed);
    const weights = new Map([1, 2, 3, 5, 10].map((weight) => [`group ${weight}`, weight]));
    const shop = new Shop({ weightOf: (group) => weights.get(group) ?? 1 });
    for (const [group, weight] of weights) {
      // A group has no more for having more people.
      for (let index = 0; index < 900; index++) {
        shop.add({ group, user: `user ${index % (11 - weight)}`, cost: 1 + random() * 9 });
      }
    }
    const got = shop.serve(8000, ({ group }) => group);
    const total = [...got.values()].reduce((a, b) => a + b);
    for (const [group, weight] of weights) {
      const share = (got.get(group) ?? 0) / total;
      expect(Math.abs(share / (weight / 21) - 1)).toBeLessThan(0.05);
    }
  });

  it('runs higher priorities first', () => {
    const shop = new Shop();
    const low = shop.add({ user: 'a', priority: -1 });
    const high = shop.add({ user: 'a', priority: 5 });
    const middle = shop.add({ user: 'b' });
    expect(shop.order.ids(0)).toEqual([high, middle, low]);
  });

  it('starves no priority: one that is n below gets a job every n ageing times', () => {
    const shop = new Shop({ ageingMs: 10 });
    shop.addMany(400, { user: 'important', priority: 2 });
    shop.addMany(50, { user: 'unimportant' });
    const got = shop.serve(210, ({ user }) => user);
    expect(got.get('unimportant')).toBe(10);
    expect(got.get('important')).toBe(200);
  });

  it('keeps reserved slots for those they are reserved for', () => {
    const shop = new Shop({ reserve: { slots: 1, fromPriority: 10 } });
    shop.addMany(5, { user: 'batch' });
    expect(shop.start(3)).toMatch(/^batch/);
    expect(shop.start(3)).toMatch(/^batch/);
    expect(shop.start(3)).toBeUndefined();
    const live = shop.add({ user: 'live', priority: 10 });
    expect(shop.start(3)).toBe(live);
    shop.order.end(live);
    expect(shop.start(3)).toBeUndefined();
    shop.order.end('batch#0');
    expect(shop.start(3)).toMatch(/^batch/);
  });

  it('runs no more jobs of a group at once than it may, and lets others pass', () => {
    const shop = new Shop({ maxActivePerGroup: 2 });
    shop.addMany(5, { user: 'a', group: 'large' });
    shop.addMany(1, { user: 'b', group: 'small' });
    const started = [shop.start(), shop.start(), shop.start(), shop.start()];
    expect(started.map((id) => id?.[0])).toEqual(['a', 'b', 'a', undefined]);
    shop.order.end(started[0] ?? '');
    expect(shop.start()).toMatch(/^a/);
  });

  it('charges nobody for a job that was removed', () => {
    const shop = new Shop();
    for (const id of Array.from({ length: 100 }, () => shop.add({ user: 'a', cost: 50 }))) {
      shop.order.remove(id);
    }
    const first = shop.add({ user: 'a' });
    const second = shop.add({ user: 'b' });
    expect([shop.start(), shop.start(), shop.start()]).toEqual([first, second, undefined]);
  });

  it('foretells the order in which jobs then begin', () => {
    const random = seeded(4);
    const weights = { weightOf: (group: string) => Number(group) + 1 } satisfies FairnessOptions<never>;
    const shop = new Shop(weights);
    for (let index = 0; index < 300; index++) {
      const pick = (count: number): number => Math.floor(random() * count);
      shop.add({ group: `${pick(4)}`, user: `${pick(5)}`, cost: 1 + pick(9), priority: pick(2) });
      if (index % 4 === 3) shop.order.end(shop.start() ?? '');
    }
    const foretold = shop.order.ids(0);
    expect(foretold).toHaveLength(225);
    expect(foretold.map(() => shop.start())).toEqual(foretold);
  });

  it('gives a job that waits again its old place among its user’s', () => {
    const shop = new Shop();
    const [first = '', second = ''] = [shop.add({ user: 'a' }), shop.add({ user: 'a' })];
    shop.start();
    shop.order.end(first);
    shop.order.add({ id: first, claim: { group: 'g', user: 'a', cost: 1 }, priority: 0, sequence: 0 }, 0);
    expect(shop.order.ids(0)).toEqual([first, second]);
  });

  it('stays right while people come, cancel and go, for thousands of turns', () => {
    const random = seeded(5);
    const shop = new Shop({ maxActivePerGroup: 3 });
    const waiting = new Set<string>();
    const running: string[] = [];
    for (let turn = 0; turn < 5000; turn++) {
      const dice = random();
      const [someone] = waiting;
      if (dice < 0.5) {
        waiting.add(shop.add({ group: `${turn % 97}`, user: `${turn % 31}`, cost: 1 + random() }));
      } else if (dice < 0.6 && someone !== undefined) {
        shop.order.remove(someone);
        waiting.delete(someone);
      } else if (dice < 0.8) shop.order.end(running.shift() ?? '');
      else {
        const id = shop.start();
        expect(id === undefined || waiting.delete(id)).toBe(true);
        if (id !== undefined) running.push(id);
      }
      expect(shop.order.size).toBe(waiting.size);
    }
    expect(new Set(shop.order.ids(0))).toEqual(waiting);
  });
});

/** 1 when all have the same, 1/n when one has everything (R. Jain et al., 1984). */
function jainIndex(values: readonly number[]): number {
  const sum = values.reduce((a, b) => a + b, 0);
  const squares = values.reduce((a, b) => a + b * b, 0);
  return sum ** 2 / (values.length * squares);
}

/** Numbers from 0 to 1 that are the same every time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
