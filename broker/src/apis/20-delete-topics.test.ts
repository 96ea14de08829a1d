import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { metadata } from './03-metadata.js';
import { offsetCommit } from './08-offset-commit.js';
import { offsetFetch } from './09-offset-fetch.js';
import { deleteTopics } from './20-delete-topics.js';
import { createTopic } from './records.fixture.js';

const { start, connect } = brokers();

describe('DeleteTopics', () => {
  it('deletes topics by name and by id, with their committed offsets', async () => {
    const client = await connect(await start());
    const [a, b] = [await createTopic(client, 'a'), await createTopic(client, 'b')];
    const topics = ['a', 'b'].map((name) => ({ name, partitions: [{ committedOffset: 1 }] }));
    await client.call(offsetCommit, 7, { groupId: 'g', topics });
    expect((await client.call(deleteTopics, 5, { topicNames: ['a'] })).responses).toMatchObject([
      { name: 'a', errorCode: ErrorCode.NONE },
    ]);
    expect((await client.call(deleteTopics, 6, { topics: [{ topicId: b }] })).responses).toMatchObject([
      { name: 'b', topicId: b, errorCode: ErrorCode.NONE },
    ]);
    expect((await client.call(metadata, 12, { topics: null })).topics).toEqual([]);
    expect((await client.call(offsetFetch, 7, { groupId: 'g', topics: null })).topics).toEqual([]);
    expect(a).not.toBe(await createTopic(client, 'a'));
  });

  it.each([
    [1, ErrorCode.INVALID_REQUEST],
    [3, ErrorCode.TOPIC_DELETION_DISABLED],
  ])('deletes nothing if the broker is set so, in the words of version %i', async (version, code) => {
    const client = await connect(await start({ settings: { 'delete.topic.enable': 'false' } }));
    await createTopic(client, 'a');
    const { responses } = await client.call(deleteTopics, version, { topicNames: ['a'] });
    expect(responses).toMatchObject([{ name: 'a', errorCode: code }]);
    expect((await client.call(metadata, 12, { topics: null })).topics).toHaveLength(1);
  });

  it('reports for each topic whether it existed', async () => {
    const client = await connect(await start());
    const unknown = { topicId: '0'.repeat(31) + '1' };
    const { responses } = await client.call(deleteTopics, 6, { topics: [{ name: 'x' }, unknown] });
    expect(responses.map(({ errorCode }) => errorCode)).toEqual([
      ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
      ErrorCode.UNKNOWN_TOPIC_ID,
    ]);
  });
});
