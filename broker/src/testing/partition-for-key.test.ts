import { describe, expect, it } from '@jest/globals';
import { murmur2, partitionForKey } from './partition-for-key.js';

describe('the partition of a key', () => {
  // As org.apache.kafka.common.utils.Utils.murmur2 of kafka-clients 4.3.1 hashes them.
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['abc', 479470107],
  ])('is that of Kafka for %s', (key, hash) => {
    expect(murmur2(Buffer.from(key))).toBe(hash);
    expect(partitionForKey(Buffer.from(key), 7)).toBe((hash & 0x7fffffff) % 7);
  });
});
