import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { describeWhere } from '../../../checks/skipping.fixture.js';
import { installedEngines } from './apollo-packages.js';
import { Engines } from './engines.fixture.js';
import type { HttpRequest } from './engines.fixture.js';

jest.setTimeout(60_000);

const engines = new Engines();

const json = { 'content-type': 'application/json' };
const typename = '{"query":"{ __typename }"}';
const two = 'query A { readersCount } query B { __typename }';
const nothing = '00000000-0000-4000-8000-000000000000';
const megabyte = 'x'.repeat(1_000_000);

const post = (body: string, headers: Record<string, string> = json): HttpRequest => ({
  method: 'POST',
  headers,
  body,
});
const accepting = (accept: string) => post(typename, { ...json, accept });
const ask = (request: object) => post(JSON.stringify(request));
const get = (parameters: Record<string, string>, headers: Record<string, string> = json): HttpRequest => ({
  headers,
  search: `?${new URLSearchParams(parameters)}`,
});
const times = (count: number, of: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => of(n)).join(' ');
const withN = 'query ($n: Int!) { readers(limit: $n) { id } }';
const hash = { version: 1, sha256Hash: 'x' };
const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

/** The status, and the code of the first error. */
const cases: [string, string, HttpRequest][] = [
  ['a query', '200', post(typename)],
  ['a query in a URL', '200', get({ query: '{ __typename }' })],
  ['variables in a URL', '200', get({ query: withN, variables: '{"n":3}' })],
  ['a client that accepts GraphQL', '200', accepting('application/graphql-response+json')],
  ['one that prefers JSON', '200', accepting('application/graphql-response+json;q=0.9, application/json')],
  ['one that accepts anything', '200', accepting('text/html, */*;q=0.1')],
  ['one that accepts only images', '406 BAD_REQUEST', accepting('image/png')],
  ['one of two operations', '200', ask({ query: two, operationName: 'B' })],
  ['two operations and no name', '400 OPERATION_RESOLUTION_FAILURE', ask({ query: two })],
  ['an unknown operation name', '400 OPERATION_RESOLUTION_FAILURE', ask({ query: two, operationName: 'C' })],
  ['no operation', '400 GRAPHQL_VALIDATION_FAILED', ask({ query: 'fragment F on Reader { id }' })],
  [
    'an empty operation name',
    '400 OPERATION_RESOLUTION_FAILURE',
    ask({ query: '{ readersCount }', operationName: '' }),
  ],
  ['an empty body', '400 BAD_REQUEST', post('')],
  ['truncated JSON', '400 BAD_REQUEST', post('{"query":"{ __typename }"')],
  ['JSON that is not an object', '400 BAD_REQUEST', post('"{ __typename }"')],
  ['null', '400 BAD_REQUEST', post('null')],
  ['JSON with __proto__', '400 BAD_REQUEST', post(`{"__proto__":${typename}}`)],
  ['a batch', '400 BAD_REQUEST', post(`[${typename},${typename}]`)],
  ['an empty batch', '400 BAD_REQUEST', post('[]')],
  ['no query', '400 BAD_REQUEST', ask({})],
  ['an empty query', '400 BAD_REQUEST', ask({ query: '' })],
  ['a query of blanks', '400 GRAPHQL_PARSE_FAILED', ask({ query: '  ' })],
  ['a query that is not a string', '400 BAD_REQUEST', ask({ query: { kind: 'Document' } })],
  ['an operation name that is not a string', '400 BAD_REQUEST', ask({ query: two, operationName: 1 })],
  ['variables that are a string', '400 BAD_REQUEST', ask({ query: two, variables: '{}' })],
  ['variables that are a list', '400 BAD_REQUEST', ask({ query: two, variables: [] })],
  ['nulls', '200', ask({ query: '{ __typename }', variables: null, operationName: null, extensions: null })],
  ['extensions that are a string', '400 BAD_REQUEST', ask({ query: two, extensions: 'x' })],
  [
    'variables in a URL that are not JSON',
    '400 BAD_REQUEST',
    get({ query: '{ __typename }', variables: '{' }),
  ],
  ['two queries in a URL', '400 BAD_REQUEST', { headers: json, search: '?query={a}&query={b}' }],
  ['a persisted query', '200 PERSISTED_QUERY_NOT_SUPPORTED', ask({ extensions: { persistedQuery: hash } })],
  ['a URL that any page may open', '400 BAD_REQUEST', get({ query: '{ __typename }' }, {})],
  [
    'a URL with a preflighted header',
    '200',
    get({ query: '{ __typename }' }, { 'apollo-require-preflight': '1' }),
  ],
  ['a mutation in a URL', '405 BAD_REQUEST', get({ query: 'mutation { logout(refreshToken: "x") }' })],
  ['a GET of XML', '415 BAD_REQUEST', get({ query: '{ a }' }, { 'content-type': 'application/xml' })],
  ['plain text', '400 BAD_REQUEST', post(typename, { 'content-type': 'text/plain' })],
  ['another method', '404 BAD_REQUEST', { ...post(typename), method: 'PUT' }],
  ['a query that is not GraphQL', '400 GRAPHQL_PARSE_FAILED', ask({ query: '{ readers(' })],
  [
    'unknown fields',
    '400 GRAPHQL_VALIDATION_FAILED',
    ask({ query: '{ reader(id: "x") { nam } readersCoun }' }),
  ],
  ['a variable of the wrong type', '400 BAD_USER_INPUT', ask({ query: withN, variables: { n: 'ten' } })],
  ['a variable that is missing', '400 BAD_USER_INPUT', ask({ query: withN })],
  ['a variable too large', '400 BAD_USER_INPUT', ask({ query: withN, variables: { n: 2 ** 31 } })],
  ['an argument out of bounds', '200 VALIDATION_FAILED', ask({ query: withN, variables: { n: 0 } })],
  ['a missing entity', '200 READER_NOT_FOUND', ask({ query: `{ reader(id: "${nothing}") { id } }` })],
  [
    '1,000 levels',
    '400 TOO_MANY_TOKENS',
    ask({ query: `{ ${'loan { reader { '.repeat(500)}id${' } }'.repeat(500)} }` }),
  ],
  [
    '10,000 aliases',
    '400 TOO_MANY_TOKENS',
    ask({ query: `{ ${times(10_000, (n) => `a${n}: readersCount`)} }` }),
  ],
  ['200 aliases', '400 TOO_MANY_ALIASES', ask({ query: `{ ${times(200, (n) => `a${n}: readersCount`)} }` })],
  [
    'variables 1,000 levels deep',
    '400 BAD_USER_INPUT',
    ask({ query: withN, variables: { n: nested(1_000) } }),
  ],
  ['a name of a megabyte', '400 GRAPHQL_VALIDATION_FAILED', ask({ query: `{ ${megabyte} }` })],
  ['ten megabytes', '413 BAD_REQUEST', ask({ query: `{ ${megabyte.repeat(10)} }` })],
];

describeWhere(installedEngines().includes('apollo'), 'npm run test:apollo installs Apollo Server')(
  'both engines give the same response to',
  () => {
    beforeAll(() => engines.start());
    afterAll(() => engines.stop());

    it.each(cases)('%s: %s', async (_, expected, request) => {
      const { compiled, apollo } = await engines.sendToBoth(request);
      expect(compiled).toEqual(apollo);
      const { errors } = Object(compiled.body) as { errors?: { extensions: { code: string } }[] };
      const code = errors?.[0]!.extensions.code;
      expect([compiled.status, code].join(' ').trim()).toBe(expected);
    });
  },
);
