import { describe, expect, it } from '@jest/globals';
import { problemsOf } from '@msx/runtime/testing';
import { changedStock, checkedChanges, checkedNewProduct, checkedProduct } from './product.rules.js';

const laptop = { name: 'Laptop', description: 'Fast', price: 99_999, stock: 50, category: 'Electronics' };

describe('checkedNewProduct', () => {
  it('trims texts, and defaults to the currency of the shop', () => {
    const product = checkedNewProduct({ ...laptop, name: ' Laptop ', category: ' Electronics ' });
    expect(product).toEqual({ ...laptop, currency: 'USD' });
  });

  it('accepts products that are free or sold out', () => {
    expect(problemsOf(() => checkedNewProduct({ ...laptop, price: 0, stock: 0 }))).toEqual([]);
  });

  it.each([
    ['no price', { price: undefined }, 'price must be a whole number from 0 to 1000000000000'],
    ['a negative price', { price: -1 }, 'price must be a whole number from 0 to 1000000000000'],
    ['an enormous price', { price: 1e12 + 1 }, 'price must be a whole number from 0 to 1000000000000'],
    ['an invalid currency', { currency: 'usd' }, 'price must have a currency of three capital letters'],
    ['negative stock', { stock: -1 }, 'stock must be a whole number from 0 to 1000000000'],
    ['enormous stock', { stock: 1e9 + 1 }, 'stock must be a whole number from 0 to 1000000000'],
    ['an empty name', { name: ' ' }, 'name must not be empty'],
    ['a long category', { category: 'x'.repeat(101) }, 'category must have at most 100 characters'],
  ])('refuses %s', (_, fields, problem) => {
    expect(problemsOf(() => checkedNewProduct({ ...laptop, ...fields }))).toEqual([problem]);
  });
});

describe('checkedProduct', () => {
  it('leaves out fields that are not given', () => {
    expect(checkedProduct({ stock: 0 })).toEqual({ stock: 0 });
  });
});

describe('checkedChanges', () => {
  it('keeps a change of the stock, and leaves out what is not given', () => {
    const changes = { stockChange: -3, name: ' Notebook ' };
    expect(checkedChanges(changes)).toEqual({ stockChange: -3, name: 'Notebook' });
    expect(checkedChanges({ stock: 3, stockChange: undefined })).toEqual({ stock: 3 });
  });

  it.each([
    ['both', { stock: 1, stockChange: 1 }, 'stockChange must not be given together with stock'],
    [
      'a part of a piece',
      { stockChange: 0.5 },
      'stockChange must be a whole number from -1000000000 to 1000000000',
    ],
  ])('refuses %s', (_, changes, problem) => {
    expect(problemsOf(() => checkedChanges(changes))).toEqual([problem]);
  });
});

describe('changedStock', () => {
  it('adds to the stock or takes from it, up to all of it', () => {
    expect([changedStock(10, 5), changedStock(10, 0), changedStock(10, -10)]).toEqual([15, 10, 0]);
  });

  it('refuses more than the largest stock, and to take more than there is', () => {
    expect(problemsOf(() => changedStock(10, 1e9))).toEqual([
      'stockChange must lead to a stock of at most 1000000000',
    ]);
    expect(() => changedStock(10, -11)).toThrow('the stock is 10, so 11 cannot be taken from it');
  });
});
