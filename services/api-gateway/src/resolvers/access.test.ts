import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';
import type { User } from '../gen/user.js';

const gateway = new Gateway();
const { shop } = gateway;
let jane: User;
let john: User;

beforeAll(async () => {
  await gateway.start('production');
  jane = shop.addUser('Jane');
  john = shop.addUser('John');
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.signIn(jane.id, 'customer'));

const ME = '{ me { id name roles } }';
describe('without a token', () => {
  beforeEach(() => {
    gateway.token = undefined;
  });

  it.each([
    ['me', '{ me { id } }'],
    ['products', '{ products(page: 1, limit: 1) { id } }'],
    ['users', '{ users(page: 1, limit: 1) { id } }'],
    ['an order', '{ order(id: "1") { id } }'],
    ['_entities', '{ _entities(representations: []) { __typename } }'],
  ])('%s is refused, and no service is called', async (_, query) => {
    shop.userService.calls.length = 0;
    const { errors } = await gateway.gql(query);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    expect(shop.userService.calls).toEqual([]);
  });

  it('one signs up, signs in, and stays signed in', async () => {
    const email = 'new@example.com';
    const signUp =
      'mutation ($email: String!) { createUser(name: "N", email: $email, password: "password1") { id } }';
    const { id } = (await gateway.gql(signUp, { email })).data.createUser;
    const session = 'accessToken accessTokenExpiresAt refreshToken user { id roles }';
    const login = `mutation ($email: String!) { login(email: $email, password: "password1") { ${session} } }`;
    const first = (await gateway.gql(login, { email })).data.login;
    expect(first).toMatchObject({ refreshToken: id, user: { id, roles: ['CUSTOMER'] } });
    const refresh = `mutation { refreshToken(refreshToken: "${id}") { ${session} } }`;
    gateway.token = (await gateway.gql(refresh)).data.refreshToken.accessToken;
    expect((await gateway.gql(ME)).data.me.id).toBe(id);
    expect((await gateway.gql(`mutation { logout(refreshToken: "${id}") }`)).data).toEqual({ logout: true });
  });

  it('a wrong password is INVALID_CREDENTIALS', async () => {
    const { errors } = await gateway.gql(
      'mutation { login(email: "x@y.z", password: "no") { accessToken } }',
    );
    expect(errors?.[0]?.extensions.code).toBe('INVALID_CREDENTIALS');
  });
});

describe('a customer', () => {
  it.each([
    ['another user', (id: string) => `{ user(id: "${id}") { id } }`],
    ["another user's orders", (id: string) => `{ userOrders(userId: "${id}", page: 1, limit: 1) { id } }`],
    ['another user to change', (id: string) => `mutation { updateUser(id: "${id}", name: "X") { id } }`],
    ['an order for another', (id: string) => `mutation { createOrder(userId: "${id}", items: []) { id } }`],
    ['all users', () => '{ users(page: 1, limit: 10) { id } }'],
    ['the number of users', () => '{ usersCount }'],
    [
      'a new product',
      () => 'mutation { createProduct(name: "P", price: 1, stock: 1, category: "c") { id } }',
    ],
    ['a changed product', () => 'mutation { updateProduct(id: "1", name: "P") { id } }'],
  ])('is FORBIDDEN %s', async (_, query) => {
    const { errors } = await gateway.gql(query(john.id));
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });

  it('gets the rest of a response in which something is forbidden', async () => {
    const { data, errors } = await gateway.gql(`{ me { id } user(id: "${john.id}") { id } }`);
    expect(data).toEqual({ me: { id: jane.id }, user: null });
    expect(errors).toMatchObject([{ path: ['user'], extensions: { code: 'FORBIDDEN' } }]);
  });

  it('sees their own account and the catalogue', async () => {
    const query = `{ user(id: "${jane.id}") { id } products(page: 1, limit: 1) { id } }`;
    expect(await gateway.gql(query)).not.toHaveProperty('errors');
  });
});

describe('an admin', () => {
  it('sees every user, and changes the catalogue', async () => {
    await gateway.signIn('the-admin', 'admin');
    const create = 'mutation { createProduct(name: "P", price: 1, stock: 1, category: "c") { id } }';
    expect(await gateway.gql(create)).not.toHaveProperty('errors');
    expect((await gateway.gql(`{ user(id: "${john.id}") { name } }`)).data).toEqual({
      user: { name: 'John' },
    });
  });
});

describe('trying passwords', () => {
  it('of one account is limited, and does not affect other accounts', async () => {
    const other = new Gateway();
    try {
      await other.start('production', { RATE_LIMIT_LOGIN: '2/3600' });
      const login = (email: string) =>
        other.gql('mutation ($email: String!) { login(email: $email, password: "x") { accessToken } }', {
          email,
        });
      const codes = [];
      for (const email of ['a@b.c', 'A@b.c ', 'a@b.c', 'd@e.f'])
        codes.push((await login(email)).errors?.[0]?.extensions.code);
      expect(codes).toEqual([
        'INVALID_CREDENTIALS',
        'INVALID_CREDENTIALS',
        'RATE_LIMITED',
        'INVALID_CREDENTIALS',
      ]);
      const { id } = other.shop.addUser();
      await other.signIn(id, 'customer');
      const update = `mutation { updateUser(id: "${id}", password: "password2", currentPassword: "x") { id } }`;
      const changes = [];
      for (let n = 0; n < 3; n++) changes.push((await other.gql(update)).errors?.[0]?.extensions.code);
      expect(changes).toEqual([undefined, undefined, 'RATE_LIMITED']);
    } finally {
      await other.stop();
    }
  });
});
