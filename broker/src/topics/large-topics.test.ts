import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { produce } from '../apis/00-produce.js';
import { apiVersions } from '../apis/18-api-versions.js';
import { createTopics } from '../apis/19-create-topics.js';
import { deleteTopics } from '../apis/20-delete-topics.js';
import { batchOf } from '../records/batch.fixture.js';
import { brokers } from '../test-broker.fixture.js';

const PARTITIONS = 2000;
const { start, connect, directory } = brokers();

describe('a topic of thousands of partitions', () => {
  it('does not keep other clients waiting while it is written and deleted', async () => {
    const data = directory();
    const broker = await start({ data });
    const [busy, other] = [await connect(broker), await connect(broker)];
    const topics = [{ name: 'big', numPartitions: PARTITIONS, replicationFactor: 1 }];
    await busy.call(createTopics, 7, { topics });
    const answered: string[] = [];
    const records = batchOf().bytes;
    const partitionData = Array.from({ length: PARTITIONS }, (_, index) => ({ index, records }));
    const writing = busy
      .call(produce, 9, { acks: -1, topicData: [{ name: 'big', partitionData }] })
      .then(({ responses }) => {
        answered.push('writer');
        return responses[0]!.partitionResponses.filter(({ errorCode }) => errorCode !== 0);
      });
    await other.call(apiVersions, 0, {}).then(() => answered.push('other client'));
    expect(await writing).toEqual([]);
    expect(answered).toEqual(['other client', 'writer']);
    await busy.call(deleteTopics, 5, { topicNames: ['big'] });
    expect(readdirSync(join(data, 'topics'))).toEqual([expect.stringMatching(/\.deleted$/)]);
  });
});
