import { describe, expect, it } from '@jest/globals';
import { batchOf } from '../records/batch.fixture.js';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { produce } from './00-produce.js';
import { createTopic, send } from './records.fixture.js';

const { start, connect } = brokers();

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

  it('closes the connection when acks is 0', async () => {
    const client = await connect(await start());
    void client.call(produce, 7, { acks: 0, topicData: [{ name: 'nowhere', partitionData: [{}] }] });
    await client.closed;
  });
});
