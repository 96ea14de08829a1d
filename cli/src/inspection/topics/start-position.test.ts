import { describe, expect, it } from '@jest/globals';
import { parsePosition } from './start-position.js';

const NOW = Date.UTC(2026, 0, 2);

describe('a position in a topic', () => {
  it.each([
    ['beginning', { kind: 'beginning' }],
    ['earliest', { kind: 'beginning' }],
    ['latest', { kind: 'end' }],
    ['42', { kind: 'offset', offset: 42 }],
    ['10m', { kind: 'time', time: NOW - 600_000 }],
    ['2026-01-01T00:00:00Z', { kind: 'time', time: Date.UTC(2026, 0, 1) }],
  ])('%s', (text, expected) => expect(parsePosition(text, NOW)).toEqual(expected));

  it.each(['', ' ', '-1', '1e3', '9'.repeat(16), 'yesterday', 'constructor', '0x10'])('is not %j', (text) =>
    expect(parsePosition(text, NOW)).toBeUndefined(),
  );
});
