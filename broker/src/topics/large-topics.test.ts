import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { produce } from '../apis/00-produce.js';
import { fetch } from '../apis/01-fetch.js';
import { listOffsets } from '../apis/02-list-offsets.js';
import { metadata } from '../apis/03-metadata.js';
import { apiVersions } from '../apis/18-api-versions.js';
import { createTopics } from '../apis/19-create-topics.js';
import { deleteTopics } from '../apis/20-delete-topics.js';
import { deleteRecords } from '../apis/21-delete-records.js';
import { offsetForLeaderEpoch } from '../apis/23-offset-for-leader-epoch.js';
import { describeProducers } from '../apis/61-describe-producers.js';
import { batchOf } from '../records/batch.fixture.js';
import type { WireClient } from '../server/wire-client.fixture.js';
import type { RunningBroker } from '../start-broker.js';
import { brokers } from '../test-broker.fixture.js';

const PARTITIONS = 600;
const { start, connect, directory } = brokers();

const indexes = Array.from({ length: PARTITIONS }, (_, index) => index);
const records = batchOf().bytes;

/** Who is answered first: the client whose request is a lot of work, or another one that asks right after it. */
const order = async (broker: RunningBroker, work: (client: WireClient) => Promise<unknown>) => {
  const [busy, other] = [await connect(broker), await connect(broker)];
  const answered: string[] = [];
  await Promise.all([
    work(busy).then(() => answered.push('busy client')),
    other.call(apiVersions, 0, {}).then(() => answered.push('other client')),
  ]);
  return answered;
};
const OTHER_FIRST = ['other client', 'busy client'];

const create = async (broker: RunningBroker): Promise<void> => {
  const client = await connect(broker);
  await client.call(createTopics, 7, {
    topics: [{ name: 'big', numPartitions: PARTITIONS, replicationFactor: 1 }],
  });
};

const write = async (client: WireClient): Promise<void> => {
  const partitionData = indexes.map((index) => ({ index, records }));
  const answer = await client.call(produce, 9, { acks: -1, topicData: [{ name: 'big', partitionData }] });
  const partitions = answer.responses[0]!.partitionResponses;
  expect(partitions.filter(({ errorCode }) => errorCode !== 0)).toEqual([]);
};

/** A broker whose partitions have a record each, and whose logs are not open yet. */
const restarted = async (): Promise<RunningBroker> => {
  const data = directory();
  const broker = await start({ data });
  await create(broker);
  await write(await connect(broker));
  await broker.close();
  return start({ data });
};

const fetchAll = (client: WireClient, fetchOffset: number) =>
  client.call(fetch, 12, {
    minBytes: 1,
    maxWaitMs: 600_000,
    maxBytes: 1 << 20,
    sessionEpoch: -1,
    topics: [
      {
        topic: 'big',
        partitions: indexes.map((partition) => ({ partition, fetchOffset, partitionMaxBytes: 1 << 20 })),
      },
    ],
  });

describe('a topic of hundreds of partitions', () => {
  it('does not keep other clients waiting while it is written and deleted', async () => {
    const data = directory();
    const broker = await start({ data });
    await create(broker);
    expect(await order(broker, write)).toEqual(OTHER_FIRST);
    await (await connect(broker)).call(deleteTopics, 5, { topicNames: ['big'] });
    expect(readdirSync(join(data, 'topics'))).toEqual([expect.stringMatching(/\.deleted$/)]);
  });

  it.each<[string, (client: WireClient) => Promise<unknown>]>([
    ['Fetch', (client) => fetchAll(client, 0)],
    ['Metadata', (client) => client.call(metadata, 12, { topics: null })],
    [
      'ListOffsets',
      (client) =>
        client.call(listOffsets, 7, {
          topics: [
            { name: 'big', partitions: indexes.map((partitionIndex) => ({ partitionIndex, timestamp: -1 })) },
          ],
        }),
    ],
    [
      'DeleteRecords',
      (client) =>
        client.call(deleteRecords, 2, {
          topics: [
            { name: 'big', partitions: indexes.map((partitionIndex) => ({ partitionIndex, offset: -1 })) },
          ],
        }),
    ],
    [
      'OffsetForLeaderEpoch',
      (client) =>
        client.call(offsetForLeaderEpoch, 4, {
          topics: [{ topic: 'big', partitions: indexes.map((partition) => ({ partition })) }],
        }),
    ],
    [
      'DescribeProducers',
      (client) => client.call(describeProducers, 0, { topics: [{ name: 'big', partitionIndexes: indexes }] }),
    ],
  ])('does not keep other clients waiting for %s', async (_, work) => {
    expect(await order(await restarted(), work)).toEqual(OTHER_FIRST);
  });

  it('wakes a long poll when a partition is written that it has read already', async () => {
    const broker = await restarted();
    const [consumer, producer] = [await connect(broker), await connect(broker)];
    const polled = fetchAll(consumer, 1);
    const topicData = [{ name: 'big', partitionData: [{ index: 0, records }] }];
    const [written, answer] = await Promise.all([producer.call(produce, 9, { acks: -1, topicData }), polled]);
    expect(written.responses[0]!.partitionResponses[0]!.baseOffset).toBe(1);
    expect(answer.responses[0]!.partitions[0]!.records).toHaveLength(records.length);
  });
});

it('other clients do not wait while Metadata creates hundreds of topics', async () => {
  const broker = await start();
  const topics = indexes.map((index) => ({ name: `topic-${index}` }));
  expect(
    await order(broker, (client) => client.call(metadata, 8, { topics, allowAutoTopicCreation: true })),
  ).toEqual(OTHER_FIRST);
});
