import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { findRoot } from './find-root.js';
import { loadSystem, parseSystem } from './load-system.js';

const shop = readFileSync(new URL('../../../../msx.yaml', import.meta.url), 'utf8');

/** The error lines for a text. */
function refusal(text: string, exists: (path: string) => boolean = () => true): string[] {
  try {
    parseSystem(text, '/shop', exists);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(MsxError);
    expect((error as MsxError).code).toBe('CONFIG_INVALID');
    return (error as MsxError).message.split('\n');
  }
}

/** The error lines for the shop's file with a replacement. */
function changed(from: string, to: string): string[] {
  expect(shop).toContain(from);
  return refusal(shop.replace(from, to));
}

const lineOf = (needle: string, text = shop) =>
  text.split('\n').findIndex((line) => line.includes(needle)) + 1;

describe('a system', () => {
  it('is msx.yaml with its defaults filled in', () => {
    const text = [
      'name: tiny',
      'topics: { a.happened: { message: tiny.v1.A } }',
      'services: { one: { path: one, kind: graphql, port: 4000, publishes: [a.happened] } }',
    ].join('\n');
    expect(parseSystem(text, '/tiny', () => true)).toEqual({
      name: 'tiny',
      root: '/tiny',
      broker: { mode: 'embedded', port: 9092, address: '127.0.0.1:9092', kafka: 'kraft' },
      topics: [{ name: 'a.happened', message: 'tiny.v1.A', partitions: 3 }],
      docker: { network: 'tiny_default', images: 'tiny', node: 22 },
      kubernetes: { namespace: 'microservices', replicas: 2, maxReplicas: 6 },
      environments: {},
      protoFolder: '/tiny/proto',
      stubOptions: [],
      logFolder: '/tiny/.msx/logs',
      logLinks: '/tmp',
      restartAfterMs: 60_000,
      services: [
        {
          name: 'one',
          path: 'one',
          folder: '/tiny/one',
          kind: 'graphql',
          port: 4000,
          healthPort: 5000,
          proto: [],
          needs: [],
          calls: [],
          publishes: ['a.happened'],
          consumes: [],
          follows: [],
        },
      ],
    });
  });

  it('has environments that override some settings', () => {
    const text = `name: tiny
services: { one: { path: one, kind: graphql, port: 4000 } }
environments:
  production:
    kubernetes: { replicas: 3 }
    kafka: { brokers: 'kafka.example:9093' }
    databases: external
  staging: {}`;
    expect(parseSystem(text, '/tiny', () => true).environments).toEqual({
      production: {
        kubernetes: { replicas: 3 },
        kafka: {
          brokers: 'kafka.example:9093',
          security: 'sasl_ssl',
          mechanism: 'scram-sha-512',
          secret: 'kafka-client',
          authority: 'secret',
        },
        databases: 'external',
      },
      staging: { kubernetes: {}, databases: 'cluster' },
    });
  });

  it('keeps services and topics in the order of the file', () => {
    const { services, topics } = parseSystem(shop, '/shop', () => true);
    expect(services.map(({ name }) => name)).toEqual([
      'user-service',
      'product-service',
      'order-service',
      'api-gateway',
    ]);
    expect(topics[0]!.name).toBe('user.created');
  });
});

