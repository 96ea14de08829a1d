import { describe, expect, it } from '@jest/globals';
import { EventQueue } from './event-queue.js';

describe('the queue of events for a subscriber', () => {
  it('keeps events in order, whether the subscriber waits or not', async () => {
    const queue = new EventQueue<number>();
    queue.push(1);
    queue.push(2);
    expect([await queue.next(), await queue.next()].map(({ value }) => value)).toEqual([1, 2]);
    const third = queue.next();
    queue.push(3);
    expect(await third).toEqual({ done: false, value: 3 });
  });

  it('is bounded: a subscriber that is too slow gets an error, and its events are dropped', async () => {
    const queue = new EventQueue<number>(2);
    let released = 0;
    queue.onEnd(() => released++);
    for (const value of [1, 2, 3, 4]) queue.push(value);
    expect(released).toBe(1);
    await expect(queue.next()).rejects.toMatchObject({ reason: 'SUBSCRIBER_TOO_SLOW' });
    expect(await queue.next()).toEqual({ done: true, value: undefined });
  });

  it('ends with the subscriber, even while it waits', async () => {
    const queue = new EventQueue<number>();
    let released = 0;
    queue.onEnd(() => released++);
    const waiting = queue.next();
    await queue.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    queue.push(1);
    expect(await queue.next()).toEqual({ done: true, value: undefined });
    expect(released).toBe(1);
    const late = new EventQueue<number>();
    await late.return();
    late.onEnd(() => released++);
    expect(released).toBe(2);
  });
});
