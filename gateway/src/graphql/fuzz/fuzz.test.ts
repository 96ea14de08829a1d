import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { buildClientSchema, getIntrospectionQuery } from 'graphql';
import type { GraphQLSchema, IntrospectionQuery } from 'graphql';
import { describeWhere } from '../../../../checks/skipping.fixture.js';
import { installedEngines } from '../apollo-packages.js';
import { Engines, send } from '../engines.fixture.js';
import type { Reply } from '../engines.fixture.js';
import { corrupted, RandomOperation } from './random-operation.fixture.js';
import type { RandomRequest } from './random-operation.fixture.js';
import { RandomValues } from './random-value.fixture.js';
import type { Draw } from './random-value.fixture.js';

/** The number of runs for each kind of operation; override it with FUZZ_RUNS. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 60);

/** Fixed, so that runs before and after a change are comparable; override it with FUZZ_SEED. */
const seed = Number(process.env.FUZZ_SEED ?? 1);

/** Enough for the compiled engine to compile the operation, so that both of its paths are covered. */
const REPEATS = 6;

jest.setTimeout(120_000 + RUNS * 1_000);

const engines = new Engines();
const ids: string[] = [];
let schema: GraphQLSchema;

type Kind = 'query' | 'mutation';

async function start(): Promise<void> {
  await engines.start({ RATE_LIMIT_ADDRESS: 'off', RATE_LIMIT_PRINCIPAL: 'off', QUERY_MAX_TOKENS: '5000' });
  const { library } = engines.compiled;
  const readers = [library.addReader('Jane', 'jane@example.com'), library.addReader('Joe')];
  const books = [library.addBook(), library.addBook({ name: 'Desk', stock: 0 })];
  const loans = readers.map(({ id }) => library.addLoan(id, books));
  ids.push(...[...readers, ...books, ...loans].map(({ id }) => id));
  const { data } = await engines.compiled.gql(getIntrospectionQuery());
  schema = buildClientSchema(data as IntrospectionQuery);
}

function requestOf(draw: Draw, kind: Kind): RandomRequest {
  const operation = new RandomOperation(draw, new RandomValues(draw, ids));
  return operation.over((kind === 'query' ? schema.getQueryType() : schema.getMutationType())!, kind);
}

const httpRequest = (request: RandomRequest) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(request),
});

/** Any request is answered with data, or with errors that have a code. */
function expectNoDefect({ status, body }: Reply): void {
  expect([200, 400]).toContain(status);
  const { errors = [], data } = body as { data?: unknown; errors?: { extensions: { code?: string } }[] };
  expect(errors.length > 0 || data).toBeTruthy();
  for (const { extensions } of errors) expect(extensions.code).toMatch(/^(?!INTERNAL$)[A-Z_]+$/);
}

/** Fields are resolved concurrently, so errors come in any order. */
function sorted({ status, body }: Reply): unknown {
  const { errors = [], data } = body as { data?: unknown; errors?: unknown[] };
  return { status, data, errors: errors.map((error) => JSON.stringify(error)).sort() };
}

async function expectSameAnswers(request: RandomRequest): Promise<void> {
  const { compiled, apollo } = await engines.sendToBoth(httpRequest(request));
  expectNoDefect(compiled);
  expect(sorted(compiled)).toEqual(sorted(apollo));
  const again = Array.from({ length: REPEATS }, () => send(engines.compiled.url, httpRequest(request)));
  for (const reply of await Promise.all(again)) expect(sorted(reply)).toEqual(sorted(apollo));
}

async function expectNoDefects(request: RandomRequest): Promise<void> {
  const { compiled, apollo } = await engines.sendToBoth(httpRequest(request));
  for (const reply of [compiled, apollo]) expectNoDefect(reply);
}

/** Adds the request to a failure: the drawn values alone say little. */
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

describeWhere(installedEngines().includes('apollo'), 'npm run test:apollo installs Apollo Server')(
  'random operations',
  () => {
    beforeAll(start);
    afterAll(() => engines.stop());

    it('that are queries get the same response from both engines, interpreted or compiled', () =>
      check('query', (request) => named(request, expectSameAnswers)));

    it('that are corrupted are refused with the same errors', () =>
      check('query', ({ query, variables }, draw) =>
        named({ query: corrupted(draw, query), variables }, expectSameAnswers),
      ));

    it('that are mutations reveal no defect', () =>
      check('mutation', (request) => named(request, expectNoDefects)));
  },
);
