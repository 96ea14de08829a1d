import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import type { WireClient } from '../server/wire-client.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { describeClientQuotas } from './48-describe-client-quotas.js';
import { alterClientQuotas } from './49-alter-client-quotas.js';

const { start, connect, directory } = brokers();

/** An entry of a request; an undefined value removes the quota. */
const entry = (entity: Record<string, string | null>, quotas: Record<string, number | undefined>) => ({
  entity: Object.entries(entity).map(([entityType, entityName]) => ({ entityType, entityName })),
  ops: Object.entries(quotas).map(([key, value]) => ({
    key,
    value: value ?? 0,
    remove: value === undefined,
  })),
});

const stored = async (client: WireClient) => {
  const { entries } = await client.call(describeClientQuotas, 1, {});
  return entries!.map(({ entity, values }) => [
    entity.map(({ entityType, entityName }) => `${entityType}=${entityName}`).join(),
    Object.fromEntries(values.map(({ key, value }) => [key, value])),
  ]);
};

describe('AlterClientQuotas', () => {
  it('sets, changes and removes quotas, which survive a restart', async () => {
    const data = directory();
    const broker = await start({ data });
    const client = await connect(broker);
    const first = entry(
      { user: 'u', 'client-id': null },
      { producer_byte_rate: 1024, request_percentage: 12.5 },
    );
    const { entries } = await client.call(alterClientQuotas, 1, { entries: [first] });
    expect(entries).toMatchObject([{ errorCode: ErrorCode.NONE, errorMessage: null }]);
    const second = entry(
      { 'client-id': null, user: 'u' },
      { producer_byte_rate: 2048, request_percentage: undefined },
    );
    await client.call(alterClientQuotas, 0, { entries: [second] });
    await broker.close();
    const restarted = await connect(await start({ data }));
    expect(await stored(restarted)).toEqual([['client-id=null,user=u', { producer_byte_rate: 2048 }]]);
    const last = entry({ user: 'u', 'client-id': null }, { producer_byte_rate: undefined });
    await restarted.call(alterClientQuotas, 1, { entries: [last] });
    expect(await stored(restarted)).toEqual([]);
  });

  it('changes nothing when it only validates', async () => {
    const client = await connect(await start());
    const entries = [entry({ user: 'u' }, { producer_byte_rate: 1 })];
    const answer = await client.call(alterClientQuotas, 1, { entries, validateOnly: true });
    expect(answer.entries).toMatchObject([{ errorCode: ErrorCode.NONE }]);
    expect(await stored(client)).toEqual([]);
  });

  it.each([
    [entry({ user: 'u' }, { producer_byte_rate: 1, nonsense: 1 }), 'Invalid configuration key nonsense'],
    [entry({ user: 'u' }, { constructor: 1 }), 'Invalid configuration key constructor'],
    [entry({ user: 'u' }, { connection_creation_rate: 1 }), 'Invalid configuration key'],
    [entry({ ip: '::1' }, { producer_byte_rate: 1 }), 'Invalid configuration key'],
    [entry({ user: 'u' }, { producer_byte_rate: -1 }), 'must be greater than 0'],
    [entry({ user: 'u' }, { request_percentage: 0 }), 'must be greater than 0'],
    [entry({ user: 'u' }, { request_percentage: NaN }), 'must be greater than 0'],
    [entry({ user: 'u' }, { request_percentage: Infinity }), 'too large for a DOUBLE'],
    [entry({ user: 'u' }, { producer_byte_rate: 1e20 }), 'too large for a LONG'],
    [entry({ ip: '1.2.3.4' }, { connection_creation_rate: 3e9 }), 'too large for an INT'],
    [entry({ user: 'u' }, { producer_byte_rate: 1.5 }), 'cannot be a fractional value'],
    [entry({ ip: 'not an ip' }, { connection_creation_rate: 1 }), 'not a valid IP or resolvable host'],
    [
      entry({ ip: '1.2.3.4', user: 'u' }, { connection_creation_rate: 1 }),
      'Invalid quota entity combination',
    ],
    [entry({ planet: 'x' }, { producer_byte_rate: 1 }), 'Unhandled client quota entity type: planet'],
    [entry({}, { producer_byte_rate: 1 }), 'Invalid empty client quota entity'],
    [entry({ user: '' }, { producer_byte_rate: 1 }), 'Empty user not supported'],
    [entry({ user: 'u'.repeat(1001) }, { producer_byte_rate: 1 }), 'at most 1000 characters'],
  ])('refuses %j, and nothing else: %s', async (invalid, message) => {
    const client = await connect(await start());
    const valid = entry({ 'client-id': 'c' }, { request_percentage: 12.5 });
    const { entries } = await client.call(alterClientQuotas, 1, { entries: [invalid, valid] });
    expect(entries).toMatchObject([
      { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: expect.stringContaining(message) },
      { errorCode: ErrorCode.NONE },
    ]);
    expect(await stored(client)).toEqual([['client-id=c', { request_percentage: 12.5 }]]);
  });

  it('reports an entity or a quota that is named twice', async () => {
    const client = await connect(await start());
    const [once, twice] = [1, 2].map((value) => entry({ user: 'u' }, { producer_byte_rate: value }));
    const double = { ...entry({ user: 'v' }, {}), ops: [...once!.ops, ...twice!.ops] };
    const { entries } = await client.call(alterClientQuotas, 1, { entries: [once!, twice!, double] });
    expect(entries.map(({ errorMessage }) => errorMessage)).toEqual([
      'Ignoring duplicate entity ClientQuotaEntity(entries={user=u})',
      'Ignoring duplicate entity ClientQuotaEntity(entries={user=v})',
    ]);
    expect(await stored(client)).toEqual([['user=u', { producer_byte_rate: 1 }]]);
  });

  it('removes what is not there', async () => {
    const client = await connect(await start());
    const entries = [entry({ user: 'u' }, { nonsense: undefined }), entry({ ip: null }, {})];
    const answer = await client.call(alterClientQuotas, 1, { entries });
    expect(answer.entries.map(({ errorCode }) => errorCode)).toEqual([ErrorCode.NONE, ErrorCode.NONE]);
  });

  it('bounds how many entities there are', async () => {
    const client = await connect(await start());
    const entries = Array.from({ length: 10_001 }, (_, i) =>
      entry({ user: `u${i}` }, { producer_byte_rate: 1 }),
    );
    const answer = await client.call(alterClientQuotas, 1, { entries });
    expect(answer.entries.filter(({ errorCode }) => errorCode !== ErrorCode.NONE)).toHaveLength(1);
    expect(await stored(client)).toHaveLength(10_000);
  });
});
