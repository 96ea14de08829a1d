import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drivers, TestService } from '@msx/runtime/testing';
import { AppModule } from '../app.module.js';
import { randomUUID } from 'node:crypto';
import { ProductService } from './product.service.js';
import { StockService } from './stock.service.js';

const laptop = (fields = {}) => ({
  name: 'Laptop',
  description: 'Fast',
  price: 99_999,
  stock: 50,
  category: 'Electronics',
  ...fields,
});

describe.each(drivers)('ProductService on %s', (driver) => {
  let service: TestService;
  let products: ProductService;

  beforeAll(async () => {
    service = await TestService.start({ name: 'product-service', module: AppModule, driver });
    products = service.get(ProductService);
  });
  afterAll(() => service.stop());

  const eventsOf = async (id: string) => (await service.outbox()).filter(({ key }) => key === id);

  it('saves a product together with its event', async () => {
    const product = await products.create(laptop({ price: 1e12 }));
    expect(await products.get(product.id)).toEqual(product);
    const { id, createdAt, updatedAt } = product;
    const { price: _, ...fields } = laptop();
    expect(await eventsOf(id)).toEqual([
      {
        topic: 'product.created',
        key: id,
        value: {
          product: {
            id,
            ...fields,
            price: { minorUnits: 1e12, currencyCode: 'USD' },
            createdAt: createdAt.toISOString(),
            updatedAt: updatedAt.toISOString(),
          },
        },
      },
    ]);
  });

  it('updates the given fields and publishes that, without an event for unchanged stock', async () => {
    const { id, createdAt } = await products.create(laptop());
    const updated = await products.update(id, { price: 1, currency: 'EUR' });
    expect(updated).toMatchObject({ ...laptop(), price: 1, currency: 'EUR', createdAt });
    expect(await products.get(id)).toEqual(updated);
    expect((await eventsOf(id)).map(({ topic }) => topic)).toEqual(['product.created', 'product.updated']);
  });

  it('publishes by how much an edit changed the stock', async () => {
    const { id } = await products.create(laptop({ stock: 50 }));
    await products.update(id, { stock: 20 });
    await products.update(id, { stock: 20 });
    const changes = (await eventsOf(id)).filter(({ topic }) => topic === 'product.stock.updated');
    expect(changes.map(({ value }) => value)).toEqual([{ productId: id, stock: 20, change: -30 }]);
  });

  it('publishes changes that add up to the stock under concurrent updates', async () => {
    const { id } = await products.create(laptop({ stock: 100 }));
    const stock = service.get(StockService);
    const take = () =>
      service.database.transaction((tx) =>
        stock.change(tx, { productId: id, change: -1, orderId: randomUUID() }),
      );
    const set = (n: number) => products.update(id, { stock: 100 + n });
    await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? take() : set(n))));
    const changes = (await eventsOf(id)).filter(({ topic }) => topic === 'product.stock.updated');
    const sum = changes.reduce((total, { value }) => total + Number(value.change), 100);
    expect((await products.get(id)).stock).toBe(sum - 10);
  });

  it('keeps what orders take while the stock is changed', async () => {
    const { id } = await products.create(laptop({ stock: 20 }));
    const stock = service.get(StockService);
    const take = () =>
      service.database.transaction((tx) =>
        stock.change(tx, { productId: id, change: -1, orderId: randomUUID() }),
      );
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 ? take() : products.update(id, { stockChange: 3 }))),
    );
    expect((await products.get(id)).stock).toBe(20 - 10 + 30);
    const short = { reason: 'OUT_OF_STOCK', kind: 'precondition' };
    await expect(products.update(id, { name: 'Notebook', stockChange: -41 })).rejects.toMatchObject(short);
    expect(await products.get(id)).toMatchObject({ name: 'Laptop', stock: 40 });
    await products.update(id, { stockChange: -40 });
    const changes = (await eventsOf(id)).filter(({ topic }) => topic === 'product.stock.updated');
    expect(changes.at(-1)!.value).toEqual({ productId: id, change: -40 });
  });

  it.each(['', 'x', 'a\0b', randomUUID()])('does not find product %j', async (id) => {
    const missing = { reason: 'PRODUCT_NOT_FOUND', kind: 'not-found' };
    await expect(products.get(id)).rejects.toMatchObject(missing);
    await expect(products.update(id, { stock: 1 })).rejects.toMatchObject(missing);
    expect(await products.batch([id])).toEqual([]);
  });

  it('refuses invalid input', async () => {
    const invalid = { reason: 'VALIDATION_FAILED', kind: 'invalid' };
    const { id } = await products.create(laptop());
    await expect(products.create(laptop({ price: undefined }))).rejects.toMatchObject(invalid);
    await expect(products.update(id, { stock: -1 })).rejects.toMatchObject(invalid);
    await expect(products.list({ page: 1, limit: -1 })).rejects.toMatchObject(invalid);
    await expect(products.batch(Array.from({ length: 1_001 }, () => id))).rejects.toMatchObject(invalid);
    expect(await products.get(id)).toMatchObject(laptop());
  });

  it('lists and counts one category, by creation time, page by page', async () => {
    const category = randomUUID();
    await Promise.all(Array.from({ length: 7 }, () => products.create(laptop({ category }))));
    await products.create(laptop());
    const pages = [1, 2, 3].map((page) => products.list({ page, limit: 3 }, category));
    const seen = (await Promise.all(pages)).flat();
    expect(await products.count({ category })).toBe(7);
    expect(await products.count()).toBeGreaterThan(7);
    const keys = seen.map(({ createdAt, id }) => `${createdAt.getTime()} ${id}`);
    expect(new Set(keys).size).toBe(7);
    expect(keys).toEqual([...keys].sort());
  });
});
