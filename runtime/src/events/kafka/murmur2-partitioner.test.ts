import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Partitioners } from 'kafkajs';
import type { PartitionerArgs } from 'kafkajs';
import { createMurmur2Partitioner, murmur2 } from './murmur2-partitioner.js';

/** Values of the Java client's `Utils.murmur2`, from its own tests (UtilsTest). */
it('hashes as the Java client does', () => {
  const hashes: Record<string, number> = {
    '21': -973932308,
    foobar: -790332482,
    'a-little-bit-long-string': -985981536,
    'a-little-bit-longer-string': -1486304829,
  };
  for (const [text, hash] of Object.entries(hashes)) expect(murmur2(Buffer.from(text))).toBe(hash);
});

const args = (key: Buffer | null, leaders: number[]): PartitionerArgs => ({
  topic: 't',
  message: { key, value: null },
  partitionMetadata: leaders.map((leader, partitionId) => ({ leader, partitionId }) as never),
});

it('chooses the same partition as kafkajs for every key', () => {
  const [own, kafkajs] = [createMurmur2Partitioner(), Partitioners.DefaultPartitioner()];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.integer({ min: 1, max: 12 }), (key, count) => {
      const asked = args(Buffer.from(key), Array<number>(count).fill(1));
      expect(own(asked)).toBe(kafkajs(asked));
    }),
  );
});

it('takes the partitions that have a leader in turn for messages without a key', () => {
  const choose = createMurmur2Partitioner();
  expect([1, 2, 3].map(() => choose(args(null, [1, -1, 1])))).toEqual([0, 2, 0]);
});

it('hashes a megabyte in milliseconds; kafkajs takes minutes', () => {
  const start = performance.now();
  murmur2(Buffer.alloc(1 << 20, 'k'));
  expect(performance.now() - start).toBeLessThan(1000);
});
