import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';
import { operations } from './documented-operations.fixture.js';

const gateway = new Gateway();
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe('the examples in the description', () => {
  it('create, list and show a user', async () => {
    const { createUser: john } = (await gateway.gql(operations.createUser)).data;
    expect(john).toEqual({
      id: expect.any(String),
      name: 'John Doe',
      email: 'john@example.com',
      createdAt: isoTime,
    });
    expect((await gateway.gql(operations.users)).data).toEqual({ users: [john] });
    expect((await gateway.gql(operations.user.replace('user-id-here', john.id))).data).toEqual({
      user: john,
    });
  });

  it('create and list a product', async () => {
    const { createProduct: laptop } = (await gateway.gql(operations.createProduct)).data;
    expect(laptop).toEqual({ id: expect.any(String), name: 'Laptop', price: 999.99, stock: 50 });
    expect((await gateway.gql(operations.products)).data).toEqual({
      products: [{ ...laptop, description: 'High-performance laptop', category: 'Electronics' }],
    });
  });

  it('order, and list the orders', async () => {
    const user = gateway.shop.addUser();
    const mouse = gateway.shop.addProduct({ price: { minorUnits: 2999, currencyCode: 'USD' } });
    const order = operations.createOrder.replace('user-id', user.id).replace('product-id', mouse.id);
    const { createOrder: placed } = (await gateway.gql(order)).data;
    expect(placed).toEqual({
      id: expect.any(String),
      status: 'PENDING',
      totalAmount: 59.98,
      createdAt: isoTime,
    });
    const listed = await gateway.gql(operations.userOrders.replace('user-id', user.id));
    expect(listed.data).toEqual({
      userOrders: [{ ...placed, items: [{ productId: mouse.id, quantity: 2, price: 29.99 }] }],
    });
  });
});
