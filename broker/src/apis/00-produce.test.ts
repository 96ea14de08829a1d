import { describe, expect, it, jest } from '@jest/globals';
import { batchOf } from '../records/batch.fixture.js';
import { diskFileSystem } from '../storage/file-system.js';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { produce } from './00-produce.js';
import { createTopic, send } from './records.fixture.js';

const { start, connect, directory } = brokers();

describe('Produce with an invalid request', () => {
  it('reports an error for each partition', async () => {
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
        await client.call(produce, 7, {
          acks: 5,
          topicData: [{ name: 'a', partitionData: [{ records: batchOf().bytes }] }],
        })
      ).responses[0]!.partitionResponses[0]!.errorCode,
    ).toBe(ErrorCode.INVALID_REQUIRED_ACKS);
  });

  it('says which records a compacted topic cannot take', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a', { 'cleanup.policy': 'compact' });
    const answer = await send(client, 'a', { version: 9, values: ['x', 'y'], keys: ['k', null] });
    expect(answer).toMatchObject({ errorCode: ErrorCode.INVALID_RECORD, recordErrors: [{ batchIndex: 1 }] });
  });

  it('closes the connection when acks is 0', async () => {
    const client = await connect(await start());
    void client.call(produce, 7, { acks: 0, topicData: [{ name: 'nowhere', partitionData: [{}] }] });
    await client.closed;
  });
});

describe('Produce to a topic that is flushed', () => {
  it.each([{ fsync: true }, { settings: { 'log.flush.interval.messages': '2' } }])(
    'with %j acknowledges what is on the disk',
    async (options) => {
      const data = directory();
      const client = await connect(await start({ data, ...options }));
      await createTopic(client, 'a');
      const answers = [await send(client, 'a'), await send(client, 'a'), await send(client, 'a')];
      expect(answers.map(({ errorCode, baseOffset }) => [errorCode, baseOffset])).toEqual([
        [0, 0],
        [0, 1],
        [0, 2],
      ]);
    },
  );

  it('reports a disk that cannot be flushed, and goes on', async () => {
    const client = await connect(await start({ data: directory(), fsync: true }));
    await createTopic(client, 'a');
    await send(client, 'a');
    const failing = jest.spyOn(diskFileSystem, 'datasync').mockRejectedValueOnce(new Error('no space'));
    expect((await send(client, 'a')).errorCode).toBe(ErrorCode.KAFKA_STORAGE_ERROR);
    expect((await send(client, 'a')).errorCode).toBe(ErrorCode.NONE);
    expect(failing).toHaveBeenCalledTimes(2);
    failing.mockRestore();
  });
});
