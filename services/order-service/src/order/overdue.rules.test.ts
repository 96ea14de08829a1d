import { describe, expect, it } from '@jest/globals';
import { ReservationState } from '../gen/product.js';
import { decideLate, isReturned } from './overdue.rules.js';

const of = (state: ReservationState, reason = '') => ({ state, reason });
const taken = of(ReservationState.RESERVATION_STATE_TAKEN);
const rejected = of(ReservationState.RESERVATION_STATE_REJECTED, 'OUT_OF_STOCK');
const released = of(ReservationState.RESERVATION_STATE_RELEASED);
const cancelled = of(ReservationState.RESERVATION_STATE_CANCELLED);

describe('decideLate', () => {
  it.each([false, true])('applies what the stock decided, told of the order again: %s', (asked) => {
    expect(decideLate(taken, asked)).toEqual({ accepted: true, reason: '' });
    expect(decideLate(rejected, asked)).toEqual({ accepted: false, reason: 'OUT_OF_STOCK' });
    const over = { accepted: false, reason: 'ORDER_CANCELLED' };
    expect([decideLate(released, asked), decideLate(cancelled, asked)]).toEqual([over, over]);
  });

  it('asks again once, and then rejects', () => {
    expect(decideLate(undefined, false)).toBe('ask-again');
    expect(decideLate(undefined, true)).toEqual({ accepted: false, reason: 'NOT_DECIDED' });
  });
});

describe('isReturned', () => {
  it('holds once the stock knows that the order is over', () => {
    expect([undefined, taken, rejected, released, cancelled].map(isReturned)).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });
});
