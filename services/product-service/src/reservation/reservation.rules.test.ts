import { describe, expect, it } from '@jest/globals';
import { Product } from '../product/product.entity.js';
import { refusalOf } from './reservation.rules.js';

const product = (id: string, price: number, currency = 'USD') =>
  Object.assign(new Product(), { id, price, currency });
const catalogue = [product('mouse', 2_999), product('cable', 499), product('gift', 0, 'EUR')];
const item = (productId: string, minorUnits: number, currencyCode = 'USD') => ({
  productId,
  quantity: 1,
  price: { minorUnits, currencyCode },
});
const mouse = item('mouse', 2_999);

describe('refusalOf', () => {
  it.each([
    ['the prices of the catalogue', [mouse, item('cable', 499), mouse], undefined],
    ['a price of nothing for a gift', [item('gift', 0, 'EUR')], undefined],
    ['a lower price', [item('mouse', 1)], 'PRICE_CHANGED'],
    ['a higher price', [item('mouse', 3_000)], 'PRICE_CHANGED'],
    ['another currency', [item('mouse', 2_999, 'XXX')], 'PRICE_CHANGED'],
    ['no currency', [item('mouse', 2_999, '')], 'PRICE_CHANGED'],
    ['one wrong price among right ones', [mouse, item('cable', 499), item('mouse', 1)], 'PRICE_CHANGED'],
    ['an unknown product', [mouse, item('laser', 1)], 'PRODUCT_NOT_FOUND'],
    ['no price at all', [{ productId: 'mouse', quantity: 1 }], undefined],
  ])('decides on %s', (_, items, refusal) => {
    expect(refusalOf(items, catalogue)).toBe(refusal);
  });
});
