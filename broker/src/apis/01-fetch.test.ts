import { describe, expect, it } from '@jest/globals';
import { batchOf } from '../records/batch.fixture.js';
import type { WireClient } from '../server/wire-client.fixture.js';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { fetch } from './01-fetch.js';
import { deleteTopics } from './20-delete-topics.js';
import { createTopic, send } from './records.fixture.js';

const { start, connect } = brokers();

describe('Fetch', () => {
  it('refuses offsets out of range, unknown sessions, and future epochs', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const code = async (partition: object, request: object = {}): Promise<number> => {
      const topics = [{ topic: 'a', partitions: [{ partitionMaxBytes: 99, ...partition }] }];
      const answer = await client.call(fetch, 12, { minBytes: 1, maxWaitMs: 9999, topics, ...request });
      return answer.errorCode || answer.responses[0]!.partitions[0]!.errorCode;
    };
    expect(await code({ fetchOffset: 1 })).toBe(ErrorCode.OFFSET_OUT_OF_RANGE);
    expect(await code({ partition: 1 })).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    expect(await code({ currentLeaderEpoch: 1 })).toBe(ErrorCode.UNKNOWN_LEADER_EPOCH);
    expect(await code({}, { sessionId: 5, sessionEpoch: 2 })).toBe(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
  });
});

describe('a fetch session', () => {
  it('is answered with new records only, and wakes up for them', async () => {
    const broker = await start();
    const [consumer, producer] = [await connect(broker), await connect(broker)];
    await createTopic(producer, 'a');
    await createTopic(producer, 'b');
    const partitions = [{ partitionMaxBytes: 1 << 20 }];
    const { sessionId } = await consumer.call(fetch, 12, {
      sessionEpoch: 0,
      topics: [
        { topic: 'a', partitions },
        { topic: 'b', partitions },
      ],
    });
    const next = consumer.call(fetch, 12, { sessionId, sessionEpoch: 1, maxWaitMs: 60_000, minBytes: 1 });
    await send(producer, 'b');
    const answer = await next;
    expect(answer.sessionId).toBe(sessionId);
    expect(answer.responses.map(({ topic }) => topic)).toEqual(['b']);
    expect(answer.responses[0]!.partitions[0]!.records!.length).toBeGreaterThan(0);
  });
});

describe('a long poll', () => {
  const poll = (client: WireClient, maxWaitMs: number) =>
    client.call(fetch, 11, {
      maxWaitMs,
      minBytes: 100,
      topics: [{ topic: 'a', partitions: [{ partitionMaxBytes: 1 << 20 }] }],
    });

  it('is answered when there is enough data, not before', async () => {
    const broker = await start();
    const [consumer, producer] = [await connect(broker), await connect(broker)];
    await createTopic(producer, 'a');
    const answer = poll(consumer, 60_000);
    await send(producer, 'a');
    await send(producer, 'a');
    const { length } = (await answer).responses[0]!.partitions[0]!.records!;
    expect(length).toBe(2 * batchOf().size);
  });

  it('is answered without data when time is up', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    expect((await poll(client, 20)).responses[0]!.partitions[0]).toMatchObject({
      errorCode: 0,
      highWatermark: 0,
    });
  });

  it('is answered when the topic is deleted', async () => {
    const broker = await start();
    const [consumer, other] = [await connect(broker), await connect(broker)];
    await createTopic(other, 'a');
    const answer = poll(consumer, 60_000);
    await other.call(deleteTopics, 5, { topicNames: ['a'] });
    expect((await answer).responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  });
});
