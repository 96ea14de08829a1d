import { describe, expect, it } from '@jest/globals';
import { Slots } from './slots.js';

const refused = { reason: 'RATE_LIMITED', kind: 'exhausted', metadata: { retryAfter: '1' } };

/** A task that runs until its `end` is called. */
function pending(slots: Slots) {
  let end = (): void => undefined;
  let began = false;
  const done = slots.run(() => {
    began = true;
    return new Promise<void>((resolve) => (end = resolve));
  });
  return { done, end: () => end(), began: () => began };
}

describe('slots', () => {
  it('run some tasks at a time, queue some in order, and refuse the rest at once', async () => {
    const slots = new Slots({ concurrency: 2, queueLength: 1, timeoutMs: 60_000 });
    const [first, second, third, fourth] = Array.from({ length: 4 }, () => pending(slots));
    await expect(fourth!.done).rejects.toMatchObject(refused);
    expect([first, second, third].map((one) => one!.began())).toEqual([true, true, false]);
    first!.end();
    await first!.done;
    expect(third!.began()).toBe(true);
    second!.end();
    third!.end();
    await Promise.all([second!.done, third!.done]);
    await slots.run(async () => undefined);
  });

  it('refuse tasks that have waited too long', async () => {
    const slots = new Slots({ concurrency: 1, queueLength: 9, timeoutMs: 20 });
    const first = pending(slots);
    await expect(pending(slots).done).rejects.toMatchObject(refused);
    first.end();
    await first.done;
    await slots.run(async () => undefined);
  });

  it('are released by tasks that fail', async () => {
    const slots = new Slots({ concurrency: 1, queueLength: 0, timeoutMs: 20 });
    await expect(slots.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await slots.run(async () => undefined);
  });
});
