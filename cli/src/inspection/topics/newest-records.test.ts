import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { NewestRecords } from './newest-records.js';
import type { TopicRecord } from './topic-record.js';

const record = (offset: number, timestamp: number, size = 1): TopicRecord => ({
  ...{ topic: 't', partition: 0, offset, timestamp, key: null, headers: {} },
  value: Buffer.alloc(size),
});

describe('the newest records', () => {
  it('are the last ones by timestamp, whatever the order they come in', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(20)), fc.integer({ min: 1, max: 8 }), (times, count) => {
        const newest = new NewestRecords(count);
        times.forEach((time, offset) => newest.add(record(offset, time)));
        const expected = times
          .map((time, offset) => ({ time, offset }))
          .sort((a, b) => a.time - b.time || a.offset - b.offset)
          .slice(-count);
        expect(newest.inOrder().map(({ offset }) => offset)).toEqual(expected.map(({ offset }) => offset));
      }),
    ));

  it('are no larger together than allowed, but at least one', () => {
    const newest = new NewestRecords(100, 25);
    for (let offset = 0; offset < 50; offset++) newest.add(record(offset, offset, 10));
    expect(newest.inOrder().map(({ offset }) => offset)).toEqual([48, 49]);
    newest.add(record(50, 50, 1000));
    expect(newest.inOrder().map(({ offset }) => offset)).toEqual([50]);
  });

  it('are none if none are wanted', () => {
    const newest = new NewestRecords(0);
    newest.add(record(0, 0));
    expect(newest.inOrder()).toEqual([]);
  });
});
