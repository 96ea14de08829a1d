import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHmac, createPublicKey } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { TestKeys } from '@msx/runtime/testing';
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
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

/** Signed with the public key as if that were a shared secret, which a verifier that trusts `alg` would accept. */
function confusedToken(): string {
  const [jwk] = (JSON.parse(shop.keys.jwks) as { keys: (JsonWebKey & { kid: string })[] }).keys;
  const secret = createPublicKey({ key: jwk!, format: 'jwk' }).export({ format: 'pem', type: 'spki' });
  const claims = { sub: jane.id, roles: ['admin'], iss: 'msx', aud: 'msx', iat: 1, exp: inAnHour() };
  const text = `${part({ alg: 'HS256', kid: jwk!.kid, typ: 'at+jwt' })}.${part(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

describe('a token', () => {
  it('says who asks', async () => {
    expect((await gateway.gql(ME)).data).toEqual({ me: { id: jane.id, name: 'Jane', roles: ['CUSTOMER'] } });
  });

  it('is carried to the services', async () => {
    shop.userService.metadata.length = 0;
    await gateway.gql(ME);
    expect(shop.userService.metadata.map((one) => one.get('authorization'))).toEqual([
      [`Bearer ${gateway.token}`],
    ]);
  });

  const claims = () => ({ sub: jane.id, roles: ['admin'], iss: 'msx', aud: 'msx', iat: 1, exp: inAnHour() });
  it.each<[string, string, () => string | Promise<string>]>([
    ['has expired', 'TOKEN_EXPIRED', () => shop.keys.sign({ ...jane, roles: [], expires: '-1m' })],
    ['is for someone else', 'TOKEN_INVALID', () => shop.keys.sign({ ...jane, roles: [], audience: 'other' })],
    ['is by someone else', 'TOKEN_INVALID', () => shop.keys.sign({ ...jane, roles: [], issuer: 'other' })],
    ['is of another kind', 'TOKEN_INVALID', () => shop.keys.sign({ ...jane, roles: [], type: 'JWT' })],
    ['is forged', 'TOKEN_INVALID', () => new TestKeys().sign({ ...jane, roles: ['admin'] })],
    [
      'names a key nobody has',
      'TOKEN_INVALID',
      () => shop.keys.sign({ ...jane, roles: [], kid: '../../etc/passwd' }),
    ],
    [
      'is signed by nobody',
      'TOKEN_INVALID',
      () => `${part({ alg: 'none', typ: 'at+jwt' })}.${part(claims())}.`,
    ],
    ['is signed with what everyone knows', 'TOKEN_INVALID', confusedToken],
    [
      'brings its own key',
      'TOKEN_INVALID',
      () => `${part({ alg: 'EdDSA', jku: 'http://evil', typ: 'at+jwt' })}.${part(claims())}.AA`,
    ],
    ['is no token', 'TOKEN_INVALID', () => 'no-token'],
    ['is huge', 'TOKEN_INVALID', () => 'a'.repeat(8_000)],
  ])('that %s is refused as %s, for whatever is asked', async (_, code, make) => {
    gateway.token = await make();
    for (const query of [ME, '{ __typename }', 'mutation { logout(refreshToken: "x") }']) {
      const { status, headers, errors, data } = await gateway.gql(query);
      expect({ status, code: errors?.[0]?.extensions.code, data }).toEqual({
        status: 401,
        code,
        data: undefined,
      });
      expect(headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token"/);
      expect(JSON.stringify(errors)).not.toContain(gateway.token);
    }
  });

  it.each(['', 'Basic amFuZTpwYXNzd29yZA==', 'Bearer', 'Bearer a b'])(
    'is not what "%s" is',
    async (header) => {
      const { status } = await gateway.gql(ME, {}, { authorization: header });
      expect(status).toBe(401);
    },
  );

  it('stays good when another key signs from now on', async () => {
    const keys = new TestKeys();
    const before = await keys.sign({ id: jane.id, roles: ['customer'] });
    keys.rotate('ec');
    const after = await keys.sign({ id: jane.id, roles: ['customer'] });
    const other = new Gateway();
    try {
      await other.start('production', { JWKS: keys.jwks });
      for (const token of [before, after]) {
        other.token = token;
        expect((await other.gql('{ __typename }')).status).toBe(200);
      }
    } finally {
      await other.stop();
    }
  });

  it('is checked by others with the keys that are published', async () => {
    const response = await fetch(new URL('/.well-known/jwks.json', gateway.url));
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    const published = (await response.json()) as { keys: JsonWebKey[] };
    const own = JSON.parse(shop.keys.jwks) as { keys: JsonWebKey[] };
    expect(published.keys).toMatchObject(own.keys);
    expect(JSON.stringify(published)).not.toContain('"d"');
  });
});

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
  ])('%s is refused, and no service is asked', async (_, query) => {
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

  it('gets the rest of an answer that holds something forbidden', async () => {
    const { data, errors } = await gateway.gql(`{ me { id } user(id: "${john.id}") { id } }`);
    expect(data).toEqual({ me: { id: jane.id }, user: null });
    expect(errors).toMatchObject([{ path: ['user'], extensions: { code: 'FORBIDDEN' } }]);
  });

  it('sees himself and the catalogue', async () => {
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
  it('of one account ends after some tries, and holds up no other', async () => {
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
    } finally {
      await other.stop();
    }
  });
});
