import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '../errors/domain-error.js';
import { takeBatch } from './batch.js';
import { describeKafkaError } from './kafka-error.js';
import { DEFAULT_POLICY, isOutage, judge } from './verdict.js';

describe('what becomes of a message that failed', () => {
  const delays = (outage: boolean, times: number): unknown[] =>
    Array.from({ length: times }, (_, n) =>
      judge({ outage, attempts: outage ? 0 : n + 1, outages: outage ? n + 1 : 0 }, DEFAULT_POLICY),
    );

  it('is tried again with growing pauses, then given up', () => {
    const pauses = [100, 400, 1600, 5000].map((retryIn) => ({ retryIn }));
    expect(delays(false, 5)).toEqual([...pauses, { deadLetter: true }]);
  });

  it('is never given up while something else is away', () => {
    expect(delays(true, 1000).at(-1)).toEqual({ retryIn: 5000 });
  });

  it('tells the two apart', () => {
    expect(isOutage(new DomainError('X', 'x', { kind: 'unavailable' }), false)).toBe(true);
    expect(isOutage(new DomainError('X', 'x', { kind: 'invalid' }), false)).toBe(false);
    expect(isOutage(new Error('x'), true)).toBe(true);
  });
});

describe('takeBatch', () => {
  const rows = (sizes: number[]) => sizes.map((size) => ({ value: Buffer.alloc(size) }));

  it('takes the first rows, as many as a request may hold, and always one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 900 * 1024 }), { minLength: 1, maxLength: 8 }),
        (sizes) => {
          const all = rows(sizes);
          const batch = takeBatch(all);
          const sum = (some: { value: Buffer }[]): number =>
            some.reduce((bytes, { value }) => bytes + value.length, 0);
          expect(batch).toEqual(all.slice(0, batch.length));
          expect(batch.length).toBeGreaterThan(0);
          if (batch.length > 1) expect(sum([...batch])).toBeLessThanOrEqual(512 * 1024);
          if (batch.length < all.length)
            expect(sum(all.slice(0, batch.length + 1))).toBeGreaterThan(512 * 1024);
        },
      ),
    );
  });
});

describe('describeKafkaError', () => {
  it('says where a connection was tried, and what came of it', () => {
    const refused = Object.assign(new Error('connect'), {
      name: 'KafkaJSConnectionError',
      code: 'ECONNREFUSED',
    });
    const wrapped = Object.assign(new Error('retries'), {
      name: 'KafkaJSNumberOfRetriesExceeded',
      cause: refused,
    });
    expect(describeKafkaError(wrapped, ['a:9092', 'b:9092'])).toBe(
      'no connection to Kafka at a:9092, b:9092 (ECONNREFUSED)',
    );
  });

  it('says what Kafka says otherwise', () => {
    expect(describeKafkaError(new Error('The request is not authorized'), ['a:9092'])).toBe(
      'The request is not authorized',
    );
    expect(describeKafkaError('odd', [])).toBe('odd');
  });
});
