import { describe, expect, it } from '@jest/globals';
import { Alarm } from './alarm.js';

describe('Alarm', () => {
  const timed = async (work: () => Promise<void>): Promise<number> => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };

  it('waits as long as it is told to', async () => {
    expect(await timed(() => new Alarm().wait(50))).toBeGreaterThanOrEqual(49);
  });

  it('ends early when it rings, before or during the wait', async () => {
    const alarm = new Alarm();
    alarm.ringIn(0);
    await alarm.wait(60_000);
    setImmediate(() => alarm.ringIn(10));
    await alarm.wait(60_000);
    expect(await timed(() => alarm.wait(30))).toBeGreaterThanOrEqual(29);
  });

  it('is not delayed by a later time', async () => {
    const alarm = new Alarm();
    const wait = alarm.wait(30);
    alarm.ringIn(60_000);
    await wait;
  });
});
