import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { listOffsets } from './02-list-offsets.js';
import { deleteRecords } from './21-delete-records.js';
import { createTopic, send } from './records.fixture.js';
import { TransactionalProducer } from './transaction.fixture.js';

const { start, connect } = brokers();

describe('ListOffsets', () => {
  it('finds the earliest and latest offsets, the newest record, and the first at or after a time', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    await send(client, 'a', { values: ['a', 'b', 'c'], times: [10, 30, 20] });
    await send(client, 'a', { values: ['d'], times: [25], attributes: 1 });
    const find = async (timestamp: number): Promise<number[]> => {
      const topics = [{ name: 'a', partitions: [{ timestamp }] }];
      const [partition] = (await client.call(listOffsets, 7, { topics })).topics[0]!.partitions;
      return [partition!.offset, partition!.timestamp];
    };
    expect(await find(-2)).toEqual([0, -1]);
    expect(await find(-1)).toEqual([4, -1]);
    expect(await find(-3)).toEqual([1, 30]);
    expect(await find(11)).toEqual([1, 30]);
    expect(await find(31)).toEqual([-1, -1]);
    await client.call(deleteRecords, 2, { topics: [{ name: 'a', partitions: [{ offset: 2 }] }] });
    expect(await find(-2)).toEqual([2, -1]);
    expect(await find(11)).toEqual([2, 20]);
  });

  it('uses the start for the local start, and finds nothing in tiered storage', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    await send(client, 'a', { values: ['a', 'b'] });
    await client.call(deleteRecords, 2, { topics: [{ name: 'a', partitions: [{ offset: 1 }] }] });
    const find = async (timestamp: number): Promise<number> => {
      const asked = [{ name: 'a', partitions: [{ timestamp }] }];
      return (await client.call(listOffsets, 11, { topics: asked })).topics[0]!.partitions[0]!.offset;
    };
    expect([await find(-4), await find(-5), await find(-6)]).toEqual([1, -1, -1]);
  });

  it.each([
    [6, -3, ErrorCode.UNSUPPORTED_VERSION],
    [7, -3, ErrorCode.NONE],
    [7, -4, ErrorCode.UNSUPPORTED_VERSION],
    [8, -4, ErrorCode.NONE],
    [8, -5, ErrorCode.UNSUPPORTED_VERSION],
    [10, -6, ErrorCode.UNSUPPORTED_VERSION],
    [11, -6, ErrorCode.NONE],
    [11, -7, ErrorCode.UNSUPPORTED_VERSION],
  ])('answers version %i with timestamp %i by code %i', async (version, timestamp, code) => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const topics = [{ name: 'a', partitions: [{ timestamp }] }];
    const answer = await client.call(listOffsets, version, { topics });
    expect(answer.topics[0]!.partitions[0]!.errorCode).toBe(code);
  });

  it('refuses a partition that is named twice, and an unknown isolation level', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const codes = async (partitions: object[], isolationLevel = 0): Promise<number[]> => {
      const answer = await client.call(listOffsets, 7, {
        isolationLevel,
        topics: [{ name: 'a', partitions }],
      });
      return answer.topics[0]!.partitions.map(({ errorCode }) => errorCode);
    };
    expect(await codes([{ timestamp: -1 }, { timestamp: -2 }])).toEqual([ErrorCode.INVALID_REQUEST]);
    expect(await codes([{ timestamp: -1 }], 5)).toEqual([ErrorCode.UNKNOWN_SERVER_ERROR]);
  });

  it('finds nothing of an open transaction with read_committed', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    await send(client, 'a', { values: ['a'], time: 500 });
    const producer = await TransactionalProducer.start(client, 't');
    await producer.add('a');
    await producer.send('a', ['b']);
    const find = async (isolationLevel: number): Promise<number[]> => {
      const found: number[] = [];
      for (const timestamp of [-1, -3, 600]) {
        const request = { isolationLevel, topics: [{ name: 'a', partitions: [{ timestamp }] }] };
        const { topics } = await client.call(listOffsets, 7, request);
        found.push(...topics[0]!.partitions.map(({ offset }) => offset));
      }
      return found;
    };
    expect(await find(0)).toEqual([2, 1, 1]);
    expect(await find(1)).toEqual([1, -1, -1]);
    await producer.end(true);
    expect(await find(1)).toEqual([3, 2, 1]);
  });

  it('reports the error of each partition', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const partitions = [{ partitionIndex: 7 }, { currentLeaderEpoch: 1 }];
    const { topics } = await client.call(listOffsets, 7, {
      topics: [
        { name: 'a', partitions },
        { name: 'b', partitions: [{}] },
      ],
    });
    expect(topics.map((topic) => topic.partitions.map(({ errorCode }) => errorCode))).toEqual([
      [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorCode.UNKNOWN_LEADER_EPOCH],
      [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
    ]);
  });
});
