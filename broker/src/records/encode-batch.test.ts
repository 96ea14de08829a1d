import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkBatch } from './check-batch.js';
import { decodeRecords } from './decode-records.js';
import { encodeBatch, type NewRecord } from './encode-batch.js';
import { RecordBatch } from './record-batch.js';

const bytes = fc.uint8Array({ maxLength: 200 }).map((content) => Buffer.from(content));
const record: fc.Arbitrary<NewRecord> = fc.record({
  key: fc.option(bytes),
  value: fc.option(bytes),
  headers: fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), bytes), { maxLength: 3 }),
  timestamp: fc.integer({ min: 0, max: 2 ** 45 }),
});

it('encoded records are a valid batch, and are decoded to what they were', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 20 }), (records) => {
      const batch = new RecordBatch(encodeBatch(records));
      expect(checkBatch(batch.bytes, 1 << 20).count).toBe(records.length);
      expect(decodeRecords(batch)).toEqual(records.map((each, offset) => ({ offset, ...each })));
    }),
  );
});
