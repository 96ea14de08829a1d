import { describe, expect, it } from '@jest/globals';
import { problemsOf } from '@msx/runtime/testing';
import { checkPieces, perProduct } from './pieces.js';

describe('perProduct', () => {
  it('names each product once, with the sum of its pieces, in order of id', () => {
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
  it.each([0, -1, 1.5, 2 ** 31])('refuses %d pieces', (quantity) => {
    expect(problemsOf(() => checkPieces([{ productId: 'a', quantity }]))).toEqual([
      'items[0].quantity must be a whole number from 1 to 2147483647',
    ]);
  });

  it('refuses more than 1,000 items', () => {
    const items = Array.from({ length: 1_001 }, () => ({ productId: 'a', quantity: 1 }));
    expect(problemsOf(() => checkPieces(items))).toEqual(['items must be at most 1000']);
  });
});
