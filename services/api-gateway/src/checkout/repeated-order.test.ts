import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
const { userService } = gateway.shop;
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

const USERS = '{ usersCount }';
const NEW_USER = 'mutation { createUser(name: "A", email: "a@example.com", password: "12345678") { id } }';
const codeOf = async (query: string) => (await gateway.gql(query)).errors?.[0]?.extensions.code as string;

describe('a service that restarts', () => {
  it('loses no call that is safe to retry', async () => {
    const { id: userId } = gateway.shop.addUser();
    const { id: productId } = gateway.shop.addProduct();
    const order = `mutation { createOrder(userId: "${userId}", items: [{ productId: "${productId}", quantity: 1 }]) { id } }`;
    const { orderService } = gateway.shop;
    userService.stop();
    orderService.stop();
    const waiting = [gateway.gql(USERS), gateway.gql(order, {}, { 'idempotency-key': 'once' })];
    expect(await codeOf(NEW_USER)).toBe('UNAVAILABLE');
    await Promise.all([userService.start(), orderService.start()]);
    for (const { errors } of await Promise.all(waiting)) expect(errors).toBeUndefined();
  });
});
