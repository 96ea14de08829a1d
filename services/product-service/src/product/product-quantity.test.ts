import { describe, expect, it } from '@jest/globals';
import { problemsOf } from '@msx/runtime/testing';
import { checkQuantities, perProduct } from './product-quantity.js';

describe('perProduct', () => {
  it('lists each product once, with its total quantity, sorted by id', () => {
    const items = [
      { productId: 'b', quantity: 2 },
      { productId: 'a', quantity: 1 },
      { productId: 'b', quantity: 3 },
    ];
    expect(perProduct(items)).toEqual([
      { productId: 'a', quantity: 1 },
      { productId: 'b', quantity: 5 },
    ]);
  });
});

describe('checkPieces', () => {
  it.each([0, -1, 1.5, 2 ** 31])('refuses a quantity of %d', (quantity) => {
    expect(problemsOf(() => checkQuantities([{ productId: 'a', quantity }]))).toEqual([
      'items[0].quantity must be a whole number from 1 to 2147483647',
    ]);
  });

  it('refuses more than 1,000 items', () => {
    const items = Array.from({ length: 1_001 }, () => ({ productId: 'a', quantity: 1 }));
    expect(problemsOf(() => checkQuantities(items))).toEqual(['items must have at most 1000 entries']);
  });
});
