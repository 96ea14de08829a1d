import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
const { userService } = gateway.shop;
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

const USERS = '{ usersCount }';
const NEW_USER = 'mutation { createUser(name: "A", email: "a@example.com", password: "12345678") { id } }';
const codeOf = async (query: string) => (await gateway.gql(query)).errors?.[0]?.extensions.code as string;

describe('a service that hangs', () => {
  it('ends with a deadline, then is called no more, and is called again once it answers', async () => {
    expect(await codeOf(USERS)).toBeUndefined();
    userService.hang();
    const waiting = Promise.all(Array.from({ length: 10 }, () => codeOf(USERS)));
    const others = await gateway.gql('{ productsCount }');
    expect(others).toMatchObject({ status: 200, data: { productsCount: 0 } });
    expect(new Set(await waiting)).toEqual(new Set(['DEADLINE_EXCEEDED']));

    const called = userService.calls.length;
    const heldBack = await Promise.all(Array.from({ length: 10 }, () => codeOf(USERS)));
    expect(heldBack).toContain('UNAVAILABLE');
    expect(userService.calls.length - called).toBeLessThan(10);

    userService.hang(false);
    let code: string | undefined = 'not asked';
    for (const until = Date.now() + 60_000; code && Date.now() < until;) code = await codeOf(USERS);
    expect(code).toBeUndefined();
  });

  it('that flaps answers in between', async () => {
    for (let round = 0; round < 3; round++) {
      userService.stop();
      expect(await codeOf(NEW_USER)).toBe('UNAVAILABLE');
      expect(await codeOf('{ productsCount }')).toBeUndefined();
      await userService.start();
      let code: string | undefined = 'not asked';
      for (const until = Date.now() + 60_000; code && Date.now() < until;) code = await codeOf(USERS);
      expect(code).toBeUndefined();
    }
  });
});

describe('a service that restarts', () => {
  it('loses no call that may be repeated', async () => {
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
