import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHmac, createPublicKey } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { TestKeys } from '@msx/runtime/testing';
import { Gateway } from '../gateway.fixture.js';
import type { Reader } from '../library/contract.fixture.js';

const gateway = new Gateway();
const { library } = gateway;
let jane: Reader;
let john: Reader;

beforeAll(async () => {
  await gateway.start('production');
  jane = library.addReader('Jane');
  john = library.addReader('John');
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.signIn(jane.id, 'customer'));

const ME = '{ me { id name roles } }';
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

/** Signed with the public key as a shared secret, which a verifier that trusts `alg` would accept. */
function confusedToken(): string {
  const [jwk] = (JSON.parse(library.keys.jwks) as { keys: (JsonWebKey & { kid: string })[] }).keys;
  const secret = createPublicKey({ key: jwk!, format: 'jwk' }).export({ format: 'pem', type: 'spki' });
  const claims = { sub: jane.id, roles: ['admin'], iss: 'msx', aud: 'msx', iat: 1, exp: inAnHour() };
  const text = `${part({ alg: 'HS256', kid: jwk!.kid, typ: 'at+jwt' })}.${part(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

describe('a token', () => {
  it('identifies the caller', async () => {
    expect((await gateway.gql(ME)).data).toEqual({ me: { id: jane.id, name: 'Jane', roles: ['CUSTOMER'] } });
  });

  it('is forwarded to the services', async () => {
    library.readerService.metadata.length = 0;
    await gateway.gql(ME);
    expect(library.readerService.metadata.map((one) => one.get('authorization'))).toEqual([
      [`Bearer ${gateway.token}`],
    ]);
  });

  const claims = () => ({ sub: jane.id, roles: ['admin'], iss: 'msx', aud: 'msx', iat: 1, exp: inAnHour() });
  it.each<[string, string, () => string | Promise<string>]>([
    ['has expired', 'TOKEN_EXPIRED', () => library.keys.sign({ ...jane, roles: [], expires: '-1m' })],
    [
      'is for someone else',
      'TOKEN_INVALID',
      () => library.keys.sign({ ...jane, roles: [], audience: 'other' }),
    ],
    ['is by someone else', 'TOKEN_INVALID', () => library.keys.sign({ ...jane, roles: [], issuer: 'other' })],
    ['has another type', 'TOKEN_INVALID', () => library.keys.sign({ ...jane, roles: [], type: 'JWT' })],
    ['is forged', 'TOKEN_INVALID', () => new TestKeys().sign({ ...jane, roles: ['admin'] })],
    [
      'names an unknown key',
      'TOKEN_INVALID',
      () => library.keys.sign({ ...jane, roles: [], kid: '../../etc/passwd' }),
    ],
    ['is unsigned', 'TOKEN_INVALID', () => `${part({ alg: 'none', typ: 'at+jwt' })}.${part(claims())}.`],
    ['is signed with the public key', 'TOKEN_INVALID', confusedToken],
    [
      'brings its own key',
      'TOKEN_INVALID',
      () => `${part({ alg: 'EdDSA', jku: 'http://evil', typ: 'at+jwt' })}.${part(claims())}.AA`,
    ],
    ['is not a token', 'TOKEN_INVALID', () => 'no-token'],
    ['is huge', 'TOKEN_INVALID', () => 'a'.repeat(8_000)],
  ])('that %s is refused as %s, for every operation', async (_, code, make) => {
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
    'is not accepted in the form "%s"',
    async (header) => {
      const { status } = await gateway.gql(ME, {}, { authorization: header });
      expect(status).toBe(401);
    },
  );

  it('stays valid when the signing key is rotated', async () => {
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

  it('can be verified by others with the published keys', async () => {
    const response = await fetch(new URL('/.well-known/jwks.json', gateway.url));
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    const published = (await response.json()) as { keys: JsonWebKey[] };
    const own = JSON.parse(library.keys.jwks) as { keys: JsonWebKey[] };
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
    ['books', '{ books(page: 1, limit: 1) { id } }'],
    ['readers', '{ readers(page: 1, limit: 1) { id } }'],
    ['a loan', '{ loan(id: "1") { id } }'],
    ['_entities', '{ _entities(representations: []) { __typename } }'],
  ])('%s is refused, and no service is called', async (_, query) => {
    library.readerService.calls.length = 0;
    const { errors } = await gateway.gql(query);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    expect(library.readerService.calls).toEqual([]);
  });

  it('one signs up, signs in, and stays signed in', async () => {
    const email = 'new@example.com';
    const signUp =
      'mutation ($email: String!) { createReader(name: "N", email: $email, password: "password1") { id } }';
    const { id } = (await gateway.gql(signUp, { email })).data.createReader;
    const session = 'accessToken accessTokenExpiresAt refreshToken reader { id roles }';
    const login = `mutation ($email: String!) { login(email: $email, password: "password1") { ${session} } }`;
    const first = (await gateway.gql(login, { email })).data.login;
    expect(first).toMatchObject({ refreshToken: id, reader: { id, roles: ['CUSTOMER'] } });
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
    ['another reader', (id: string) => `{ reader(id: "${id}") { id } }`],
    [
      "another reader's loans",
      (id: string) => `{ readerLoans(readerId: "${id}", page: 1, limit: 1) { id } }`,
    ],
    ['another reader to change', (id: string) => `mutation { updateReader(id: "${id}", name: "X") { id } }`],
    ['a loan for another', (id: string) => `mutation { createLoan(readerId: "${id}", items: []) { id } }`],
    ['all readers', () => '{ readers(page: 1, limit: 10) { id } }'],
    ['the number of readers', () => '{ readersCount }'],
    ['a new book', () => 'mutation { createBook(name: "P", price: 1, stock: 1, category: "c") { id } }'],
    ['a changed book', () => 'mutation { updateBook(id: "1", name: "P") { id } }'],
  ])('is FORBIDDEN %s', async (_, query) => {
    const { errors } = await gateway.gql(query(john.id));
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });

  it('gets the rest of a response in which something is forbidden', async () => {
    const { data, errors } = await gateway.gql(`{ me { id } reader(id: "${john.id}") { id } }`);
    expect(data).toEqual({ me: { id: jane.id }, reader: null });
    expect(errors).toMatchObject([{ path: ['reader'], extensions: { code: 'FORBIDDEN' } }]);
  });

  it('sees their own account and the catalogue', async () => {
    const query = `{ reader(id: "${jane.id}") { id } books(page: 1, limit: 1) { id } }`;
    expect(await gateway.gql(query)).not.toHaveProperty('errors');
  });
});

describe('an admin', () => {
  it('sees every reader, and changes the catalogue', async () => {
    await gateway.signIn('the-admin', 'admin');
    const create = 'mutation { createBook(name: "P", price: 1, stock: 1, category: "c") { id } }';
    expect(await gateway.gql(create)).not.toHaveProperty('errors');
    expect((await gateway.gql(`{ reader(id: "${john.id}") { name } }`)).data).toEqual({
      reader: { name: 'John' },
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
      const { id } = other.library.addReader();
      await other.signIn(id, 'customer');
      const update = `mutation { updateReader(id: "${id}", password: "password2", currentPassword: "x") { id } }`;
      const changes = [];
      for (let n = 0; n < 3; n++) changes.push((await other.gql(update)).errors?.[0]?.extensions.code);
      expect(changes).toEqual([undefined, undefined, 'RATE_LIMITED']);
    } finally {
      await other.stop();
    }
  });
});
