import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Table, type Change } from '../storage/table.js';
import { ClientQuotas, type Quotas } from './client-quotas.js';

const inMemory = (): ClientQuotas => {
  const values = new Map<string, Quotas>();
  const commit = (changes: Change[]): void => {
    for (const [, key, value] of changes)
      if (value === null) values.delete(key);
      else values.set(key, value as Quotas);
  };
  return new ClientQuotas(new Table('client-quotas', values, commit));
};

const user = fc.constantFrom('u1', 'u2', null);
const clientId = fc.constantFrom('c1', null);
const entity = fc.oneof(
  user.map((name) => [['user', name]] as const),
  clientId.map((name) => [['client-id', name]] as const),
  fc.tuple(user, clientId).map(
    ([u, c]) =>
      [
        ['user', u],
        ['client-id', c],
      ] as const,
  ),
  fc.tuple(user, clientId).map(
    ([u, c]) =>
      [
        ['client-id', c],
        ['user', u],
      ] as const,
  ),
);
const change = fc.record({
  entity,
  name: fc.constantFrom('producer_byte_rate', 'request_percentage', 'unknown'),
  value: fc.constantFrom(1, 2.5, 1000, 0, -1, undefined),
  validateOnly: fc.boolean(),
});

/** The same for all orders of the types of an entity. */
const textOf = (parts: Iterable<readonly [string, string | null]>): string =>
  [...parts]
    .map(([type, name]) => `${type}=${name ?? '<default>'}`)
    .sort()
    .join();

const isValid = (name: string, value: number | undefined): boolean =>
  value === undefined ||
  (value > 0 && name !== 'unknown' && (name === 'request_percentage' || Number.isInteger(value)));

describe('client quotas', () => {
  it('are what the valid changes of each entity made of them', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const quotas = inMemory();
        const model = new Map<string, Map<string, number>>();
        for (const { entity: parts, name, value, validateOnly } of changes) {
          const alter = (): void => quotas.alter(new Map(parts), new Map([[name, value]]), validateOnly);
          if (!isValid(name, value)) expect(alter).toThrow();
          else alter();
          if (!isValid(name, value) || validateOnly) continue;
          const values = model.get(textOf(parts)) ?? new Map<string, number>();
          if (value === undefined) values.delete(name);
          else values.set(name, value);
          model.set(textOf(parts), values);
        }
        const expected = [...model].filter(([, values]) => values.size > 0);
        expect(new Map(quotas.all().map((found) => [textOf(found.entity), found.quotas]))).toEqual(
          new Map(expected.map(([text, values]) => [text, Object.fromEntries(values)])),
        );
      }),
    );
  });
});
