import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

const user = (fields: string) => `mutation { createUser(${fields}) { id } }`;
const product = (fields: string) => `mutation { createProduct(${fields}, category: "C") { id } }`;
const order = (items: string, more = '') =>
  `mutation { createOrder(userId: "u", items: [${items}]${more}) { id } }`;

describe('arguments', () => {
  it.each([
    [user('name: "A", email: "nonsense", password: "password123"'), ['email must be an e-mail address']],
    [user('name: "  ", email: "a@b.co", password: "password123"'), ['name must not be empty']],
    [
      user('name: "A", email: "", password: "short"'),
      ['email must be an e-mail address', 'password must be at least 8 characters long'],
    ],
    [product('name: "A", price: -1, stock: 1'), ['price must not be negative']],
    [product('name: "A", price: 1.999, stock: 1'), ['price must not have more than 2 decimals']],
    [product('name: "A", price: 1e12, stock: 1'), ['price must not be more than 10000000']],
    [product('name: "A", price: 1, stock: -1'), ['stock must not be negative']],
    [order(''), ['items must not be empty']],
    [order('{ productId: "p", quantity: 0 }'), ['items[0].quantity must not be less than 1']],
    [order('{ productId: "p", quantity: 2000000000 }'), ['items[0].quantity must not be more than 10000']],
    [
      order('{ productId: "p", quantity: 1 }, { productId: "", quantity: 1, price: 0.001 }'),
      ['items[1].productId must not be empty', 'items[1].price must not have more than 2 decimals'],
    ],
    [order('{ productId: "p", quantity: 1 }', ', totalAmount: -5'), ['totalAmount must not be negative']],
    [
      '{ users(page: 0, limit: 10000) { id } }',
      ['page must not be less than 1', 'limit must not be more than 100'],
    ],
    ['{ userOrders(userId: "u", limit: 0) { id } }', ['limit must not be less than 1']],
    ['{ user(id: "") { id } }', ['id must not be empty']],
  ])('%s is refused, with every invalid field', async (query, problems) => {
    const { data, errors } = await gateway.gql(query);
    expect(Object.values(data)).toEqual([null]);
    expect(errors).toHaveLength(1);
    const { code, validation } = errors![0]!.extensions;
    expect(code).toBe('VALIDATION_FAILED');
    const shown = (validation as { field: string; message: string }[]).map((p) => `${p.field} ${p.message}`);
    expect(shown.sort()).toEqual([...problems].sort());
  });

  it('are refused before any service is called', () => {
    const { userService, productService, orderService } = gateway.shop;
    expect([userService, productService, orderService].flatMap(({ calls }) => calls)).toEqual([]);
  });
});
