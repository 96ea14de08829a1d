import { describe, expect, it } from '@jest/globals';
import { fetch } from './01-fetch.js';
import { offsetCommit } from './08-offset-commit.js';
import { offsetFetch } from './09-offset-fetch.js';
import { produce } from './00-produce.js';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { registry } from './registry.js';
import { createTopic, send } from './records.fixture.js';

const { start, connect } = brokers();

const versionsOf = ({ versions: [first, last] }: { versions: readonly [number, number] }): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe('every version', () => {
  it('of every API has a response that can be fully decoded', async () => {
    const client = await connect(await start());
    for (const { api } of registry)
      for (const version of versionsOf(api))
        await client.call(api, version, api.name === 'Produce' ? { acks: 1 } : {});
  });

  it('of Produce and Fetch carries records, by name and by id', async () => {
    const client = await connect(await start());
    const id = await createTopic(client, 'a');
    for (const [offset, version] of versionsOf(produce).entries()) {
      const answer = await send(client, version >= 13 ? id : 'a', { version, values: [`v${version}`] });
      expect([answer.errorCode, answer.baseOffset]).toEqual([ErrorCode.NONE, offset]);
    }
    for (const version of versionsOf(fetch)) {
      const topic = version >= 13 ? { topicId: id } : { topic: 'a' };
      const partitions = [{ partition: 0, fetchOffset: 3, partitionMaxBytes: 1 << 20 }];
      const { responses } = await client.call(fetch, version, {
        minBytes: 1,
        topics: [{ ...topic, partitions }],
      });
      const [partition] = responses[0]!.partitions;
      expect([partition!.errorCode, partition!.highWatermark]).toEqual([ErrorCode.NONE, 11]);
      expect(partition!.records!.readBigInt64BE(0)).toBe(3n);
    }
  });

  it('of OffsetCommit and OffsetFetch keeps offsets', async () => {
    const client = await connect(await start());
    const topicId = await createTopic(client, 'a');
    for (const version of versionsOf(offsetCommit)) {
      const partitions = [{ partitionIndex: 0, committedOffset: version, committedMetadata: 'm' }];
      const topic = version >= 10 ? { topicId } : { name: 'a' };
      const answer = await client.call(offsetCommit, version, {
        groupId: 'g',
        topics: [{ ...topic, partitions }],
      });
      expect(answer.topics[0]!.partitions[0]!.errorCode).toBe(ErrorCode.NONE);
    }
    for (const version of versionsOf(offsetFetch)) {
      const topic = version >= 10 ? { topicId } : { name: 'a' };
      const request = { groupId: 'g', topics: [{ ...topic, partitionIndexes: [0] }] };
      const answer = await client.call(offsetFetch, version, version >= 8 ? { groups: [request] } : request);
      const { topics } = version >= 8 ? answer.groups[0]! : answer;
      expect(topics[0]!.partitions[0]).toMatchObject({ committedOffset: 10, metadata: 'm', errorCode: 0 });
    }
    const all = await client.call(offsetFetch, 10, { groups: [{ groupId: 'g', topics: null }] });
    expect(all.groups[0]!.topics).toMatchObject([{ topicId, partitions: [{ committedOffset: 10 }] }]);
  });
});
