import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drivers, TestService } from '@msx/runtime/testing';
import { AppModule } from '../app.module.js';
import { randomUUID } from 'node:crypto';
import { Product } from './product.entity.js';
import { ProductService } from './product.service.js';
import { StockService } from './stock.service.js';

describe.each(drivers)('StockService on %s', (driver) => {
  let service: TestService;
  let stock: StockService;

  beforeAll(async () => {
    service = await TestService.start({ name: 'product-service', module: AppModule, driver });
    stock = service.get(StockService);
  });
  afterAll(() => service.stop());

  const add = (units: number) =>
    service
      .get(ProductService)
      .create({ name: 'Mouse', description: '', price: 2_999, stock: units, category: '' });

  it('answers the items in the requested order', async () => {
    const product = await add(10);
    const unknown = randomUUID();
    const items = [
      { productId: unknown, quantity: 1 },
      { productId: product.id, quantity: 10 },
    ];
    expect(await stock.check(items)).toEqual([
      { productId: unknown, product: undefined, available: false },
      { productId: product.id, product, available: true },
    ]);
  });

  it('requires enough stock for all items of one product together', async () => {
    const { id: productId } = await add(10);
    const available = async (...quantities: number[]) =>
      (await stock.check(quantities.map((quantity) => ({ productId, quantity })))).map(
        (item) => item.available,
      );
    expect(await available(11)).toEqual([false]);
    expect(await available(5, 5)).toEqual([true, true]);
    expect(await available(5, 6)).toEqual([false, false]);
  });

  it('refuses a quantity of zero', async () => {
    const invalid = { reason: 'VALIDATION_FAILED' };
    await expect(stock.check([{ productId: 'x', quantity: 0 }])).rejects.toMatchObject(invalid);
  });

  it('cannot become negative, not even by a direct update', async () => {
    const { id } = await add(1);
    const write = service.database.transaction((tx) => tx.update(Product, { id }, { stock: -1 }));
    await expect(write).rejects.toThrow(/products_stock_not_negative/);
  });
});
