import { describe, expect, it } from '@jest/globals';
import { Ansis } from 'ansis';
import { eventAt } from '../../inspection/database/moment.js';
import {
  repairsOf,
  type HistoryEvent,
  type ServiceReplay,
} from '../../inspection/database/service-history.js';
import { historyReport, stateReport } from './history-report.js';
import { verifyReport } from './verify-report.js';

const plain = new Ansis(0);
const origin = { schemaVersion: 1, data: {}, traceId: null, causationId: null, correlationId: null };
const event = (version: number, type: string, state: Record<string, unknown>): HistoryEvent => ({
  ...origin,
  version,
  type,
  state,
  at: `2026-01-01T00:00:0${version}.000Z`,
  actor: version === 1 ? 'jane\u001b[2J' : null,
});
const events = [
  event(1, 'created', { status: 'PENDING', note: 'a\u009bb', total: 5 }),
  event(2, 'cancelled', { status: 'CANCELLED', total: 5 }),
];

describe('a history', () => {
  it('is shown with what each event changed, and without what a terminal would interpret', () => {
    expect(historyReport(events, plain).split('\n')).toEqual([
      '1  2026-01-01T00:00:01.000Z  created by jane\\u001b[2J',
      '  status "PENDING"',
      '  note "a\\u009bb"',
      '  total 5',
      '2  2026-01-01T00:00:02.000Z  cancelled',
      '  status "CANCELLED"',
      '  note null',
    ]);
    expect(stateReport(events[1]!, plain)).toContain('  total 5');
  });

  it.each([
    [{ version: 0 }, undefined],
    [{ version: 1 }, 1],
    [{ version: 9 }, 2],
    [{ time: Date.parse('2026-01-01T00:00:00.999Z') }, undefined],
    [{ time: Date.parse('2026-01-01T00:00:01.000Z') }, 1],
    [{ time: Date.parse('2027-01-01T00:00:00.000Z') }, 2],
  ])('has at %j the event %s', (moment, version) => {
    expect(eventAt(events, moment)?.version).toBe(version);
  });
});

describe('a replay', () => {
  const difference = { problem: 'its row is not what its events say', repairable: true };
  const fields = [{ field: 'status', row: 'CONFIRMED', history: 'PENDING' }];
  const report = { entity: 'order', rows: 3, events: 5, unrecorded: 1, differing: 3 };
  const differences = [
    { id: 'a', ...difference, fields },
    { id: 'b', problem: 'it has no events', repairable: false, fields: [] },
  ];
  const found: ServiceReplay = {
    service: 'order-service',
    histories: [{ ...report, differences }],
    repaired: [],
  };

  it('shows what differs, and how many more', () => {
    expect(verifyReport([found], plain).split('\n')).toEqual([
      'SERVICE        ENTITY  ROWS  EVENTS  DIFFERENCES',
      'order-service  order   3     5       3',
      'order: rows without a history: 1',
      'order a: its row is not what its events say',
      '  status: "CONFIRMED", not "PENDING"',
      'order b: it has no events',
      'order: not shown: 1',
    ]);
  });

  it('repairs only what can be repaired', () => {
    expect(repairsOf(found)).toEqual([{ entity: 'order', ids: ['a'] }]);
    expect(repairsOf({ ...found, histories: [] })).toEqual([]);
  });
});
