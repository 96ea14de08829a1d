import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { alterReplicaLogDirs } from './34-alter-replica-log-dirs.js';
import { describeLogDirs } from './35-describe-log-dirs.js';
import { createTopic } from './records.fixture.js';

const { start, connect } = brokers();

describe('AlterReplicaLogDirs', () => {
  it('accepts the directory where a partition is, and refuses others', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const path = (await client.call(describeLogDirs, 5, {})).results[0]!.logDir;
    const topics = [
      { name: 'a', partitions: [0, 7] },
      { name: 'x', partitions: [0] },
    ];
    const here = await client.call(alterReplicaLogDirs, 2, { dirs: [{ path, topics }] });
    const { NONE, UNKNOWN_TOPIC_OR_PARTITION: UNKNOWN, LOG_DIR_NOT_FOUND } = ErrorCode;
    expect(here.results).toEqual([
      {
        topicName: 'a',
        partitions: [
          { partitionIndex: 0, errorCode: NONE },
          { partitionIndex: 7, errorCode: UNKNOWN },
        ],
      },
      { topicName: 'x', partitions: [{ partitionIndex: 0, errorCode: UNKNOWN }] },
    ]);
    const elsewhere = await client.call(alterReplicaLogDirs, 2, { dirs: [{ path: '/nowhere', topics }] });
    const codes = elsewhere.results.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode));
    expect(codes).toEqual([LOG_DIR_NOT_FOUND, LOG_DIR_NOT_FOUND, LOG_DIR_NOT_FOUND]);
  });
});
