import { describe, expect, it } from '@jest/globals';
import { deleteRecords } from '../apis/21-delete-records.js';
import { deleteTopics } from '../apis/20-delete-topics.js';
import { fetch } from '../apis/01-fetch.js';
import { initProducerId } from '../apis/22-init-producer-id.js';
import { joinGroup } from '../apis/11-join-group.js';
import { listOffsets } from '../apis/02-list-offsets.js';
import { produce } from '../apis/00-produce.js';
import { batchOf } from '../records/batch.fixture.js';
import type { WireClient } from '../server/wire-client.fixture.js';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { createTopic, send } from './records.fixture.js';

const { start, connect } = brokers();

describe('what a client does wrong', () => {
  it('is told per partition when producing', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a', { 'max.message.bytes': '200' });
    expect((await send(client, 'nowhere')).errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    expect((await send(client, '0'.repeat(31) + '1', { version: 13 })).errorCode).toBe(
      ErrorCode.UNKNOWN_TOPIC_ID,
    );
    const tooLarge = await send(client, 'a', { version: 9, values: ['x'.repeat(300)] });
    expect(tooLarge).toMatchObject({
      errorCode: ErrorCode.MESSAGE_TOO_LARGE,
      errorMessage: expect.stringContaining('200'),
    });
    expect(
      (
        await client.ask(produce, 7, {
          acks: 5,
          topicData: [{ name: 'a', partitionData: [{ records: batchOf().bytes }] }],
        })
      ).responses[0]!.partitionResponses[0]!.errorCode,
    ).toBe(ErrorCode.INVALID_REQUIRED_ACKS);
  });

  it('ends the connection when it wants no answer', async () => {
    const client = await connect(await start());
    void client.ask(produce, 7, { acks: 0, topicData: [{ name: 'nowhere', partitionData: [{}] }] });
    await client.closed;
  });

  it('is told when fetching: offsets that are not there, sessions, epochs', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const code = async (partition: object, request: object = {}): Promise<number> => {
      const topics = [{ topic: 'a', partitions: [{ partitionMaxBytes: 99, ...partition }] }];
      const answer = await client.ask(fetch, 12, { minBytes: 1, maxWaitMs: 9999, topics, ...request });
      return answer.errorCode || answer.responses[0]!.partitions[0]!.errorCode;
    };
    expect(await code({ fetchOffset: 1 })).toBe(ErrorCode.OFFSET_OUT_OF_RANGE);
    expect(await code({ partition: 1 })).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    expect(await code({ currentLeaderEpoch: 1 })).toBe(ErrorCode.UNKNOWN_LEADER_EPOCH);
    expect(await code({}, { sessionId: 5, sessionEpoch: 2 })).toBe(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
  });

  it('is told when joining or asking for a transaction', async () => {
    const client = await connect(await start());
    const join = {
      groupId: 'g',
      sessionTimeoutMs: 1000,
      protocolType: 'consumer',
      protocols: [{ name: 'range' }],
    };
    const code = async (change: object): Promise<number> =>
      (await client.ask(joinGroup, 9, { ...join, ...change })).errorCode;
    expect(await code({})).toBe(ErrorCode.MEMBER_ID_REQUIRED);
    expect(await code({ groupId: '' })).toBe(ErrorCode.INVALID_GROUP_ID);
    expect(await code({ sessionTimeoutMs: 1 })).toBe(ErrorCode.INVALID_SESSION_TIMEOUT);
    expect(await code({ memberId: 'nobody' })).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
    expect(await code({ protocols: [] })).toBe(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    const { errorCode } = await client.ask(initProducerId, 4, { transactionalId: 't' });
    expect(errorCode).toBe(ErrorCode.UNSUPPORTED_VERSION);
  });
});

describe('a long poll', () => {
  const poll = (client: WireClient, maxWaitMs: number) =>
    client.ask(fetch, 11, {
      maxWaitMs,
      minBytes: 100,
      topics: [{ topic: 'a', partitions: [{ partitionMaxBytes: 1 << 20 }] }],
    });

  it('is answered when there is enough, not before', async () => {
    const broker = await start();
    const [consumer, producer] = [await connect(broker), await connect(broker)];
    await createTopic(producer, 'a');
    const answer = poll(consumer, 60_000);
    await send(producer, 'a');
    await send(producer, 'a');
    const { length } = (await answer).responses[0]!.partitions[0]!.records!;
    expect(length).toBe(2 * batchOf().size);
  });

  it('is answered with nothing when time is up', async () => {
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
    await other.ask(deleteTopics, 5, { topicNames: ['a'] });
    expect((await answer).responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  });
});

describe('offsets by time', () => {
  it('are earliest, latest, of the newest record, or of the first from then on', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    await send(client, 'a', { values: ['a', 'b', 'c'], times: [10, 30, 20] });
    await send(client, 'a', { values: ['d'], times: [25], attributes: 1 });
    const find = async (timestamp: number): Promise<number[]> => {
      const topics = [{ name: 'a', partitions: [{ timestamp }] }];
      const [partition] = (await client.ask(listOffsets, 7, { topics })).topics[0]!.partitions;
      return [partition!.offset, partition!.timestamp];
    };
    expect(await find(-2)).toEqual([0, -1]);
    expect(await find(-1)).toEqual([4, -1]);
    expect(await find(-3)).toEqual([1, 30]);
    expect(await find(11)).toEqual([1, 30]);
    expect(await find(31)).toEqual([-1, -1]);
    await client.ask(deleteRecords, 2, { topics: [{ name: 'a', partitions: [{ offset: 2 }] }] });
    expect(await find(-2)).toEqual([2, -1]);
    expect(await find(11)).toEqual([2, 20]);
  });
});
