import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drivers, TestService } from '@msx/runtime/testing';
import { AppModule } from '../app.module.js';
import { ProductSort } from '../gen/product.js';
import { type ProductFilter, sortOf } from './product.filter.js';
import { ProductService } from './product.service.js';

describe.each(drivers)('a search for products on %s', (driver) => {
  let service: TestService;
  let products: ProductService;

  beforeAll(async () => {
    service = await TestService.start({ name: 'product-service', module: AppModule, driver });
    products = service.get(ProductService);
    await add({ name: 'Mouse', description: 'Wireless', price: 2_999 });
    await add({ name: 'Cable', description: 'For a mouse', price: 500, stock: 0 });
    await add({ name: 'Novel', category: 'Books', price: 2_999, currency: 'EUR' });
    await add({ name: 'Atlas', category: 'Books', price: 10_000 });
  });
  afterAll(() => service.stop());

  const add = (fields: object) =>
    products.create({ name: 'N', description: '', category: 'Electronics', price: 1, stock: 5, ...fields });
  const names = async (filter: ProductFilter, sort = ProductSort.PRODUCT_SORT_NAME_ASC) => {
    const { edges } = await products.search(filter, sortOf(sort), { first: 100, after: '' });
    expect(await products.count(filter)).toBe(edges.length);
    return edges.map(({ node }) => node.name).join(' ');
  };
  const usd = (minorUnits: number) => ({ minorUnits, currencyCode: 'USD' });

  it.each<[ProductFilter, string]>([
    [{}, 'Atlas Cable Mouse Novel'],
    [{ category: 'Books' }, 'Atlas Novel'],
    [{ inStock: true }, 'Atlas Mouse Novel'],
    [{ inStock: false }, 'Cable'],
    [{ search: ' MOUSE ' }, 'Cable Mouse'],
    [{ search: '%' }, ''],
    [{ priceFrom: usd(2_999) }, 'Atlas Mouse'],
    [{ priceTo: usd(2_999) }, 'Cable Mouse'],
    [{ priceFrom: usd(501), priceTo: usd(9_999), search: 'mouse', category: 'Electronics' }, 'Mouse'],
    [{ priceFrom: { minorUnits: 1, currencyCode: 'EUR' } }, 'Novel'],
  ])('finds by %j', async (filter, found) => expect(await names(filter)).toBe(found));

  it.each([
    [ProductSort.PRODUCT_SORT_UNSPECIFIED, 'Cable Atlas'],
    [ProductSort.PRODUCT_SORT_PRICE_ASC, 'Cable Atlas'],
    [ProductSort.PRODUCT_SORT_PRICE_DESC, 'Atlas Cable'],
    [ProductSort.PRODUCT_SORT_NAME_DESC, 'Cable Atlas'],
  ])('sorts by %i', async (sort, found) => {
    const listed = (await names({}, sort)).split(' ').filter((name) => found.includes(name));
    expect(listed.join(' ')).toBe(found);
  });

  it('refuses invalid filters', async () => {
    const invalid = { reason: 'VALIDATION_FAILED', kind: 'invalid' };
    await expect(names({ search: 'a\0b' })).rejects.toMatchObject(invalid);
    await expect(names({ category: 'x'.repeat(101) })).rejects.toMatchObject(invalid);
  });
});
