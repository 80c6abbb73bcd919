import { describe, expect, it } from 'vitest';

import { BucketQueue } from '../../../src/engine/math/bucket-queue.js';

describe('BucketQueue', () => {
  it('gives the highest priority first, the newest first among equals', () => {
    const queue = new BucketQueue(5, 10);
    queue.push(0, 3);
    queue.push(1, 9);
    queue.push(2, 3);
    queue.push(3, 0);
    expect([queue.pop(), queue.pop()]).toEqual([1, 2]);
    queue.push(4, 5);
    expect([queue.pop(), queue.pop(), queue.pop()]).toEqual([4, 0, 3]);
  });

  it('says -1 when it is empty, and can be filled again', () => {
    const queue = new BucketQueue(2, 2);
    expect(queue.pop()).toBe(-1);
    queue.push(1, 1);
    expect(queue.pop()).toBe(1);
    expect(queue.pop()).toBe(-1);
  });
});
