import { describe, expect, it } from '@jest/globals';
import { ErrorCode } from '../wire/error-code.js';
import { batchOf } from './batch.fixture.js';
import { checkBatch } from './check-batch.js';
import { crc32c } from './crc32c.js';
import { firstRecordFrom } from './first-record-from.js';

describe('crc32c', () => {
  it('gives the check values of RFC 3720', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
    expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43);
    expect(crc32c(Buffer.alloc(0))).toBe(0);
  });

  it('is the same for short and long byte strings, wherever they begin and end', () => {
    const bytes = Buffer.from(Array.from({ length: 150_000 }, (_, index) => (index * 2654435761) >>> 24));
    for (const length of [...Array.from({ length: 600 }, (_, index) => index), 49_152, 49_153, 149_990])
      for (const start of [0, 1, 7]) {
        const part = bytes.subarray(start, start + length);
        expect([length, start, crc32c(part)]).toEqual([length, start, bitByBit(part)]);
      }
  });
});

/** The definition: a division of polynomials. */
const bitByBit = (bytes: Buffer): number => {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0x82f63b78 & -(crc & 1));
  }
  return ~crc >>> 0;
};

describe('checking a produced batch', () => {
  const codeOf = (bytes: Buffer | null, limit = 1 << 20): unknown => {
    try {
      checkBatch(bytes, limit);
      return ErrorCode.NONE;
    } catch (error) {
      return (error as { code: number }).code;
    }
  };
  const damaged = (change: (bytes: Buffer) => void): Buffer => {
    const { bytes } = batchOf({ values: ['a', 'b'] });
    change(bytes);
    return bytes;
  };

  it('accepts every compression unchanged', () => {
    for (const attributes of [0, 1, 2, 3, 4])
      expect(codeOf(batchOf({ attributes }).bytes)).toBe(ErrorCode.NONE);
  });

  it.each([
    ['nothing', null, ErrorCode.INVALID_RECORD],
    ['an old message set', damaged((b) => b.writeInt8(1, 16)), ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT],
    ['a flipped bit', damaged((b) => (b[70]! ^= 4)), ErrorCode.CORRUPT_MESSAGE],
    ['a length beyond the end', damaged((b) => b.writeInt32BE(9999, 8)), ErrorCode.CORRUPT_MESSAGE],
    ['a length within the header', damaged((b) => b.writeInt32BE(8, 8)), ErrorCode.CORRUPT_MESSAGE],
    ['two batches', Buffer.concat([batchOf().bytes, batchOf().bytes]), ErrorCode.INVALID_RECORD],
    ['a control batch', batchOf({ attributes: 0x20 }).bytes, ErrorCode.INVALID_RECORD],
    ['compression 5', batchOf({ attributes: 5 }).bytes, ErrorCode.UNSUPPORTED_COMPRESSION_TYPE],
    ['a producer without a sequence', batchOf({ producerId: 1 }).bytes, ErrorCode.INVALID_RECORD],
  ])('refuses %s', (_, bytes, code) => expect(codeOf(bytes)).toBe(code));

  it('refuses a batch larger than the topic allows', () => {
    const { bytes } = batchOf();
    expect(codeOf(bytes, bytes.length)).toBe(ErrorCode.NONE);
    expect(codeOf(bytes, bytes.length - 1)).toBe(ErrorCode.MESSAGE_TOO_LARGE);
  });

  it('stamps a batch and updates its checksum', () => {
    const batch = batchOf();
    batch.stamp(77);
    expect([batch.isIntact(), batch.isLogAppendTime, batch.maxTimestamp]).toEqual([true, true, 77]);
  });
});

describe('finding a record by time', () => {
  const times = [1_700_000_000_000, 1_700_000_000_005, 1_700_000_000_003];
  const values = ['a', 'b', 'c'];
  const find = (attributes: number, timestamp: number, offset = 0) => {
    const batch = batchOf({ values, times, attributes });
    batch.place(100, 0);
    return firstRecordFrom(batch, { timestamp, offset });
  };

  it.each([0, 1])('reads the records of batches with compression %i', (compression) => {
    expect(find(compression, times[0]! + 1)).toEqual({ offset: 101, timestamp: times[1] });
    expect(find(compression, 0)).toEqual({ offset: 100, timestamp: times[0] });
    expect(find(compression, 0, 102)).toEqual({ offset: 102, timestamp: times[2] });
  });

  it('returns the beginning of a batch that it cannot decompress', () => {
    expect(find(3, times[1]!)).toEqual({ offset: 100, timestamp: times[0] });
  });
});
