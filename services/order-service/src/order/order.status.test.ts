import { describe, expect, it } from '@jest/globals';
import { canBecome, type OrderStatus } from './order.status.js';

const STATUSES: OrderStatus[] = ['PENDING', 'CONFIRMED', 'REJECTED', 'CANCELLED'];

describe('an order', () => {
  it('has exactly these transitions', () => {
    const transitions = STATUSES.flatMap((from) =>
      STATUSES.filter((to) => canBecome(from, to)).map((to) => `${from} > ${to}`),
    );
    expect(transitions).toEqual([
      'PENDING > CONFIRMED',
      'PENDING > REJECTED',
      'PENDING > CANCELLED',
      'CONFIRMED > CANCELLED',
    ]);
  });
});
