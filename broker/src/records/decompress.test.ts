import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Malformed } from '../wire/malformed.js';
import { lz4Decompress } from './lz4.js';
import { snappyDecompress } from './snappy.js';

const compressed = JSON.parse(
  readFileSync(new URL('./compressed.fixture.json', import.meta.url), 'utf8'),
) as Record<'snappy' | 'raw' | 'lz4', string>;
const LIMIT = 1 << 20;
const expected = Array.from({ length: 300 }, (_, i) => `message ${i % 7}${i}${'a'.repeat(20)}`).join('');

/** Written by the codecs of Apache Kafka's Java client. */
const codecs = [
  ['snappy', snappyDecompress],
  ['raw', snappyDecompress],
  ['lz4', lz4Decompress],
] as const;

describe.each(codecs)('%s', (name, decompress) => {
  const bytes = Buffer.from(compressed[name], 'base64');

  it('restores what Kafka compressed', () => {
    expect(decompress(bytes, LIMIT).toString()).toBe(expected);
  });

  it('refuses to exceed the limit', () => {
    expect(() => decompress(bytes, expected.length - 1)).toThrow(Malformed);
  });

  it('ends for damaged bytes, with the text or Malformed', () => {
    const damage = fc.record({
      at: fc.nat(bytes.length - 1),
      byte: fc.nat(255),
      length: fc.nat(bytes.length),
    });
    fc.assert(
      fc.property(damage, ({ at, byte, length }) => {
        const damaged = Buffer.from(bytes.subarray(0, length));
        if (at < length) damaged[at] = byte;
        try {
          expect(decompress(damaged, LIMIT).length).toBeLessThanOrEqual(LIMIT);
        } catch (error) {
          expect(error).toBeInstanceOf(Malformed);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
