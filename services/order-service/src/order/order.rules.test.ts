import { describe, expect, it } from '@jest/globals';
import { problemsOf } from '@msx/runtime/testing';
import { checkedOrder, fingerprintOf, type NewOrder } from './order.rules.js';

const price = (minorUnits: number, currencyCode = 'USD') => ({ minorUnits, currencyCode });
const mouse = { productId: 'mouse', quantity: 2, price: price(2_999) };
const cable = { productId: 'cable', quantity: 3, price: price(499) };
const order: NewOrder = { userId: 'jane', items: [mouse, cable] };

describe('checkedOrder', () => {
  it('keeps the items in the requested order and sums them', () => {
    expect(checkedOrder({ ...order, items: [mouse, cable, mouse] })).toEqual({
      items: [
        { productId: 'mouse', quantity: 2, price: 2_999 },
        { productId: 'cable', quantity: 3, price: 499 },
        { productId: 'mouse', quantity: 2, price: 2_999 },
      ],
      total: 4 * 2_999 + 3 * 499,
      currency: 'USD',
    });
  });

  it('sums exactly up to the largest safe integer, and refuses more', () => {
    const items = (quantity: number, minorUnits: number) => [
      { productId: 'gold', quantity, price: price(minorUnits) },
      { productId: 'dust', quantity: 1, price: price(991) },
    ];
    const largest = items(9_007, 999_999_999_999);
    expect(checkedOrder({ ...order, items: largest }).total).toBe(9_007 * 999_999_999_999 + 991);
    expect(problemsOf(() => checkedOrder({ ...order, items: items(9_008, 1e12) }))).toEqual([
      'items must have a total of at most 9007199254740991 minor units',
    ]);
  });

  it.each<[string, Partial<NewOrder>, string]>([
    ['no items', { items: [] }, 'items must have 1 to 100 entries'],
    [
      'too many items',
      { items: Array.from({ length: 101 }, () => mouse) },
      'items must have 1 to 100 entries',
    ],
    ['no user', { userId: '' }, 'userId must be an id'],
    ['no product', { items: [{ ...mouse, productId: '' }] }, 'items[0].productId must be an id'],
    ['a long key', { idempotencyKey: 'x'.repeat(256) }, 'idempotencyKey must have at most 255 characters'],
    [
      'two currencies',
      { items: [mouse, { ...cable, price: price(499, 'EUR') }] },
      'items must have prices in one currency',
    ],
    ['no price', { items: [{ ...mouse, price: undefined }] }, 'items[0].price is required'],
    [
      'a negative price',
      { items: [{ ...mouse, price: price(-1) }] },
      'items[0].price must be a whole number from 0 to 1000000000000',
    ],
  ])('refuses %s', (_, change, problem) => {
    expect(problemsOf(() => checkedOrder({ ...order, ...change }))).toEqual([problem]);
  });

  it('names the first ten problems of many', () => {
    const items = Array.from({ length: 100 }, () => ({ ...mouse, quantity: 0 }));
    const problems = problemsOf(() => checkedOrder({ ...order, items }));
    expect(problems).toHaveLength(10);
    expect(problems[9]).toMatch(/^items\[9\]\.quantity /);
  });

  it.each([0, -1, 10_001, 1.5])('refuses a quantity of %d', (quantity) => {
    expect(problemsOf(() => checkedOrder({ ...order, items: [{ ...mouse, quantity }] }))).toEqual([
      'items[0].quantity must be a whole number from 1 to 10000',
    ]);
  });
});

describe('fingerprintOf', () => {
  const fingerprint = (change: Partial<NewOrder>) =>
    fingerprintOf(checkedOrder({ ...order, ...change }).items);

  it('is the same for the same items only, regardless of prices', () => {
    const cheaper = { ...mouse, price: { minorUnits: 1, currencyCode: 'USD' } };
    expect(fingerprint({})).toBe(fingerprint({ items: [cheaper, cable], idempotencyKey: 'any' }));
    const others = [
      { items: [cable, mouse] },
      { items: [mouse] },
      { items: [mouse, { ...cable, quantity: 4 }] },
    ];
    const all = [fingerprint({}), ...others.map(fingerprint)];
    expect(new Set(all).size).toBe(all.length);
  });
});