describe('a mistake in msx.yaml', () => {
  const order = lineOf('order-service:');
  const cases: [what: string, from: string, to: string, expected: string][] = [
    [
      'an unknown resource',
      'file: orders.db }\n    needs: [kafka]',
      'file: orders.db }\n    needs: [kafak]',
      `msx.yaml:${order + 6}:13 services.order-service.needs[0]: no resource "kafak"; did you mean "kafka"?`,
    ],
    [
      'a call to an unknown service',
      'calls: [user-service, ',
      'calls: [user-servce, ',
      `msx.yaml:${lineOf('calls: [user-service, ')}:13 services.api-gateway.calls[0]: no service "user-servce"; did you mean "user-service"?`,
    ],
    [
      'an unknown topic',
      'consumes: [order.stock.decided]',
      'consumes: [order.stock.decided, order.creatd]',
      `msx.yaml:${lineOf('consumes: [order.stock')}:37 services.order-service.consumes[1]: no topic "order.creatd"; did you mean "order.created"?`,
    ],
    [
      'an unknown key',
      'kind: graphql',
      'kind: graphql\n    protos: 3',
      `msx.yaml:${lineOf('kind: graphql') + 1}:5 services.api-gateway.protos: unknown key "protos"; did you mean "proto"?`,
    ],
    [
      'an unknown choice',
      'mode: embedded',
      'mode: embeded',
      `msx.yaml:${lineOf('mode:')}:9 broker.mode: expected one of embedded, kafka, external, not "embeded"; did you mean "embedded"?`,
    ],
    [
      'a port that is not a number',
      'port: 3000',
      'port: three',
      `msx.yaml:${lineOf('port: 3000')}:11 services.api-gateway.port: expected a whole number from 1 to 65535, not "three"`,
    ],
    [
      'a port that is already taken',
      'port: 3000',
      'port: 50051',
      `msx.yaml:${lineOf('port: 3000')}:11 services.api-gateway.port: port 50051 of api-gateway is already taken by user-service`,
    ],
    [
      "a port that is another's health port",
      'port: 3000',
      'port: 51051',
      `msx.yaml:${lineOf('port: 3000')}:11 services.api-gateway.port: port 51051 of api-gateway is already taken by the health of user-service`,
    ],
    [
      'more minimum than maximum replicas',
      'auth:',
      'kubernetes: { replicas: 7 }\n\nauth:',
      `msx.yaml:${lineOf('auth:')}:25 kubernetes.replicas: 7 is more than maxReplicas, 6`,
    ],
    [
      'a missing value',
      'port: 3000',
      'port:',
      `msx.yaml:${lineOf('port: 3000')}:5 services.api-gateway.port: expected a whole number from 1 to 65535, not nothing`,
    ],
    [
      'a missing key',
      '    port: 3000\n',
      '',
      `msx.yaml:${lineOf('api-gateway:')}:3 services.api-gateway: "port" is missing`,
    ],
    [
      'an invalid topic name',
      'user.updated: {',
      'user/updated: {',
      `msx.yaml:${lineOf('user.updated: {')}:3 topics["user/updated"]: "user/updated" is not a topic name (letters, digits, dots, dashes and underscores)`,
    ],
  ];

  it.each(cases)('is reported with its position: %s', (...[, from, to, expected]) => {
    expect(changed(from, to)).toContain(expected);
  });

  it('does not hide other mistakes', () => {
    const text = shop.replace('kind: graphql', 'kind: graphq').replace('port: 9092', 'port: 0');
    expect(refusal(text)).toHaveLength(2);
  });

  it('may be in the YAML itself', () => {
    expect(refusal('name: shop\nservices: [1\n')[0]).toMatch(/^msx\.yaml:\d+:\d+ Flow sequence/);
    expect(refusal('name: a\nname: b')[0]).toBe('msx.yaml:2:1 Map keys must be unique');
    expect(refusal('a: *nowhere')[0]).toMatch(/^msx\.yaml:1:\d+ Unresolved alias/);
    expect(refusal('')).toEqual(['msx.yaml:1:1 expected a mapping, not nothing']);
  });

  it('may be a cycle', () => {
    const text = shop
      .replace('file: users.db }', 'file: users.db }\n    needs: [order-service]')
      .replace(
        'file: orders.db }\n    needs: [kafka]',
        'file: orders.db }\n    needs: [kafka, user-service]',
      );
    expect(refusal(text)).toEqual([
      expect.stringContaining('cycle: user-service needs order-service needs user-service'),
    ]);
    const calls = shop.replace('file: users.db }', 'file: users.db }\n    calls: [user-service]');
    expect(refusal(calls)).toEqual([expect.stringContaining('cycle: user-service calls user-service')]);
  });

  it('may be a missing folder or file', () => {
    const exists = (path: string) => path !== 'services/order-service' && path !== 'proto/user.proto';
    expect(refusal(shop, exists)).toEqual([
      expect.stringContaining('services.user-service.proto[0]: there is no file proto/user.proto'),
      expect.stringContaining('services.order-service.path: there is no folder services/order-service'),
    ]);
  });

  it('may involve several parts of a system', () => {
    const noProto = shop.replace('    proto: [user.proto]\n', '');
    expect(refusal(noProto)).toEqual([
      expect.stringContaining('a gRPC service needs at least one file in "proto"'),
    ]);
    const graphql = shop.replace('file: users.db }', 'file: users.db }\n    calls: [api-gateway]');
    expect(refusal(graphql).join()).toContain('"api-gateway" serves GraphQL; only gRPC services are called');
    expect(refusal(shop.replace('  user-service:', '  kafka:')).join()).toContain(
      `"kafka" is the broker's name`,
    );
    expect(
      refusal(shop.replaceAll('path: services/order-service', 'path: services/user-service')).join(),
    ).toContain('the folder services/user-service of order-service is already taken by user-service');
  });
});

describe('any msx.yaml', () => {
  const holds = (text: string) => {
    for (const line of refusal(text)) expect(line).not.toBe('');
  };

  it('is accepted or refused: random text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), holds), { numRuns: 500 });
  });

  it('is accepted or refused: random data', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => holds(JSON.stringify(value))),
      { numRuns: 500 },
    );
  });

  it('is accepted or refused: the shop with a piece removed or replaced', () => {
    const piece = fc.tuple(
      fc.nat(shop.length),
      fc.nat(40),
      fc.constantFrom('', '[', '{', ': ', '- ', '&a', '*a', '!!x', '\t'),
    );
    fc.assert(
      fc.property(piece, ([from, length, put]) =>
        holds(shop.slice(0, from) + put + shop.slice(from + length)),
      ),
      { numRuns: 150 },
    );
  });

  it('is accepted or refused: the shop with random values', () => {
    const lines = shop
      .split('\n')
      .flatMap((line, n) => (/: \S/.test(line) && !line.startsWith('#') ? [n] : []));
    const property = fc.property(fc.constantFrom(...lines), fc.jsonValue(), (n, value) => {
      const edited = shop.split('\n');
      edited[n] = edited[n]!.replace(/: .*/, `: ${JSON.stringify(value)}`);
      holds(edited.join('\n'));
    });
    fc.assert(property, { numRuns: 150 });
  });
});

describe('the root of a system', () => {
  it('is the nearest folder with an msx.yaml', () => {
    const folder = mkdtempSync(join(tmpdir(), 'msx-root-'));
    try {
      mkdirSync(join(folder, 'a/b'), { recursive: true });
      writeFileSync(join(folder, 'msx.yaml'), 'name: shop\nservices: {}\n');
      expect(findRoot(join(folder, 'a/b'))).toBe(folder);
      expect(loadSystem(folder)).toMatchObject({ name: 'shop', root: folder });
      expect(() => loadSystem(join(folder, 'a'))).toThrow(expect.objectContaining({ code: 'NO_SYSTEM' }));
      rmSync(join(folder, 'msx.yaml'));
      expect(() => findRoot(join(folder, 'a/b'))).toThrow(expect.objectContaining({ code: 'NO_SYSTEM' }));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
