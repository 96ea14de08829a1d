import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { offsetForLeaderEpoch } from './23-offset-for-leader-epoch.js';
import { createTopic, send } from './records.fixture.js';

const { start, connect } = brokers();

describe('OffsetForLeaderEpoch', () => {
  it('returns the end of the log for the only epoch', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    await send(client, 'a');
    const answer = await client.call(offsetForLeaderEpoch, 4, {
      topics: [{ topic: 'a', partitions: [{ leaderEpoch: 0 }] }],
    });
    expect(answer.topics[0]!.partitions[0]).toMatchObject({ errorCode: 0, leaderEpoch: 0, endOffset: 1 });
  });

  it('refuses any other epoch', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const partitions = [{ leaderEpoch: 1 }, { currentLeaderEpoch: 1 }, { partition: 1 }];
    const { topics } = await client.call(offsetForLeaderEpoch, 4, { topics: [{ topic: 'a', partitions }] });
    expect(topics[0]!.partitions.map(({ errorCode, endOffset }) => [errorCode, endOffset])).toEqual([
      [ErrorCode.NONE, -1],
      [ErrorCode.UNKNOWN_LEADER_EPOCH, -1],
      [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, -1],
    ]);
  });
});
