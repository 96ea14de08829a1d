import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
const { shop } = gateway;
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

const nested = `query ($userId: ID!) {
  userOrders(userId: $userId, limit: 100) { id user { name } items { productId product { id name } } }
}`;

describe('orders', () => {
  it('show their user and products with one call to each service', async () => {
    const user = shop.addUser('Jane');
    const products = Array.from({ length: 5 }, (_, n) => shop.addProduct({ name: `Product ${n}` }));
    const orders = Array.from({ length: 30 }, () => shop.addOrder(user.id, products));
    shop.forgetCalls();

    const { data } = await gateway.gql(nested, { userId: user.id });

    const items = products.map(({ id, name }) => ({ productId: id, product: { id, name } }));
    expect(data.userOrders).toEqual(orders.map(({ id }) => ({ id, user: { name: 'Jane' }, items })));
    expect(shop.userService.calls).toEqual(['batchGetUsers']);
    expect(shop.productService.calls).toEqual(['batchGetProducts']);
    expect(shop.orderService.calls).toEqual(['listUserOrders']);
  });

  it('are loaded again for the next request', async () => {
    const product = shop.addProduct({ name: 'Old' });
    const { id } = shop.addOrder(shop.addUser().id, [product]);
    const query = 'query ($id: ID!) { order(id: $id) { items { product { name } } } }';
    expect((await gateway.gql(query, { id })).data.order.items[0].product).toEqual({ name: 'Old' });
    shop.products.set(product.id, { ...product, name: 'New' });
    expect((await gateway.gql(query, { id })).data.order.items[0].product).toEqual({ name: 'New' });
  });

  it('outlive their user and products, which are then null', async () => {
    const { id } = shop.addOrder('gone', [{ ...shop.addProduct(), id: 'gone' }]);
    const query = 'query ($id: ID!) { order(id: $id) { userId user { id } items { product { id } } } }';
    const { data, errors } = await gateway.gql(query, { id });
    expect(errors).toBeUndefined();
    expect(data.order).toEqual({ userId: 'gone', user: null, items: [{ product: null }] });
  });

  it('are counted, and cancelled with a reason', async () => {
    const { id: userId } = shop.addUser();
    const { id } = shop.addOrder(userId, [shop.addProduct()]);
    const cancel = 'mutation ($id: ID!) { cancelOrder(id: $id, reason: "too slow") { status reason } }';
    const cancelled = await gateway.gql(cancel, { id });
    expect(cancelled.data.cancelOrder).toEqual({ status: 'CANCELLED', reason: 'too slow' });
    const count = await gateway.gql('query ($userId: ID!) { userOrdersCount(userId: $userId) }', { userId });
    expect(count.data).toEqual({ userOrdersCount: 1 });
  });

  it('tell what happened to them, in pages', async () => {
    const { id } = shop.addOrder(shop.addUser().id, [shop.addProduct()]);
    const query = `query ($id: ID!) { order(id: $id) {
      createdAt all: history { version type at by reason } last: history(first: 1, after: 1) { version }
    } }`;
    const { order } = (await gateway.gql(query, { id })).data;
    expect(order.all).toEqual([
      { version: 1, type: 'CREATED', at: order.createdAt, by: 'jane', reason: null },
      { version: 2, type: 'CANCELLED', at: order.createdAt, by: null, reason: 'too slow' },
    ]);
    expect(order.last).toEqual([{ version: 2 }]);
    const tooMany = 'query ($id: ID!) { order(id: $id) { history(first: 101) { version } } }';
    const { data, errors } = await gateway.gql(tooMany, { id });
    expect(data.order).toEqual({ history: null });
    expect(errors).toMatchObject([{ extensions: { code: 'VALIDATION_FAILED' } }]);
  });

  it('that do not exist are ORDER_NOT_FOUND', async () => {
    const { errors } = await gateway.gql('mutation { cancelOrder(id: "nothing") { id } }');
    expect(errors).toMatchObject([{ path: ['cancelOrder'], extensions: { code: 'ORDER_NOT_FOUND' } }]);
  });
});

describe('while a service is down', () => {
  it('everything else is answered', async () => {
    const { id: userId } = shop.addUser();
    const product = shop.addProduct({ name: 'Mouse' });
    const { id } = shop.addOrder(userId, [product]);
    shop.userService.stop();

    const query =
      'query ($id: ID!) { order(id: $id) { id user { name } items { product { name } } } users { id } }';
    const { data, errors, status } = await gateway.gql(query, { id });

    expect(status).toBe(200);
    expect(data.order).toEqual({ id, user: null, items: [{ product: { name: 'Mouse' } }] });
    expect(data.users).toBeNull();
    expect(errors!.map(({ path }) => path).sort()).toEqual([['order', 'user'], ['users']]);
    const shown = JSON.stringify(errors);
    expect(shown).not.toMatch(/127\.0\.0\.1|ECONNREFUSED|user-service|stacktrace/);
    await shop.userService.start();
  });
});
