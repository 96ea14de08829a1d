import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { ReceiveBudget, type Holder } from './receive-budget.js';

const MIB = 1 << 20;
const CHUNK = 64 << 10;
const LIMIT = 8 * MIB;

/** A connection that receives one frame, if it may. */
class Sender implements Holder {
  held = 0;
  isReceiving = true;
  isPaused = false;
  isExpired = false;

  constructor(
    private readonly budget: ReceiveBudget,
    private readonly length: number,
  ) {}

  get isDone(): boolean {
    return this.length === 0 || !this.isReceiving;
  }

  pauseReading(): void {
    this.isPaused = true;
  }

  resumeReading(): void {
    this.isPaused = false;
  }

  expire(): void {
    this.isExpired = true;
    this.held = 0;
    this.isReceiving = false;
    this.budget.leave(this);
  }

  /** A chunk arrives; a complete frame is answered at once. */
  receive(): void {
    if (this.isPaused || this.isDone) return;
    this.held = Math.min(this.length, this.held + CHUNK);
    this.budget.update(this);
    if (this.held < this.length) return;
    this.isReceiving = false;
    this.held = 0;
    this.budget.update(this);
  }
}

const heldBy = (senders: Sender[]): number => senders.reduce((sum, { held }) => sum + held, 0);

describe('the memory for requests', () => {
  it('is bounded, whoever sends what in which order, and every request completes', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 4 * MIB }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(lengths, fc.infiniteStream(fc.nat(11)), (list, turns) => {
        const budget = new ReceiveBudget(LIMIT);
        const senders = list.map((length) => new Sender(budget, length));
        for (let i = 0; i < 300; i++) {
          senders[turns.next().value! % senders.length]!.receive();
          // One large request beyond the limit, and of each other connection a little.
          expect(heldBy(senders)).toBeLessThanOrEqual(LIMIT + 4 * MIB + senders.length * 4 * CHUNK);
        }
        for (let round = 0; round < 1000; round++) for (const sender of senders) sender.receive();
        expect(senders.every(({ isDone, isExpired }) => isDone && !isExpired)).toBe(true);
        expect(senders.some(({ isPaused }) => isPaused)).toBe(false);
      }),
    );
  });

  it('leaves small requests alone', () => {
    const budget = new ReceiveBudget(LIMIT);
    const large = Array.from({ length: 4 }, () => new Sender(budget, 100 * MIB));
    for (let i = 0; i < 500; i++) for (const sender of large) sender.receive();
    expect(large.map(({ isPaused }) => isPaused)).toEqual([false, true, true, true]);
    const small = new Sender(budget, CHUNK);
    small.receive();
    expect(small.isDone).toBe(true);
  });

  it('is given back after large requests', () => {
    jest.useFakeTimers();
    try {
      let collections = 0;
      const budget = new ReceiveBudget(LIMIT, () => collections++);
      const small = new Sender(budget, 16 * MIB);
      for (let i = 0; i < 300; i++) small.receive();
      jest.advanceTimersByTime(5000);
      expect([small.isDone, collections]).toEqual([true, 0]);
      const large = new Sender(budget, 40 * MIB);
      for (let i = 0; i < 1000; i++) large.receive();
      jest.advanceTimersByTime(5000);
      expect([large.isDone, collections]).toEqual([true, 1]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('does not wait for a connection that has stalled', () => {
    jest.useFakeTimers();
    try {
      const budget = new ReceiveBudget(LIMIT);
      const [first, second] = [new Sender(budget, 100 * MIB), new Sender(budget, 100 * MIB)];
      for (let i = 0; i < 100; i++) for (const sender of [first, second]) sender.receive();
      jest.advanceTimersByTime(9000);
      first.receive();
      jest.advanceTimersByTime(9000);
      expect([first.isExpired, second.isPaused]).toEqual([false, true]);
      jest.advanceTimersByTime(1000);
      expect([first.isExpired, second.isPaused]).toEqual([true, false]);
    } finally {
      jest.useRealTimers();
    }
  });
});
