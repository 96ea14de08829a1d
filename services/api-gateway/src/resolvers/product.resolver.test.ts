import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

describe('products', () => {
  it('are listed and counted by category', async () => {
    gateway.shop.addProduct({ name: 'Mouse', category: 'Electronics' });
    gateway.shop.addProduct({ name: 'Novel', category: 'Books' });
    const query =
      '{ products(category: "Books") { name } productsCount(category: "Books") all: productsCount }';
    expect((await gateway.gql(query)).data).toEqual({
      products: [{ name: 'Novel' }],
      productsCount: 1,
      all: 2,
    });
  });

  it('are shown with an exact price and its currency', async () => {
    const { id } = gateway.shop.addProduct({ price: { minorUnits: 7, currencyCode: 'USD' } });
    const { data } = await gateway.gql('query ($id: ID!) { product(id: $id) { price currency } }', { id });
    expect(data.product).toEqual({ price: 0.07, currency: 'USD' });
  });

  it('change only in the given fields, and may become free or sold out', async () => {
    const { id } = gateway.shop.addProduct({ name: 'Mouse', description: 'Wireless' });
    const update = `mutation ($id: ID!) {
      updateProduct(id: $id, price: 0, stock: 0, description: "") { name description price stock }
    }`;
    const expected = { name: 'Mouse', description: '', price: 0, stock: 0 };
    expect((await gateway.gql(update, { id })).data.updateProduct).toEqual(expected);
    expect(gateway.shop.products.get(id)!.price).toEqual({ minorUnits: 0, currencyCode: 'USD' });
  });

  it('change their stock by an amount, from what it is now', async () => {
    const { id } = gateway.shop.addProduct({ stock: 10 });
    const change = (by: number) =>
      gateway.gql(`mutation { updateProduct(id: "${id}", stockChange: ${by}) { stock } }`);
    expect((await change(5)).data.updateProduct).toEqual({ stock: 15 });
    expect((await change(-2)).data.updateProduct).toEqual({ stock: 13 });
    expect((await change(-1_000_000_001)).errors![0]!.extensions.validation).toEqual([
      { field: 'stockChange', message: 'must not be less than -1000000000' },
    ]);
  });

  it('lose their description with null, but no required field', async () => {
    const { id } = gateway.shop.addProduct({ name: 'Mouse', description: 'Wireless' });
    const cleared = `mutation { updateProduct(id: "${id}", description: null) { name description } }`;
    expect((await gateway.gql(cleared)).data.updateProduct).toEqual({ name: 'Mouse', description: '' });
    for (const field of ['name', 'price', 'stock', 'stockChange', 'category']) {
      const { errors } = await gateway.gql(
        `mutation { updateProduct(id: "${id}", ${field}: null) { name } }`,
      );
      const { code, validation } = errors![0]!.extensions;
      expect([code, validation]).toEqual(['VALIDATION_FAILED', [{ field, message: 'must not be null' }]]);
    }
  });

  it('that do not exist are PRODUCT_NOT_FOUND', async () => {
    const { errors } = await gateway.gql('{ product(id: "nothing") { id } }');
    expect(errors).toMatchObject([{ path: ['product'], extensions: { code: 'PRODUCT_NOT_FOUND' } }]);
  });
});
