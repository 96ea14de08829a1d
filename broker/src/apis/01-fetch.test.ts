import { describe, expect, it } from '@jest/globals';
import { batchOf } from '../records/batch.fixture.js';
import type { WireClient } from '../server/wire-client.fixture.js';
import { UNLIMITED } from '../settings/setting.js';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { fetch } from './01-fetch.js';
import { deleteTopics } from './20-delete-topics.js';
import { createTopic, send } from './records.fixture.js';
import { fetchFrom, TransactionalProducer } from './transaction.fixture.js';
import { deleteRecords } from './21-delete-records.js';

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

describe('Fetch', () => {
  it('returns no more than the broker is set to, but always a whole batch', async () => {
    const client = await connect(await start({ settings: { 'fetch.max.bytes': '1024' } }));
    await createTopic(client, 'a');
    for (let i = 0; i < 5; i++) await send(client, 'a', { values: ['x'.repeat(400)] });
    await createTopic(client, 'big');
    await send(client, 'big', { values: ['x'.repeat(4000)] });
    const sizeOf = async (topic: string): Promise<number> => {
      const topics = [{ topic, partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1 << 20 }] }];
      const { responses } = await client.call(fetch, 11, { minBytes: 1, maxBytes: 1 << 20, topics });
      return responses[0]!.partitions[0]!.records!.length;
    };
    expect(await sizeOf('a')).toBeLessThanOrEqual(1024);
    expect(await sizeOf('a')).toBeGreaterThan(800);
    expect(await sizeOf('big')).toBeGreaterThan(4000);
  });
});

describe('Fetch as Kafka', () => {
  const ask = async (version: number, partition: object, { topic = {}, request = {} } = {}) => {
    const client = await connect(await start());
    const topicId = await createTopic(client, 'a');
    const named = version >= 13 ? { topicId } : { topic: 'a' };
    const partitions = [{ partitionMaxBytes: 99, ...partition }];
    const topics = [{ ...named, ...topic, partitions }];
    const answer = await client.call(fetch, version, { sessionEpoch: -1, topics, ...request });
    return [answer.errorCode, answer.responses[0]?.partitions[0]] as const;
  };

  it.each([
    ['an unknown partition', 12, { partition: 9 }, {}, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, []],
    ['no topic id', 13, {}, { topicId: '0'.repeat(32) }, ErrorCode.UNKNOWN_TOPIC_ID, []],
    ['an epoch that never was', 12, { lastFetchedEpoch: 9 }, {}, ErrorCode.OFFSET_OUT_OF_RANGE, null],
    ['an offset beyond the end', 12, { fetchOffset: 5 }, {}, ErrorCode.OFFSET_OUT_OF_RANGE, null],
  ])('refuses %s', async (...[, version, partition, topic, errorCode, abortedTransactions]) => {
    const [, answered] = await ask(version, partition, { topic });
    expect(answered).toMatchObject({ errorCode, abortedTransactions });
  });

  it('refuses an unknown isolation level', async () => {
    expect(await ask(12, {}, { request: { isolationLevel: 9 } })).toEqual([
      ErrorCode.UNKNOWN_SERVER_ERROR,
      undefined,
    ]);
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

describe('a fetch with read_committed', () => {
  const started = async () => {
    const broker = await start();
    const client = await connect(broker);
    // The records are old, the markers new: all of them shall be in one segment.
    await createTopic(client, 'a', { 'segment.ms': UNLIMITED });
    return { broker, client, producer: await TransactionalProducer.start(client, 't') };
  };

  it('ends at the last stable offset, and lists the aborted transactions in what it reads', async () => {
    const { client, producer } = await started();
    const { producerId } = producer;
    await producer.write('a', ['aborted', 'aborted'], false);
    await producer.write('a', ['committed']);
    await send(client, 'a', { values: ['plain'] });
    await producer.add('a');
    await producer.send('a', ['open']);
    const answer = await fetchFrom(client, 'a');
    expect(answer).toMatchObject({ highWatermark: 7, lastStableOffset: 6 });
    expect(answer.abortedTransactions).toEqual([{ producerId, firstOffset: 0 }]);
    expect(answer.records!.includes('plain')).toBe(true);
    expect(answer.records!.includes('open')).toBe(false);
    const later = await fetchFrom(client, 'a', { offset: 3 });
    expect(later.abortedTransactions).toEqual([]);
    const atTheEnd = await fetchFrom(client, 'a', { offset: 7 });
    expect([atTheEnd.errorCode, atTheEnd.records]).toEqual([ErrorCode.NONE, Buffer.alloc(0)]);
    const uncommitted = await fetchFrom(client, 'a', { isolationLevel: 0 });
    expect(uncommitted).toMatchObject({ lastStableOffset: 6, abortedTransactions: null });
    expect(uncommitted.records!.includes('open')).toBe(true);
  });

  it('waits until the transaction ends', async () => {
    const { broker, client, producer } = await started();
    await producer.add('a');
    const answer = fetchFrom(await connect(broker), 'a', { maxWaitMs: 60_000 });
    await producer.send('a', ['v']);
    const uncommitted = await fetchFrom(client, 'a', { maxWaitMs: 60_000, isolationLevel: 0 });
    expect(uncommitted.records!.includes('v')).toBe(true);
    await producer.end(true);
    expect((await answer).records!.includes('v')).toBe(true);
  });

  it('begins at the start of the log when an open transaction began before it', async () => {
    const { client, producer } = await started();
    await producer.add('a');
    await producer.send('a', ['one']);
    await send(client, 'a', { values: ['two'] });
    await client.call(deleteRecords, 2, { topics: [{ name: 'a', partitions: [{ offset: 1 }] }] });
    const answer = await fetchFrom(client, 'a', { offset: 1 });
    expect(answer).toMatchObject({ logStartOffset: 1, lastStableOffset: 1, highWatermark: 2 });
  });
});
