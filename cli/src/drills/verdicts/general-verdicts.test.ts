import { describe, expect, it } from '@jest/globals';
import { generalVerdicts } from './general-verdicts.js';
import { isBroken } from './verdict.js';
import type { Findings, FoundService } from './verdict.js';

const orders: FoundService = {
  ...{ name: 'orders', lag: { decided: 0 }, consumes: ['decided'] },
  database: { inbox: new Set(['e2']), outbox: [], refused: [], overdue: [] },
};
const sound: Findings = {
  announced: [{ topic: 'created', key: 'order-1' }],
  refused: [],
  records: {
    created: [{ id: 'e1', key: 'order-1' }],
    decided: [{ id: 'e2', key: 'order-1' }],
  },
  services: [orders],
  poison: [],
  handledAgain: { 'decided by orders': 0 },
};
const service = (change: Partial<FoundService>) => ({ ...sound, services: [{ ...orders, ...change }] });
const database = (change: object) => service({ database: { ...orders.database!, ...change } });
const poisoned = { id: 'p', topic: 'decided', groups: ['orders'] };

/** The broken invariants, with what was found. */
const brokenBy = (findings: Findings) =>
  generalVerdicts(findings)
    .filter(isBroken)
    .map(({ invariant, violations }) => [invariant, ...violations.map(({ id, found }) => `${id}: ${found}`)]);

describe('the invariants of every system', () => {
  it('hold when nothing is lost', () => {
    expect(brokenBy(sound)).toEqual([]);
  });

  it.each<[string, Findings, string]>([
    ['services are ready', service({ unready: 'it is starting' }), 'orders: it is starting'],
    [
      'changes are acknowledged',
      { ...sound, refused: [{ id: 'orders 3', found: 'UNAVAILABLE' }] },
      'orders 3: UNAVAILABLE',
    ],
    [
      'changes are published',
      { ...sound, records: { ...sound.records, created: [] } },
      'order-1: no event in created',
    ],
    ['topics are consumed', service({ lag: { decided: 2 } }), 'orders: 2 messages of decided are left'],
    [
      'events are handled',
      database({ inbox: new Set() }),
      'e2: orders has no inbox entry for this event of decided',
    ],
    [
      'events are handled once',
      { ...sound, handledAgain: { 'decided by orders': 3 } },
      'decided by orders: 3 events were handled again',
    ],
    [
      'dead letters are explained',
      { ...sound, records: { ...sound.records, 'decided.orders.dlq': [{ id: 'e9', key: '' }] } },
      'e9: a dead letter in decided.orders.dlq',
    ],
    [
      'dead letters are explained',
      { ...sound, poison: [poisoned] },
      'p: no dead letter in decided.orders.dlq',
    ],
    ['the outbox is empty', database({ outbox: [{ id: '4', found: 'topic created' }] }), '4: topic created'],
    ['the outbox is empty', database({ refused: [{ id: '5', found: 'too large' }] }), '5: too large'],
    [
      'nothing is overdue',
      database({ overdue: [{ id: 'order-1', found: 'decision' }] }),
      'order-1: decision',
    ],
  ])('%s', (invariant, findings, found) => {
    expect(brokenBy(findings)).toEqual([[invariant, found]]);
  });

  it('do not ask for what a drill has spoilt, or a handler leaves out', () => {
    const records = {
      ...sound.records,
      decided: [...sound.records['decided']!, { id: 'p', key: '' }],
      'decided.orders.dlq': [{ id: 'p', key: '' }],
    };
    expect(brokenBy({ ...sound, records, poison: [poisoned] })).toEqual([]);
    expect(brokenBy({ ...database({ inbox: new Set() }), services: [{ ...orders, consumes: [] }] })).toEqual(
      [],
    );
  });
});
