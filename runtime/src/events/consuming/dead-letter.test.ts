import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bytesOf, MAX_VALUE_BYTES } from '../messages/message-limits.js';
import { toDeadLetter } from './dead-letter.js';

const size = fc.oneof(fc.nat(100), fc.nat(1 << 20));
const bytes = size.map((length) => Buffer.alloc(length, 'x'));
const header = fc.tuple(fc.string({ maxLength: 300 }), fc.option(size.map((length) => 'x'.repeat(length))));

const cause = { group: 'g', error: new Error('e'), attempts: 1, time: new Date(0) };
const errorWith = (text: string): Error =>
  Object.assign(new Error(text), { stack: `at ${text}\n`.repeat(3) });

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
      const letter = toDeadLetter(received, { ...cause, error: errorWith(text) });
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

const headersOf = (received: [string, string | null][], more = {}) => {
  const message = { topic: 't', partition: 1, offset: '9', timestamp: 0, key: null, value: null };
  const letter = toDeadLetter({ ...message, headers: received }, { ...cause, ...more });
  return letter.headers;
};

it('a dead letter says who failed, when, in which trace and version, and where', () => {
  const headers = new Map(
    headersOf([['a', null]], { version: '1.2.3', trace: 'f'.repeat(32), handler: 'H.on' }),
  );
  expect(headers.get('error-stack')).toMatch(/^Error: e\n +at .*dead-letter\.test/);
  expect(Object.fromEntries([...headers].filter(([name]) => name !== 'error-stack'))).toEqual({
    a: null,
    ...{ 'error-code': 'Error', 'error-message': 'e', 'error-attempts': '1', 'error-handler': 'H.on' },
    ...{ 'error-service': 'g', 'error-version': '1.2.3', 'error-trace': 'f'.repeat(32) },
    ...{ 'error-time': '1970-01-01T00:00:00.000Z', 'error-deaths': '1' },
    ...{ 'original-topic': 't', 'original-partition': '1', 'original-offset': '9' },
  });
});

it('the dead letter of a replay counts the deaths and names the first letter', () => {
  const headers = headersOf([
    ['replay-group', 'g'],
    ['replay-first-letter', 't.g.dlq/0/4'],
    ['replay-first-time', '2026-01-01T00:00:00.000Z'],
    ['replay-deaths', '2'],
    ['replay-by', 'ann@desk'],
    ['replay-edited-from', 'id-1'],
  ]);
  expect(Object.fromEntries(headers)).toMatchObject({
    ...{ 'error-deaths': '3', 'error-first-letter': 't.g.dlq/0/4', 'error-replayed-by': 'ann@desk' },
    ...{ 'error-first-time': '2026-01-01T00:00:00.000Z', 'error-edited-from': 'id-1' },
  });
  expect(headers.some(([name]) => name.startsWith('replay-'))).toBe(false);
});

it('a message cannot pass for a dead letter of another place', () => {
  const headers = headersOf([
    ['original-offset', '1'],
    ['error-cut', 'value'],
    ['replay-deaths', 'many'],
  ]);
  expect(headers.filter(([name]) => /offset|cut|deaths/.test(name))).toEqual([
    ['original-offset', '9'],
    ['error-deaths', '1'],
  ]);
});
