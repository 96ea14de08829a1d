import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Engines } from './engines.fixture.js';
import type { HttpRequest } from './engines.fixture.js';

jest.setTimeout(60_000);

const engines = new Engines();
beforeAll(() => engines.start());
afterAll(() => engines.stop());

const json = { 'content-type': 'application/json' };
const typename = '{"query":"{ __typename }"}';
const two = 'query A { usersCount } query B { __typename }';
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
const withN = 'query ($n: Int!) { users(limit: $n) { id } }';
const hash = { version: 1, sha256Hash: 'x' };
const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

/** The status, and the code of the first error. */
const cases: [string, string, HttpRequest][] = [
  ['a query', '200', post(typename)],
  ['a query in a URL', '200', get({ query: '{ __typename }' })],
  ['variables in a URL', '200', get({ query: withN, variables: '{"n":3}' })],
  ['a client that wants GraphQL', '200', accepting('application/graphql-response+json')],
  ['one that prefers JSON', '200', accepting('application/graphql-response+json;q=0.9, application/json')],
  ['one that takes anything', '200', accepting('text/html, */*;q=0.1')],
  ['one that takes only pictures', '406 BAD_REQUEST', accepting('image/png')],
  ['one of two operations', '200', ask({ query: two, operationName: 'B' })],
  ['two operations and no name', '400 OPERATION_RESOLUTION_FAILURE', ask({ query: two })],
  ['the name of none', '400 OPERATION_RESOLUTION_FAILURE', ask({ query: two, operationName: 'C' })],
  ['no operation', '400 GRAPHQL_VALIDATION_FAILED', ask({ query: 'fragment F on User { id }' })],
  ['an empty name', '400 OPERATION_RESOLUTION_FAILURE', ask({ query: '{ usersCount }', operationName: '' })],
  ['nothing at all', '400 BAD_REQUEST', post('')],
  ['JSON that is cut off', '400 BAD_REQUEST', post('{"query":"{ __typename }"')],
  ['JSON that is no object', '400 BAD_REQUEST', post('"{ __typename }"')],
  ['null', '400 BAD_REQUEST', post('null')],
  ['JSON that reaches for prototypes', '400 BAD_REQUEST', post(`{"__proto__":${typename}}`)],
  ['a batch', '400 BAD_REQUEST', post(`[${typename},${typename}]`)],
  ['an empty batch', '400 BAD_REQUEST', post('[]')],
  ['no query', '400 BAD_REQUEST', ask({})],
  ['an empty query', '400 BAD_REQUEST', ask({ query: '' })],
  ['a query of blanks', '400 GRAPHQL_PARSE_FAILED', ask({ query: '  ' })],
  ['a query that is no text', '400 BAD_REQUEST', ask({ query: { kind: 'Document' } })],
  ['a name that is no text', '400 BAD_REQUEST', ask({ query: two, operationName: 1 })],
  ['variables that are a text', '400 BAD_REQUEST', ask({ query: two, variables: '{}' })],
  ['variables that are a list', '400 BAD_REQUEST', ask({ query: two, variables: [] })],
  ['nulls', '200', ask({ query: '{ __typename }', variables: null, operationName: null, extensions: null })],
  ['extensions that are a text', '400 BAD_REQUEST', ask({ query: two, extensions: 'x' })],
  ['variables in a URL, no JSON', '400 BAD_REQUEST', get({ query: '{ __typename }', variables: '{' })],
  ['two queries in a URL', '400 BAD_REQUEST', { headers: json, search: '?query={a}&query={b}' }],
  ['a persisted query', '200 PERSISTED_QUERY_NOT_SUPPORTED', ask({ extensions: { persistedQuery: hash } })],
  ['a URL that a page may open', '400 BAD_REQUEST', get({ query: '{ __typename }' }, {})],
  ['a URL that none can', '200', get({ query: '{ __typename }' }, { 'apollo-require-preflight': '1' })],
  ['a mutation in a URL', '405 BAD_REQUEST', get({ query: 'mutation { logout(refreshToken: "x") }' })],
  ['a GET of XML', '415 BAD_REQUEST', get({ query: '{ a }' }, { 'content-type': 'application/xml' })],
  ['plain text', '400 BAD_REQUEST', post(typename, { 'content-type': 'text/plain' })],
  ['another method', '404 BAD_REQUEST', { ...post(typename), method: 'PUT' }],
  ['what is no GraphQL', '400 GRAPHQL_PARSE_FAILED', ask({ query: '{ users(' })],
  ['unknown fields', '400 GRAPHQL_VALIDATION_FAILED', ask({ query: '{ user(id: "x") { nam } usersCoun }' })],
  ['a variable of the wrong type', '400 BAD_USER_INPUT', ask({ query: withN, variables: { n: 'ten' } })],
  ['a variable that is missing', '400 BAD_USER_INPUT', ask({ query: withN })],
  ['a variable too large', '400 BAD_USER_INPUT', ask({ query: withN, variables: { n: 2 ** 31 } })],
  ['an argument out of bounds', '200 VALIDATION_FAILED', ask({ query: withN, variables: { n: 0 } })],
  ['what is not there', '200 USER_NOT_FOUND', ask({ query: `{ user(id: "${nothing}") { id } }` })],
  [
    '1,000 levels',
    '400 TOO_MANY_TOKENS',
    ask({ query: `{ ${'order { user { '.repeat(500)}id${' } }'.repeat(500)} }` }),
  ],
  [
    '10,000 aliases',
    '400 TOO_MANY_TOKENS',
    ask({ query: `{ ${times(10_000, (n) => `a${n}: usersCount`)} }` }),
  ],
  ['200 aliases', '400 TOO_MANY_ALIASES', ask({ query: `{ ${times(200, (n) => `a${n}: usersCount`)} }` })],
  [
    'variables 1,000 levels deep',
    '400 BAD_USER_INPUT',
    ask({ query: withN, variables: { n: nested(1_000) } }),
  ],
  ['a name of a megabyte', '400 GRAPHQL_VALIDATION_FAILED', ask({ query: `{ ${megabyte} }` })],
  ['ten megabytes', '413 BAD_REQUEST', ask({ query: `{ ${megabyte.repeat(10)} }` })],
];

describe('both engines answer the same to', () => {
  it.each(cases)('%s: %s', async (_, expected, request) => {
    const { compiled, apollo } = await engines.ask(request);
    expect(compiled).toEqual(apollo);
    const { errors } = Object(compiled.body) as { errors?: { extensions: { code: string } }[] };
    const code = errors?.[0]!.extensions.code;
    expect([compiled.status, code].join(' ').trim()).toBe(expected);
  });
});
