import { describe, expect, it } from '@jest/globals';
import { Ansis } from 'ansis';
import * as fc from 'fast-check';
import { recordText } from './record-text.js';
import { recordJson } from './topic-record.js';
import type { TopicRecord } from './topic-record.js';

const record = (value: Buffer | null, more: Partial<TopicRecord> = {}): TopicRecord => ({
  ...{ topic: 't', partition: 1, offset: 7, timestamp: Date.UTC(2026, 0), key: Buffer.from('k') },
  ...{ value, headers: {} },
  ...more,
});
const parsed = (each: TopicRecord) => JSON.parse(recordJson(each)) as Record<string, unknown>;

describe('a record as JSON', () => {
  it('has a value that is JSON as it was written, in one line', () => {
    const line = recordJson(record(Buffer.from('{"id":\n 12345678901234567890}')));
    expect(line).toContain('"value":{"id":  12345678901234567890}}');
    expect(line).not.toContain('\n');
  });

  it('has any other text as a string, other bytes in base64, and null for a tombstone', () => {
    expect(parsed(record(Buffer.from('plain')))).toMatchObject({ value: 'plain', key: 'k', offset: 7 });
    expect(parsed(record(Buffer.from([0xff, 0])))).toMatchObject({ value: '/wA=', valueEncoding: 'base64' });
    expect(parsed(record(null))).toMatchObject({ value: null });
  });

  it('has all headers, of which some may occur more than once', () =>
    expect(parsed(record(null, { headers: { a: Buffer.from('1'), b: ['2', '3'] } }))).toMatchObject({
      headers: { a: '1', b: '3' },
    }));

  it('is always one line that can be parsed', () =>
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), fc.integer(), (text, timestamp) => {
        const line = recordJson(record(Buffer.from(text), { timestamp }));
        // eslint-disable-next-line no-control-regex
        expect(line).not.toMatch(/[\r\n\u001b\u2028]/);
        expect(JSON.parse(line)).toHaveProperty('value');
      }),
    ));
});

describe('a record on a terminal', () => {
  const plain = new Ansis(0);

  it('shows time, position, key, headers, value and what is wrong with it', () =>
    expect(recordText(record(Buffer.from('{"a": 1}'), { headers: { h: 'x' } }), plain, 'not valid')).toBe(
      '2026-01-01 00:00:00.000  1:7  k\n  h=x\n  {"a": 1}\n  not valid',
    ));

  it('says that a tombstone has no value, and that a timestamp is not a date', () =>
    expect(recordText(record(null, { key: null, timestamp: 9e15 }), plain)).toBe(
      '9000000000000000  1:7\n  (no value: a tombstone)',
    ));

  it('has no control characters, whatever a producer wrote', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const bytes = Buffer.from(`\u001b[31m${text}\u0007`);
        const shown = recordText(record(bytes, { key: bytes, headers: { h: bytes } }), plain, text);
        // eslint-disable-next-line no-control-regex
        expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
      }),
    ));
});
