import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DomainError } from '@msx/runtime';
import { TestProcess } from '@msx/runtime/testing';
import { ProductServiceService as rpc, ProductSort } from '../gen/product.js';

describe('ProductController', () => {
  let service: TestProcess;

  beforeAll(
    async () => void (service = await TestProcess.start(new URL('../../dist/main.js', import.meta.url))),
  );
  afterAll(async () => expect(await service.stop()).toBe(0));

  const price = { minorUnits: 99_999, currencyCode: 'USD' };
  const laptop = { name: 'Laptop', description: 'Fast', price, stock: 50, category: 'Electronics' };
  const create = async (fields = {}) => {
    const { product } = await service.call(rpc.createProduct, { ...laptop, ...fields });
    return product!;
  };

  it('creates, reads and changes products', async () => {
    const created = await create();
    expect(created).toMatchObject(laptop);
    const { id } = created;
    expect(await service.call(rpc.getProduct, { id })).toEqual({ product: created });
    expect(await service.call(rpc.batchGetProducts, { ids: [id] })).toEqual({ products: [created] });
    const change = { id, stock: 0, price: { minorUnits: 5, currencyCode: '' } };
    const { product: updated } = await service.call(rpc.updateProduct, change);
    const changed = { stock: 0, price: { ...price, minorUnits: 5 }, updatedAt: updated!.updatedAt };
    expect(updated).toEqual({ ...created, ...changed });
  });

  it('refuses a request that cannot be decoded, naming the field, and logs it once', async () => {
    const units = Buffer.from([8, ...Array<number>(8).fill(0xff), 0x7f]);
    const requests = [
      { bytes: Buffer.from([26, units.length, ...units]), field: 'price.minorUnits' },
      { bytes: Buffer.from([10, 1, 0xff]), field: 'name' },
      { bytes: Buffer.from([10, 5, 65]), field: undefined },
    ];
    for (const { bytes, field } of requests) {
      const raw = { ...rpc.createProduct, requestSerialize: () => bytes };
      const refusal = (await service.call(raw, laptop).catch((error: unknown) => error)) as DomainError;
      expect([refusal.kind, refusal.reason]).toEqual([
        'invalid',
        field ? 'VALIDATION_FAILED' : 'MALFORMED_REQUEST',
      ]);
      if (field) expect(JSON.parse(refusal.metadata.fields!)).toMatchObject([{ field }]);
      const lines = await service.logged(({ reason }) => reason === refusal.message);
      expect(lines).toMatchObject([
        { method: 'ProductController.createProduct', status: 'INVALID_ARGUMENT' },
      ]);
    }
  });

  it('keeps the price when it is not given', async () => {
    const { id } = await create();
    const { product } = await service.call(rpc.updateProduct, { id, name: 'Notebook', price: undefined });
    expect(product).toMatchObject({ ...laptop, name: 'Notebook' });
  });

  it('lists and counts one category, or all', async () => {
    const product = await create({ category: 'Rare' });
    const page = { page: 1, limit: 100 };
    expect(await service.call(rpc.listProducts, { ...page, category: 'Rare' })).toEqual({
      products: [product],
    });
    const unset = { page: 0, limit: 0, category: 'Rare' };
    expect(await service.call(rpc.listProducts, unset)).toEqual({ products: [product] });
    expect(await service.call(rpc.countProducts, { category: 'Rare' })).toEqual({ count: 1 });
    const { products } = await service.call(rpc.listProducts, page);
    expect(await service.call(rpc.countProducts, {})).toEqual({ count: products.length });
    expect(products.length).toBeGreaterThan(1);
  });

  it('searches after a cursor, and counts all matches', async () => {
    const category = 'Books';
    for (const minorUnits of [300, 100, 200]) await create({ category, price: { ...price, minorUnits } });
    const filter = { category, priceFrom: { ...price, minorUnits: 200 }, priceTo: undefined };
    const request = { filter, sort: ProductSort.PRODUCT_SORT_PRICE_ASC, first: 1, after: '' };
    const { edges, hasNextPage } = await service.call(rpc.searchProducts, request);
    expect([edges[0]!.product!.price!.minorUnits, hasNextPage]).toEqual([200, true]);
    const rest = await service.call(rpc.searchProducts, { ...request, after: edges[0]!.cursor });
    expect([rest.edges[0]!.product!.price!.minorUnits, rest.hasNextPage]).toEqual([300, false]);
    expect(await service.call(rpc.countProducts, { filter })).toEqual({ count: 2 });
    const all = await service.call(rpc.searchProducts, { ...request, first: 0 });
    expect(all.edges).toHaveLength(2);
    const fields = JSON.stringify([
      { field: 'after', message: 'must be a cursor of this list in this order' },
    ]);
    const refused = { reason: 'VALIDATION_FAILED', kind: 'invalid', metadata: { fields } };
    await expect(service.call(rpc.searchProducts, { ...request, after: 'x' })).rejects.toMatchObject(refused);
  });

  it('checks the stock', async () => {
    const { id: productId } = await create({ stock: 3 });
    const request = [
      { productId, quantity: 3 },
      { productId: 'x', quantity: 1 },
    ];
    const { items } = await service.call(rpc.checkProductStock, { items: request });
    expect(items).toEqual([
      { productId, exists: true, available: true, stock: 3, price },
      { productId: 'x', exists: false, available: false, stock: 0, price: undefined },
    ]);
  });

  it('has no reservation of an order that has not arrived', async () => {
    expect(await service.call(rpc.getReservation, { orderId: 'x' })).toEqual({ reservation: undefined });
    const invalid = { reason: 'VALIDATION_FAILED', kind: 'invalid' };
    await expect(service.call(rpc.getReservation, { orderId: '' })).rejects.toMatchObject(invalid);
    await expect(service.call(rpc.getReservation, { orderId: 'x'.repeat(65) })).rejects.toMatchObject(
      invalid,
    );
  });

  it('returns the reason of an error', async () => {
    const missing = { reason: 'PRODUCT_NOT_FOUND', kind: 'not-found' };
    await expect(service.call(rpc.getProduct, { id: 'x' })).rejects.toMatchObject(missing);
    const invalid = { reason: 'VALIDATION_FAILED', kind: 'invalid' };
    await expect(create({ price: undefined })).rejects.toMatchObject(invalid);
    await expect(create({ stock: -1 })).rejects.toMatchObject(invalid);
  });
});
