import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
const { shop } = gateway;
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

const createOrder = `mutation ($userId: ID!, $items: [OrderItemInput!]!, $totalAmount: Float) {
  createOrder(userId: $userId, items: $items, totalAmount: $totalAmount) {
    id status totalAmount currency items { productId quantity price }
  }
}`;

const order = (items: object[], more: object = {}, headers = {}) =>
  gateway.gql(createOrder, { userId: shop.addUser().id, items, ...more }, headers);

const cents = (minorUnits: number) => ({ minorUnits, currencyCode: 'USD' });

describe('createOrder', () => {
  it('calls users and stock, then orders, and takes the prices from the catalogue', async () => {
    const mouse = shop.addProduct({ price: cents(1999) });
    const { id: userId } = shop.addUser();
    shop.forgetCalls();
    const { data } = await order([{ productId: mouse.id, quantity: 3 }], { userId });
    expect(data.createOrder).toMatchObject({
      status: 'PENDING',
      totalAmount: 59.97,
      currency: 'USD',
      items: [{ productId: mouse.id, quantity: 3, price: 19.99 }],
    });
    expect(shop.userService.calls).toEqual(['validateUser']);
    expect(shop.productService.calls).toEqual(['checkProductStock']);
    expect(shop.orderService.calls).toEqual(['createOrder']);
  });

  it('passes the idempotency key on, and asks for no earlier order', async () => {
    const { id: productId } = shop.addProduct();
    shop.forgetCalls();
    await order([{ productId, quantity: 1 }], {}, { 'idempotency-key': 'key-1' });
    expect(shop.orderService.calls).toEqual(['createOrder']);
    await order([{ productId, quantity: 1 }]);
    expect(shop.idempotencyKeys.slice(-2)).toEqual(['key-1', '']);
  });

  it('answers a retry with the first order, even if the stock is gone by then', async () => {
    const { id: userId } = shop.addUser();
    const product = shop.addProduct({ stock: 1 });
    const place = () =>
      order([{ productId: product.id, quantity: 1 }], { userId }, { 'idempotency-key': 'the same' });
    const first = await place();
    shop.forgetCalls();
    expect((await place()).data).toEqual(first.data);
    expect(shop.orderService.calls).toEqual(['createOrder']);
    product.stock = 0;
    shop.forgetCalls();
    expect((await place()).data).toEqual(first.data);
    expect(shop.orderService.calls).toEqual(['findOrder']);
    expect(first.data.createOrder.status).toBe('PENDING');
  });

  it('refuses an unknown user, also of unknown products', async () => {
    shop.forgetCalls();
    const { data, errors } = await order([{ productId: 'p', quantity: 1 }], { userId: 'nobody' });
    expect(data).toEqual({ createOrder: null });
    expect(errors).toMatchObject([{ extensions: { code: 'USER_NOT_FOUND' } }]);
    expect(shop.orderService.calls).toEqual([]);
  });

  it('names the products that do not exist', async () => {
    const { id } = shop.addProduct();
    const { errors } = await order([
      { productId: id, quantity: 1 },
      { productId: 'nothing', quantity: 1 },
    ]);
    expect(errors).toMatchObject([{ extensions: { code: 'PRODUCT_NOT_FOUND', productIds: ['nothing'] } }]);
  });

  it('names each shortage and how much is left, over all items of a product', async () => {
    const { id: productId } = shop.addProduct({ name: 'Laptop', stock: 3 });
    const { errors } = await order([
      { productId, quantity: 2 },
      { productId, quantity: 2 },
    ]);
    const shortages = [{ productId, name: 'Laptop', requested: 4, available: 3 }];
    expect(errors).toMatchObject([
      {
        message: 'not enough in stock: Laptop: 4 requested, 3 left',
        extensions: { code: 'OUT_OF_STOCK', shortages },
      },
    ]);
  });

  it.each([
    ['price', { price: 29.98 }, {}],
    ['total', {}, { totalAmount: 59.97 }],
  ])('refuses an outdated %s with the current ones', async (_, item, more) => {
    const { id: productId } = shop.addProduct({ name: 'Mouse', price: cents(2999) });
    shop.forgetCalls();
    const { errors } = await order([{ productId, quantity: 2, ...item }], more);
    const prices = [{ productId, price: 29.99, currency: 'USD' }];
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('Mouse'),
        extensions: { code: 'PRICE_CHANGED', prices, totalAmount: 59.98 },
      },
    ]);
    expect(shop.orderService.calls).toEqual([]);
  });

  it('accepts sums that floating point gets wrong', async () => {
    const one = shop.addProduct({ price: cents(10) });
    const two = shop.addProduct({ price: cents(20) });
    const items = [one, two].map(({ id }) => ({ productId: id, quantity: 1 }));
    expect((await order(items, { totalAmount: 0.3 })).data.createOrder.totalAmount).toBe(0.3);
  });
});
