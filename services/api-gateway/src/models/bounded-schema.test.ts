import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildClientSchema, getIntrospectionQuery, isListType } from 'graphql';
import type { IntrospectionQuery } from 'graphql';
import { Gateway } from '../gateway.fixture.js';
import { inputsIn, installedEngines, requestWith, sampleOf } from '@msx/gateway/testing';
import type { SchemaInput } from '@msx/gateway/testing';

/** Longer than any string may be. */
const LONG = 'x'.repeat(20_000);

/** Longer than a list without a bound of its own may be. */
const MANY = 1_001;

/** Longer than any list may be, except for `_entities`, which takes many representations at a time. */
const SEVERAL = 101;

describe.each(installedEngines())('every input of the schema is bounded (%s)', (engine) => {
  const gateway = new Gateway();
  let inputs: SchemaInput[];

  beforeAll(async () => {
    await gateway.start('development', { GRAPHQL_ENGINE: engine });
    const { data } = await gateway.gql(getIntrospectionQuery());
    inputs = inputsIn(buildClientSchema(data as IntrospectionQuery));
  });
  afterAll(() => gateway.stop());

  const nameOf = ({ field, path }: SchemaInput) => `${field.name}(${path.join('.')})`;
  const lists = () => inputs.filter(({ type }) => isListType(type));
  const members = ({ type }: SchemaInput, count: number) =>
    Array.from({ length: count }, () => isListType(type) && sampleOf(type.ofType));

  /** The code that a request is refused with, and whether it is about this input. */
  async function refusalOf(input: SchemaInput, value: unknown): Promise<string> {
    const { query, variables } = requestWith(input, value);
    const { errors = [] } = await gateway.gql(query, variables);
    const { code, validation = [] } = errors[0]?.extensions ?? {};
    const fields = (validation as { field: string }[]).map(({ field }) => field.replace(/\[\d+\]/g, ''));
    const isAboutIt = code !== 'VALIDATION_FAILED' || fields.includes(input.path.join('.'));
    return `${nameOf(input)}: ${isAboutIt ? code : `${code} about ${fields.join()}`}`;
  }

  it('each list', async () => {
    for (const input of lists()) {
      expect(await refusalOf(input, members(input, MANY))).toBe(`${nameOf(input)}: LIST_TOO_LONG`);
      if (input.path[0] === 'representations') continue;
      expect(await refusalOf(input, members(input, SEVERAL))).toBe(`${nameOf(input)}: VALIDATION_FAILED`);
    }
    expect(Object.values(gateway.shop.servers).flatMap(({ calls }) => calls)).toEqual([]);
  });

  it('each string', async () => {
    const strings = inputs.filter(({ type }) => ['String', 'ID'].includes(String(type)));
    for (const input of strings)
      expect(await refusalOf(input, LONG)).toBe(`${nameOf(input)}: VALIDATION_FAILED`);
  });
});
