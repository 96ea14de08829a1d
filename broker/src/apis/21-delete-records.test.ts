import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { fetch } from './01-fetch.js';
import { deleteRecords } from './21-delete-records.js';
import { createTopic, send } from './records.fixture.js';

const { start, connect } = brokers();

describe('DeleteRecords', () => {
  it('moves the start only forward, up to the end', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    await send(client, 'a', { values: ['a', 'b', 'c'] });
    const remove = async (offset: number) => {
      const topics = [{ name: 'a', partitions: [{ offset }] }];
      const [partition] = (await client.call(deleteRecords, 2, { topics })).topics[0]!.partitions;
      return [partition!.errorCode, partition!.lowWatermark];
    };
    expect(await remove(2)).toEqual([ErrorCode.NONE, 2]);
    expect(await remove(1)).toEqual([ErrorCode.NONE, 2]);
    expect(await remove(4)).toEqual([ErrorCode.OFFSET_OUT_OF_RANGE, -1]);
    expect(await remove(-2)).toEqual([ErrorCode.OFFSET_OUT_OF_RANGE, -1]);
    const twice = [{ name: 'a', partitions: [{ offset: 4 }, { offset: -1 }] }];
    expect((await client.call(deleteRecords, 2, { topics: twice })).topics[0]!.partitions).toMatchObject([
      { errorCode: ErrorCode.NONE, lowWatermark: 3 },
    ]);
    expect(await remove(-1)).toEqual([ErrorCode.NONE, 3]);
    const topics = [{ topic: 'a', partitions: [{ fetchOffset: 2, partitionMaxBytes: 99 }] }];
    const { responses } = await client.call(fetch, 11, { topics });
    expect(responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.OFFSET_OUT_OF_RANGE);
  });

  it('is refused for a topic whose records are not deleted', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a', { 'cleanup.policy': 'compact' });
    await send(client, 'a', { keys: ['k'], values: ['v'] });
    const topics = [{ name: 'a', partitions: [{ offset: 1 }] }];
    const answer = await client.call(deleteRecords, 2, { topics });
    expect(answer.topics[0]!.partitions[0]).toMatchObject({
      errorCode: ErrorCode.POLICY_VIOLATION,
      lowWatermark: -1,
    });
  });
});
