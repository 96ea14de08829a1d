import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAssignment, parseSubscription, writeAssignment } from './consumer-protocol.js';
import { metadataFor } from './consumer-protocol.fixture.js';

describe('the protocol that consumers speak through a classic group', () => {
  it('has subscriptions, with what a cooperative member keeps', () => {
    const owned = [{ topic: 'a', partitions: [0, 2] }];
    expect(parseSubscription(metadataFor({ topicNames: ['a', 'b'], owned }))).toEqual({
      version: 1,
      topicNames: ['a', 'b'],
      owned,
    });
    expect(parseSubscription(metadataFor({ version: 0, topicNames: ['a'] }))).toEqual({
      version: 0,
      topicNames: ['a'],
      owned: [],
    });
  });

  it('has assignments', () => {
    const topics = [
      { topic: 'a', partitions: [0, 1] },
      { topic: 'b', partitions: [] },
    ];
    expect(parseAssignment(writeAssignment(1, topics))).toEqual(topics);
    expect(parseAssignment(Buffer.alloc(0))).toEqual([]);
  });

  it('is refused when it is malformed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        for (const parse of [parseSubscription, parseAssignment])
          try {
            parse(Buffer.from(bytes));
          } catch (error) {
            expect((error as Error).name).toBe('Malformed');
          }
      }),
      { numRuns: 2000 },
    );
  });
});
