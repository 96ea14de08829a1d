import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { buildClientSchema, getIntrospectionQuery } from 'graphql';
import type { GraphQLSchema, IntrospectionQuery } from 'graphql';
import { Engines, send } from '../engines.fixture.js';
import type { Reply } from '../engines.fixture.js';
import { damaged, RandomOperation } from './random-operation.fixture.js';
import type { RandomRequest } from './random-operation.fixture.js';
import { RandomValues } from './random-value.fixture.js';
import type { Draw } from './random-value.fixture.js';

/** Of each kind of operation; FUZZ_RUNS makes it more. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 60);

/** The same operations each time, so that a change is judged by what it does; FUZZ_SEED draws others. */
const seed = Number(process.env.FUZZ_SEED ?? 1);

/** After as many the compiled engine has compiled what it can, so that both of its ways are seen. */
const REPEATS = 6;

jest.setTimeout(120_000 + RUNS * 1_000);

const engines = new Engines();
const ids: string[] = [];
let schema: GraphQLSchema;

beforeAll(async () => {
  await engines.start({ RATE_LIMIT_ADDRESS: 'off', RATE_LIMIT_PRINCIPAL: 'off', QUERY_MAX_TOKENS: '5000' });
  const { shop } = engines.compiled;
  const users = [shop.addUser('Jane', 'jane@example.com'), shop.addUser('Joe')];
  const products = [shop.addProduct(), shop.addProduct({ name: 'Desk', stock: 0 })];
  const orders = users.map(({ id }) => shop.addOrder(id, products));
  ids.push(...[...users, ...products, ...orders].map(({ id }) => id));
  const { data } = await engines.compiled.gql(getIntrospectionQuery());
  schema = buildClientSchema(data as IntrospectionQuery);
});
afterAll(() => engines.stop());

type Kind = 'query' | 'mutation';

function requestOf(draw: Draw, kind: Kind): RandomRequest {
  const operation = new RandomOperation(draw, new RandomValues(draw, ids));
  return operation.over((kind === 'query' ? schema.getQueryType() : schema.getMutationType())!, kind);
}

const httpRequest = (request: RandomRequest) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(request),
});

/** Whatever a client sends, it is answered with data or with what is wrong with it. */
function expectNoDefect({ status, body }: Reply): void {
  expect([200, 400]).toContain(status);
  const { errors = [], data } = body as { data?: unknown; errors?: { extensions: { code?: string } }[] };
  expect(errors.length > 0 || data).toBeTruthy();
  for (const { extensions } of errors) expect(extensions.code).toMatch(/^(?!INTERNAL$)[A-Z_]+$/);
}

/** Fields are resolved side by side, so that errors come in any order. */
function sorted({ status, body }: Reply): unknown {
  const { errors = [], data } = body as { data?: unknown; errors?: unknown[] };
  return { status, data, errors: errors.map((error) => JSON.stringify(error)).sort() };
}

async function expectSameAnswers(request: RandomRequest): Promise<void> {
  const { compiled, apollo } = await engines.ask(httpRequest(request));
  expectNoDefect(compiled);
  expect(sorted(compiled)).toEqual(sorted(apollo));
  const again = Array.from({ length: REPEATS }, () => send(engines.compiled.url, httpRequest(request)));
  for (const reply of await Promise.all(again)) expect(sorted(reply)).toEqual(sorted(apollo));
}

async function expectNoDefects(request: RandomRequest): Promise<void> {
  const { compiled, apollo } = await engines.ask(httpRequest(request));
  for (const reply of [compiled, apollo]) expectNoDefect(reply);
}

/** Names the request that it fails for: what was drawn to make it says little. */
async function named(
  request: RandomRequest,
  holds: (request: RandomRequest) => Promise<void>,
): Promise<void> {
  await holds(request).catch((cause: Error) => {
    throw new Error(`${JSON.stringify(request)}\n${cause.message}`, { cause });
  });
}

const check = (kind: Kind, holds: (request: RandomRequest, draw: Draw) => Promise<void>) =>
  fc.assert(
    fc.asyncProperty(fc.gen(), (g) => {
      const draw: Draw = (arbitrary) => g(() => arbitrary);
      return holds(requestOf(draw, kind), draw);
    }),
    { numRuns: RUNS, seed, endOnFailure: true },
  );

describe('random operations', () => {
  it('that ask are answered the same by both engines, interpreted or compiled', () =>
    check('query', (request) => named(request, expectSameAnswers)));

  it('that are damaged are refused the same', () =>
    check('query', ({ query, variables }, draw) =>
      named({ query: damaged(draw, query), variables }, expectSameAnswers),
    ));

  it('that change something find no defect', () =>
    check('mutation', (request) => named(request, expectNoDefects)));
});
