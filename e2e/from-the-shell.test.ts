import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitIn } from '../cli/src/code/git/git.fixture.js';
import { isFree, ShopCopy } from './shop-copy.fixture.js';
import type { Finished } from './shop-copy.fixture.js';

jest.setTimeout(180_000);

interface Failure {
  error: { code: string; exitCode: number; details: Record<string, unknown> };
}

const json = <T>({ stdout }: Finished) => JSON.parse(stdout) as T;

describe('from the shell', () => {
  let shop: ShopCopy;
  beforeAll(async () => {
    shop = await ShopCopy.create();
    const { code, stderr } = await shop.msx('dev', 'start', '--timeout', '150');
    expect({ code, stderr }).toMatchObject({ code: 0 });
  });
  afterAll(() => shop?.destroy());

  const failure = async (...args: string[]) => {
    const { code, ...finished } = await shop.msx(...args, '--json');
    expect(code).toBe(json<Failure>(finished as Finished).error.exitCode);
    return json<Failure>(finished as Finished).error;
  };

  describe('msx gql', () => {
    it('prints the data of a query, from the command line and from a pipe, with variables', async () => {
      const create =
        'mutation ($name: String!) { createUser(name: $name, email: "ann@example.com", password: "password123") { name } }';
      expect(await shop.msx('gql', create, '--variables', '{"name": "Ann"}')).toEqual({
        code: 0,
        stdout: '{\n  "createUser": {\n    "name": "Ann"\n  }\n}\n',
        stderr: '',
      });
      const piped = await shop.msxWith({ input: '{ usersCount }' }, 'gql', '--json');
      expect(json(piped)).toEqual({ data: { usersCount: 1 } });
    });

    it('signs in for it, and leaves no session behind', async () => {
      const password = { env: { MSX_PASSWORD: 'password123' } };
      const me = await shop.msxWith(
        password,
        'gql',
        '--email',
        'ann@example.com',
        '{ me { name } }',
        '--json',
      );
      expect(json(me)).toEqual({ data: { me: { name: 'Ann' } } });
      const wrong = { env: { MSX_PASSWORD: 'wrong' } };
      const { code, stderr } = await shop.msxWith(
        wrong,
        'gql',
        '--email',
        'ann@example.com',
        '{ me { name } }',
      );
      expect([code, stderr]).toEqual([1, expect.stringContaining('(INVALID_CREDENTIALS) at login')]);
    });

    it('prints partial data along with the errors, and exits with 1', async () => {
      const partial = await shop.msx('gql', '{ user(id: "nobody") { id } usersCount }');
      expect(partial.code).toBe(1);
      expect(json(partial)).toEqual({ user: null, usersCount: 1 });
      expect(partial.stderr).toContain('there is no user "nobody" (USER_NOT_FOUND) at user');
      const [, requestId] = /msx logs --request (\S+)/.exec(partial.stderr) ?? [];
      const logged = await shop.msx('logs', 'user-service', '--request', requestId!);
      expect(logged.stdout).toContain('getUser');
    });

    it.each([
      ['GRAPHQL_ERRORS', ['{ usersCount }', '--token', 'forged']],
      ['GRAPHQL_ERRORS', ['{ nothing }']],
      ['GRAPHQL_ERRORS', ['subscription { nothing }']],
      ['GRAPHQL_ERRORS', ['subscription { orderStatusChanged { orderId } }', '--token', 'forged']],
      ['USAGE', ['{ usersCount }', '--variables', '{"id": ']],
      ['USAGE', ['{ usersCount }', '--variables', '[]']],
      ['USAGE', ['{ usersCount }', '--header', 'no header']],
      ['USAGE', ['{ usersCount }', '--service', 'user-service']],
      ['USAGE', ['--file', '/no/such/file']],
      ['USAGE', ['{ usersCount }', '--file', 'msx.yaml']],
      ['USAGE', ['{ usersCount }', '--header', 'transfer-encoding: chunked']],
      ['USAGE', ['{ usersCount }', '--header', 'X: \u20ac']],
      ['USAGE', ['{ usersCount }', '--token', 'a\nb']],
      ['USAGE', ['{ usersCount }', '--url', 'localhost:3000/graphql']],
    ])('fails with %s: %j', async (code, args) => {
      expect(await failure('gql', ...args)).toMatchObject({ code });
    });

    it('prints the events of a subscription as they come', async () => {
      const { data } = await shop.json<{ data: { users: { id: string }[] } }>(
        'gql',
        '{ users(page: 1, limit: 1) { id } }',
      );
      const made = await shop.json<{ data: { createProduct: { id: string } } }>(
        'gql',
        'mutation { createProduct(name: "Lamp", price: 9.99, stock: 1000, category: "c") { id } }',
      );
      const [user] = data.users;
      const product = made.data.createProduct;
      const follow = `subscription { productStockChanged(productId: "${product.id}") { change } }`;
      let ended = false;
      const following = shop.msx('gql', follow, '--events', '2', '--json').finally(() => (ended = true));
      const items = `items: [{ productId: "${product.id}", quantity: 1 }]`;
      while (!ended)
        await shop.json('gql', `mutation { createOrder(userId: "${user!.id}", ${items}) { id } }`);
      const event = JSON.stringify({ data: { productStockChanged: { change: -1 } } });
      expect(await following).toEqual({ code: 0, stdout: `${event}\n${event}\n`, stderr: '' });
    });

    it('tells that nothing answers, and what does not speak GraphQL', async () => {
      const free = shop.port + 500;
      expect(await isFree(free)).toBe(true);
      const nobody = await failure('gql', '{ usersCount }', '--url', `http://127.0.0.1:${free}/graphql`);
      expect(nobody).toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
      const health = `http://127.0.0.1:${shop.port + 1000}/health/live`;
      expect(await failure('gql', '{ usersCount }', '--url', health)).toMatchObject({ code: 'NOT_GRAPHQL' });
    });
  });

  describe('msx call', () => {
    it('lists the methods of all services, with what they take', async () => {
      const { methods } = await shop.json<{ methods: { path: string; request: string }[] }>('call');
      expect(methods).toContainEqual(
        expect.objectContaining({
          path: '/shop.user.v1.UserService/ListUsers',
          request: '{ page: int32, limit: int32 }',
        }),
      );
      expect((await shop.msx('call', 'order-service')).stdout).toMatch(/^order-service {2}CancelOrder /m);
    });

    it('sends JSON and prints JSON, zeros and empty lists too', async () => {
      const users = await shop.json<{ users: { name: string }[] }>(
        'call',
        'user-service',
        'userservice/listUsers',
        '{"page": 1, "limit": 10}',
      );
      expect(users).toMatchObject({ users: [{ name: 'Ann', roles: ['USER_ROLE_CUSTOMER'] }] });
      expect(await shop.json('call', 'product-service', 'ListProducts', '{"page": 9, "limit": 1}')).toEqual({
        products: [],
      });
    });

    it.each([
      ['UNKNOWN_METHOD', ['user-service', 'GetUsr'], { similar: 'GetUser' }],
      ['UNKNOWN_SERVICE', ['usr-service', 'GetUser'], { similar: 'user-service' }],
      ['REQUEST_INVALID', ['user-service', 'GetUser', '{"idd": "1"}'], { signature: '{ id: string }' }],
      ['USAGE', ['user-service', 'GetUser', '{'], {}],
      ['USAGE', ['api-gateway', 'GetUser'], {}],
      ['USAGE', ['user-service', 'GetUser', '{}', '--file', 'msx.yaml'], {}],
      ['USAGE', ['user-service', 'GetUser', '--address', 'localhost'], {}],
      ['USAGE', ['user-service', 'GetUser', '--token', 'a\nb'], {}],
      [
        'REQUEST_INVALID',
        ['product-service', 'CreateProduct', '{"price": 5}'],
        { reason: 'expected shop.money.v1.Money, got 5' },
      ],
      [
        'REQUEST_INVALID',
        ['order-service', 'SearchUserOrders', '{"filter": {"createdAfter": "2024-02-30T00:00:00Z"}}'],
        { reason: 'there is no such date: "2024-02-30T00:00:00Z"' },
      ],
      [
        'CALL_FAILED',
        ['user-service', 'GetUser', '{"id": "nobody"}'],
        { status: 'NOT_FOUND', code: 'USER_NOT_FOUND', requestId: expect.stringMatching(/^[\da-f-]{36}$/) },
      ],
      [
        'CALL_FAILED',
        ['user-service', 'GetUser', '{"id": "nobody"}', '--token', 'forged'],
        { status: 'UNAUTHENTICATED', code: 'TOKEN_INVALID' },
      ],
      ['SERVICE_UNREACHABLE', ['user-service', 'GetUser', '--address', '127.0.0.1:1'], {}],
    ])('fails with %s: %j', async (code, args, details) => {
      const error = await failure('call', ...args);
      expect(error).toMatchObject({ code, details });
    });
  });

  describe('msx config check', () => {
    it('finds nothing wrong with what runs', async () => {
      const { services } = await shop.json<{ services: { service: string; problems: unknown[] }[] }>(
        'config',
        'check',
      );
      expect(services.map(({ problems }) => problems)).toEqual([[], [], [], []]);
    });

    it('says what production lacks, service by service, and where a file is wrong', async () => {
      mkdirSync(join(shop.root, 'services/api-gateway/config'), { recursive: true });
      const file = join(shop.root, 'services/api-gateway/config/production.yaml');
      writeFileSync(file, 'query:\n  maxDepht: 7\n');
      const { code, details } = await failure('config', 'check', '--env', 'production');
      expect(code).toBe('CONFIG_INCOMPLETE');
      const texts = (details.problems as { service: string; text: string }[]).map(
        ({ service, text }) => `${service}: ${text}`,
      );
      expect(texts).toEqual(
        expect.arrayContaining([
          'user-service: JWT_KEYS must be set',
          'order-service: KAFKA_BROKERS must be set',
          'api-gateway: services/api-gateway/config/production.yaml:2:3 query.maxDepht is not a setting of this service; did you mean query.maxDepth?',
        ]),
      );
      writeFileSync(file, '');
    });

    it('is content with a production that has all of it, and shows no secret of it', async () => {
      const env = [
        'DATABASE_URL=postgres://shop:hunter2@db/shop',
        'KAFKA_BROKERS=kafka:9092',
        `JWKS=${join(shop.root, '.msx/keys/jwks.json')}`,
        `JWT_KEYS=${join(shop.root, '.msx/keys/jwt-keys.json')}`,
        'ALLOW_PLAINTEXT=true',
        ...['USER', 'PRODUCT', 'ORDER'].map((name) => `${name}_SERVICE_URL=${name}:50051`),
      ];
      writeFileSync(join(shop.root, 'production.env'), env.join('\n'));
      const args = ['config', 'check', '--env', 'production', '--file', 'production.env', '--variables'];
      const { code, stdout, stderr } = await shop.msx(...args);
      // On stderr may be what it waits for.
      expect({ code, failed: stderr.includes('error') }).toEqual({ code: 0, failed: false });
      expect(stdout).toMatch(/^user-service +DATABASE_URL +\(not shown\) +environment$/m);
      expect(stdout + stderr).not.toContain('hunter2');
    });
  });

  describe('msx graphql', () => {
    const file = () => join(shop.root, 'services/api-gateway/schema.graphql');
    const git = (...args: string[]) => gitIn(shop.root, ...args);

    it('prints the schema that is kept beside the gateway', async () => {
      expect((await shop.msx('graphql', 'schema')).stdout).toBe(readFileSync(file(), 'utf8'));
      expect((await shop.msx('graphql', 'schema', '--federation')).stdout).toMatch(/^extend schema @link/);
      const { changed } = await shop.json<{ changed: boolean }>('graphql', 'schema', '--write');
      expect(changed).toBe(false);
    });

    it('finds what would break clients, against a commit', async () => {
      git('init', '-q');
      expect(await failure('graphql', 'check')).toMatchObject({ code: 'REF_UNKNOWN' });
      git('commit', '-q', '--allow-empty', '-m', 'nothing');
      expect(await failure('graphql', 'check')).toMatchObject({ code: 'NOT_IN_GIT' });
      expect((await shop.msx('graphql', 'check', '--allow-missing')).stdout).toMatch(
        /^nothing was compared: git has no services\/api-gateway\/schema.graphql at HEAD/,
      );
      git('add', file());
      git('commit', '-qm', 'same');
      expect(await shop.json('graphql', 'check')).toMatchObject({ changes: [], kept: true });
      writeFileSync(file(), `${readFileSync(file(), 'utf8')}\nextend type User {\n  nickname: String\n}\n`);
      git('commit', '-qam', 'one more field');
      const { code, details } = await failure('graphql', 'check');
      expect(code).toBe('SCHEMA_BREAKS');
      expect(details.changes).toMatchObject([{ level: 'breaking', path: 'User.nickname' }]);
      expect((await shop.msx('graphql', 'check', '--against', 'HEAD~1')).code).toBe(0);
      expect((await shop.msx('graphql', 'check', '--allow-breaking')).stdout).toMatch(
        /^breaking {3}Field 'nickname' was removed from object type 'User'$/m,
      );
    });
  });
});
