import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { ShopClient, until } from './shop-client.fixture.js';
import { ShopCopy } from './shop-copy.fixture.js';

jest.setTimeout(240_000);

interface Session {
  accessToken: string;
  refreshToken: string;
}

describe('a shop in which one has to sign in', () => {
  let shop: ShopCopy;
  let client: ShopClient;

  beforeAll(async () => {
    shop = await ShopCopy.create();
    client = new ShopClient(shop.graphql);
    const { code, stderr } = await shop.msxWith(
      { env: { AUTH: 'required' } },
      ...['dev', 'start', '--timeout', '150'],
    );
    expect({ code, stderr }).toMatchObject({ code: 0 });
  });
  afterAll(() => shop?.destroy());

  const bearer = ({ accessToken }: Session) => ({ authorization: `Bearer ${accessToken}` });

  async function signIn(email: string): Promise<Session> {
    const login = `mutation { login(email: "${email}", password: "password123") { accessToken refreshToken } }`;
    return (await client.data<{ login: Session }>(login)).login;
  }

  const refresh = (token: string) =>
    client.ask<{ refreshToken: Session }>(
      `mutation { refreshToken(refreshToken: "${token}") { accessToken refreshToken } }`,
    );

  const codeOf = async (query: string, headers?: Record<string, string>) =>
    (await client.ask(query, headers)).errors?.[0]?.extensions.code;

  it('lets an admin sell, and customers order for themselves', async () => {
    const admin = await shop.msxWith(
      { input: 'password123' },
      ...['users', 'create-admin', '--email', 'admin@example.com', '--name', 'Admin', '--password-stdin'],
    );
    expect(admin).toMatchObject({ code: 0 });
    const [jane, john] = [
      await client.createUser('jane@example.com'),
      await client.createUser('john@example.com'),
    ];
    const [janes, johns, admins] = [
      bearer(await signIn('jane@example.com')),
      bearer(await signIn('john@example.com')),
      bearer(await signIn('admin@example.com')),
    ];
    const create = 'mutation { createProduct(name: "Laptop", price: 29.99, stock: 5, category: "E") { id } }';
    expect([await codeOf(create), await codeOf(create, janes)]).toEqual(['UNAUTHENTICATED', 'FORBIDDEN']);
    const { createProduct } = await client.data<{ createProduct: { id: string } }>(create, admins);
    const order = (user: string) =>
      `mutation { createOrder(userId: "${user}", items: [{ productId: "${createProduct.id}", quantity: 1 }]) { id } }`;
    expect(await codeOf(order(john), janes)).toBe('FORBIDDEN');
    const { createOrder } = await client.data<{ createOrder: { id: string } }>(order(jane), janes);

    const read = `{ order(id: "${createOrder.id}") { status } }`;
    const cancel = `mutation { cancelOrder(id: "${createOrder.id}") { status } }`;
    expect([await codeOf(read), await codeOf(cancel)]).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
    expect(await codeOf(read, johns)).toBe('ORDER_NOT_FOUND');
    expect(await codeOf(cancel, johns)).toBe('ORDER_NOT_FOUND');
    await until(
      () => client.data<{ order: { status: string } }>(read, janes),
      (answer) => answer.order.status === 'CONFIRMED',
    );
    expect(await codeOf(cancel, admins)).toBeUndefined();
  });

  it('is refused by the services themselves, too', async () => {
    const { code, stdout } = await shop.msx('call', 'user-service', 'ListUsers', '{"page": 1}', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { details: { status: 'UNAUTHENTICATED' } } });
    const { accessToken } = await signIn('jane@example.com');
    const list = ['call', 'user-service', 'ListUsers', '{"page": 1, "limit": 10}', '--token'];
    expect(JSON.parse((await shop.msx(...list, accessToken, '--json')).stdout)).toMatchObject({
      error: { details: { status: 'PERMISSION_DENIED' } },
    });
    expect((await shop.msx(...list, (await signIn('admin@example.com')).accessToken)).code).toBe(0);
  });

  it('sells at the price of the catalogue only, whatever a customer tells order-service itself', async () => {
    const create = 'mutation { createProduct(name: "Ring", price: 29.99, stock: 5, category: "E") { id } }';
    const admin = bearer(await signIn('admin@example.com'));
    const { id: productId } = (await client.data<{ createProduct: { id: string } }>(create, admin))
      .createProduct;
    const jane = await signIn('jane@example.com');
    const { id: userId } = (await client.data<{ me: { id: string } }>('{ me { id } }', bearer(jane))).me;
    for (const [minorUnits, currencyCode] of [
      [1, 'USD'],
      [2_999, 'XXX'],
    ]) {
      const items = [{ productId, quantity: 1, price: { minorUnits, currencyCode } }];
      const request = JSON.stringify({ userId, items });
      const call = ['call', 'order-service', 'CreateOrder', request, '--token', jane.accessToken, '--json'];
      const { order } = JSON.parse((await shop.msx(...call)).stdout) as { order: { id: string } };
      const { order: decided } = await until(
        () =>
          client.data<{ order: { status: string; reason: string } }>(
            `{ order(id: "${order.id}") { status reason } }`,
            bearer(jane),
          ),
        ({ order }) => order.status !== 'PENDING',
      );
      expect(decided).toEqual({ status: 'REJECTED', reason: 'PRICE_CHANGED' });
    }
    const stock = `{ product(id: "${productId}") { stock } }`;
    expect(await client.data(stock, admin)).toEqual({ product: { stock: 5 } });
  });

  it('ends the session of a refresh token that is used again, and of one who signs out', async () => {
    const first = await signIn('jane@example.com');
    const second = (await refresh(first.refreshToken)).data!.refreshToken;
    expect(await codeOf('{ me { id } }', bearer(second))).toBeUndefined();
    const again = await refresh(first.refreshToken);
    expect(again.errors![0]!.extensions.code).toBe('REFRESH_TOKEN_INVALID');
    expect((await refresh(second.refreshToken)).errors![0]!.extensions.code).toBe('REFRESH_TOKEN_INVALID');
    const other = await signIn('jane@example.com');
    await client.data(`mutation { logout(refreshToken: "${other.refreshToken}") }`);
    expect((await refresh(other.refreshToken)).errors![0]!.extensions.code).toBe('REFRESH_TOKEN_INVALID');
  });

  it('ends access tokens and sockets with their session, in the gateway and in the services', async () => {
    const [phone, laptop] = [await signIn('jane@example.com'), await signIn('jane@example.com')];
    const socket = new WebSocket(shop.graphql.replace('http', 'ws'), 'graphql-transport-ws', {
      headers: bearer(phone),
    });
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init' }));
    await once(socket, 'message');
    const closed = once(socket, 'close');
    expect(await codeOf('{ me { id } }', bearer(phone))).toBeUndefined();
    await client.data(`mutation { logout(refreshToken: "${phone.refreshToken}") }`);
    await until(
      () => codeOf('{ products { id } }', bearer(phone)),
      (code) => code === 'TOKEN_REVOKED',
    );
    const [code, reason] = (await closed) as [number, Buffer];
    expect([code, String(reason)]).toEqual([4401, 'TOKEN_REVOKED']);
    const list = ['call', 'product-service', 'ListProducts', '{"page": 1, "limit": 1}', '--token'];
    await until(
      async () => (await shop.msx(...list, phone.accessToken, '--json')).stdout,
      (stdout) => stdout.includes('TOKEN_REVOKED'),
    );
    expect(await codeOf('{ me { id } }', bearer(laptop))).toBeUndefined();
  });

  it('gives nothing to whoever signed up with the address that an admin is created for', async () => {
    const email = 'ops@example.com';
    await client.createUser(email);
    const stranger = await signIn(email);
    const create = ['users', 'create-admin', '--email', email, '--name', 'Operator', '--password-stdin'];
    const input = { input: 'a password of the operator' };
    const refused = await shop.msxWith(input, ...create, '--json');
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'EMAIL_TAKEN' } });
    expect(await codeOf('{ users { id } }', bearer(await signIn(email)))).toBe('FORBIDDEN');

    const { code, stdout } = await shop.msxWith(input, ...create, '--promote');
    expect(code).toBe(0);
    expect(stdout).toContain('sessions ended: 2');
    const login = `mutation { login(email: "${email}", password: "password123") { accessToken } }`;
    expect(await codeOf(login)).toBe('INVALID_CREDENTIALS');
    const { errors } = await refresh(stranger.refreshToken);
    expect(errors![0]!.extensions.code).toBe('REFRESH_TOKEN_INVALID');
    const session = await client.data<{ login: Session }>(login.replace('password123', input.input));
    expect(await codeOf('{ users { id } }', bearer(session.login))).toBeUndefined();
  });

  it('goes on with tokens of a former key, and not with those of one that is gone', async () => {
    const before = await signIn('jane@example.com');
    const { signs } = await shop.json<{ signs: string }>('keys', 'rotate');
    const published = async () => {
      const response = await fetch(shop.graphql.replace('/graphql', '/.well-known/jwks.json'));
      return ((await response.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
    };
    await until(published, (kids) => kids.includes(signs));
    expect(await codeOf('{ me { id } }', bearer(before))).toBeUndefined();
    const after = await signIn('jane@example.com');
    expect(await codeOf('{ me { id } }', bearer(after))).toBeUndefined();
    await shop.json('keys', 'rotate', '--keep', '0');
    await until(
      () => codeOf('{ me { id } }', bearer(after)),
      (code) => code === 'TOKEN_INVALID',
    );
  });
});
