import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bytesOf, MAX_VALUE_BYTES } from '../messages/message-limits.js';
import { toDeadLetter } from './dead-letter.js';

const size = fc.oneof(fc.nat(100), fc.nat(1 << 20));
const bytes = size.map((length) => Buffer.alloc(length, 'x'));
const header = fc.tuple(fc.string({ maxLength: 300 }), fc.option(size.map((length) => 'x'.repeat(length))));

/** Kafka's default limit for a batch (message.max.bytes), less the framing of a batch with one record. */
const LIMIT = (1 << 20) + 12 - 1024;

it('a dead letter always fits into Kafka, and says what was cut', () => {
  const messages = fc.record({
    key: fc.option(bytes),
    value: fc.option(bytes),
    headers: fc.array(header, { maxLength: 200 }),
  });
  fc.assert(
    fc.property(messages, fc.string({ maxLength: 5000 }), (message, text) => {
      const received = { topic: 't'.repeat(200), partition: 1, offset: '9', timestamp: 0, ...message };
      const letter = toDeadLetter(received, { group: 'g', error: new Error(text), attempts: 1 });
      expect(bytesOf(letter)).toBeLessThan(LIMIT);
      const cut = letter.headers.find(([name]) => name === 'error-cut')?.[1]?.split(',') ?? [];
      const kept = letter.headers.filter(([name]) => !/^(error|original)-/.test(name)).length;
      expect(cut.includes('value')).toBe((message.value?.length ?? 0) > MAX_VALUE_BYTES);
      expect(cut.includes('key')).toBe(letter.key?.length !== message.key?.length);
      if (!cut.includes('headers')) expect(kept).toBe(message.headers.length);
    }),
    { numRuns: 50 },
  );
});
