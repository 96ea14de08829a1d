import { describe, expect, it } from '@jest/globals';
import { ErrorCode } from '../wire/error-code.js';
import { batchOf } from './batch.fixture.js';
import { refusalOf, type RecordRules } from './check-records.js';

const NOW = 1_700_000_000_000;
const RULES: RecordRules = {
  isCompacted: false,
  timestamps: { beforeMs: Number.MAX_SAFE_INTEGER, afterMs: 1000 },
  now: NOW,
  place: 'a-0',
};

describe('the rules of a topic', () => {
  it.each([0, 1])('refuse a record without a key in a compacted topic (compression %i)', (attributes) => {
    const batch = batchOf({ values: ['x', 'y', null], keys: ['k', null, null], attributes });
    expect(refusalOf(batch, { ...RULES, isCompacted: true })).toMatchObject({
      errorCode: ErrorCode.INVALID_RECORD,
      errorMessage: expect.stringContaining('due to 2 record errors in total'),
      recordErrors: [{ batchIndex: 1 }, { batchIndex: 2 }],
    });
    expect(refusalOf(batch, RULES)).toBeUndefined();
  });

  it.each([
    ['in time', [NOW, NOW + 1000], []],
    ['ahead', [NOW, NOW + 1001, NOW + 9999], [1, 2]],
  ])('on timestamps %s', (_, times, refused) => {
    const values = times.map(() => 'x');
    const answer = refusalOf(batchOf({ values, times }), RULES);
    expect((answer?.recordErrors ?? []).map(({ batchIndex }) => batchIndex)).toEqual(refused);
  });

  it('refuse what is too old, also behind a newer record', () => {
    const batch = batchOf({ values: ['x', 'y'], times: [NOW, NOW - 101] });
    const timestamps = { beforeMs: 100, afterMs: 1000 };
    expect(refusalOf(batch, { ...RULES, timestamps })).toMatchObject({
      errorCode: ErrorCode.INVALID_TIMESTAMP,
      recordErrors: [{ batchIndex: 1 }],
    });
  });

  it('leave the times of producers alone where the broker sets them', () => {
    const batch = batchOf({ time: NOW * 2 });
    expect(refusalOf(batch, { ...RULES, timestamps: undefined })).toBeUndefined();
  });
});
