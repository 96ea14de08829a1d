import { describe, expect, it } from '@jest/globals';
import { fold, type Folded, NOTHING } from './fold.js';
import { defineHistory } from './history-type.js';
import { plantHistory, type PlantState } from './plant-history.fixture.js';
import type { StoredEvent } from './stored-event.js';

const ORIGIN = { actor: null, traceId: null, causationId: null, correlationId: null };

/** An event as the text that a version of the service stored. */
const stored = (version: number, type: string, schemaVersion: number, text: string): StoredEvent => {
  const data = JSON.parse(text) as StoredEvent['data'];
  return { id: 'rose', version, type, schemaVersion, data, at: new Date(0), ...ORIGIN };
};

const stateAfter = (...events: StoredEvent[]): Folded<PlantState> =>
  events.reduce<Folded<PlantState>>((folded, event) => fold(plantHistory, folded, event), NOTHING);

const planted = stored(1, 'planted', 1, '{"name":"rose"}');

describe('fold', () => {
  it('turns the stored texts of all versions of an event into its newest one', () => {
    expect(
      stateAfter(
        planted,
        stored(2, 'watered', 1, '{"litres":2}'),
        stored(3, 'watered', 2, '{"amount":30}'),
        stored(4, 'watered', 3, '{"millilitres":4}'),
      ),
    ).toEqual({ version: 4, state: { name: 'rose', millilitres: 2034 } });
  });

  it.each([
    ['a gap', [planted, stored(3, 'watered', 3, '{"millilitres":4}')], 'event 2 is missing'],
    ['a missing beginning', [stored(2, 'watered', 3, '{"millilitres":4}')], 'event 1 is missing'],
    ['an unknown type', [planted, stored(2, 'sold', 1, '{}')], 'event 2 has the unknown type "sold"'],
    ['a type of every object', [stored(1, 'toString', 1, '{}')], 'event 1 has the unknown type "toString"'],
    [
      'an event that cannot be applied',
      [stored(1, 'watered', 3, '{"millilitres":4}')],
      "event 1 cannot be applied: TypeError: Cannot read properties of undefined (reading 'name')",
    ],
    [
      'a version from the future',
      [planted, stored(2, 'watered', 4, '{}')],
      'event 2 is watered in version 4; this service knows 1 to 3',
    ],
  ])('refuses %s', (_, events, problem) => {
    expect(() => stateAfter(...events)).toThrow(`the history of plant rose cannot be read: ${problem}`);
  });
});

it('refuses an entity whose name cannot be a part of the name of a table', () => {
  const events = { planted: [], watered: [] };
  expect(() => defineHistory({ ...plantHistory, events, entity: 'plant; DROP TABLE plants' })).toThrow(
    'must be lower case',
  );
});
