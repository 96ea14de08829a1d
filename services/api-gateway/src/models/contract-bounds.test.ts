import { readFileSync, readdirSync } from 'node:fs';
import { boundedFields } from '@msx/runtime/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildClientSchema, getIntrospectionQuery, isListType } from 'graphql';
import type { IntrospectionQuery } from 'graphql';
import { Gateway } from '../gateway.fixture.js';
import { inputsIn, requestWith, sampleOf } from '@msx/gateway/testing';
import type { SchemaInput } from '@msx/gateway/testing';

const PROTO = new URL('../../../../proto/', import.meta.url);

const fields = readdirSync(PROTO)
  .filter((file) => file.endsWith('.proto'))
  .flatMap((file) => boundedFields(readFileSync(new URL(file, PROTO), 'utf8')))
  .filter(({ max }) => max !== undefined);

/** The field that calls an RPC, where it has another name; null for RPCs that no client can reach. */
const FIELDS: Readonly<Record<string, string | null>> = {
  batchGetUsers: null,
  batchGetProducts: null,
  batchGetOrders: null,
  checkProductStock: null,
  getReservation: null,
  findOrder: null,
  countUsers: null,
  countProducts: null,
  countUserOrders: null,
  searchUsers: 'usersConnection',
  searchProducts: 'productsConnection',
  searchUserOrders: 'userOrdersConnection',
  listProducts: 'products',
};

/** The name of a request field in the schema, where it differs. */
const NAMES: Readonly<Record<string, string>> = { statuses: 'status' };

/** Fields that clients send as a header. */
const HEADERS = ['idempotencyKey'];

describe('the schema has the bounds of the contracts', () => {
  const gateway = new Gateway();
  let schema: SchemaInput[];

  beforeAll(async () => {
    await gateway.start();
    const { data } = await gateway.gql(getIntrospectionQuery());
    schema = inputsIn(buildClientSchema(data as IntrospectionQuery));
  });
  afterAll(() => gateway.stop());

  const inputOf = (field: string, path: readonly string[]) => {
    const name = path.map((each) => NAMES[each] ?? each).join('.');
    return schema.find((input) => input.field.name === field && input.path.join('.') === name);
  };

  /** Whether the value is refused as too long. */
  async function isTooLong(input: SchemaInput, count: number): Promise<boolean> {
    const list = isListType(input.type);
    const value = isListType(input.type) ? Array(count).fill(sampleOf(input.type.ofType)) : 'x'.repeat(count);
    const { query, variables } = requestWith(input, value);
    const { errors = [] } = await gateway.gql(query, variables);
    const problems = (errors[0]?.extensions.validation ?? []) as { field: string; message: string }[];
    const pattern = list ? /must have at most/ : /must not be longer than/;
    return problems.some(({ field, message }) => field === input.path.join('.') && pattern.test(message));
  }

  const paired = fields.filter(({ rpc, path }) => FIELDS[rpc] !== null && !HEADERS.includes(path[0]!));

  it.each(paired)('$rpc takes $max at $path', async ({ rpc, path, max }) => {
    const input = inputOf(FIELDS[rpc] ?? rpc, path);
    expect(input).toBeDefined();
    expect(await isTooLong(input!, max!)).toBe(false);
    expect(await isTooLong(input!, max! + 1)).toBe(true);
  });
});
