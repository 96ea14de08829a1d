import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import type { WireClient } from '../server/wire-client.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { addOffsetsToTxn } from './25-add-offsets-to-txn.js';
import { endTxn } from './26-end-txn.js';
import { txnOffsetCommit } from './28-txn-offset-commit.js';
import { offsetFetch } from './09-offset-fetch.js';
import { join } from './consumer-member.fixture.js';
import { joinedMember } from './member.fixture.js';
import { createTopic } from './records.fixture.js';
import { TransactionalProducer } from './transaction.fixture.js';

const { start, connect, directory } = brokers();

const started = async (client: WireClient) => {
  await createTopic(client, 'a');
  return TransactionalProducer.start(client, 't');
};

interface Commit {
  readonly version?: number;
  readonly partition?: number;
  readonly member?: { readonly generationId: number; readonly memberId: string };
}

const commit = async (
  client: WireClient,
  { producerId, producerEpoch }: TransactionalProducer,
  { version = 5, partition = 0, member = { generationId: -1, memberId: '' } }: Commit = {},
): Promise<number> => {
  const partitions = [{ partitionIndex: partition, committedOffset: 7, committedMetadata: 'm' }];
  const { topics } = await client.call(txnOffsetCommit, version, {
    transactionalId: 't',
    groupId: 'g',
    producerId,
    producerEpoch,
    ...(version >= 3 && member),
    topics: [{ name: 'a', partitions }],
  });
  return topics[0]!.partitions[0]!.errorCode;
};

const offsetOf = async (client: WireClient, requireStable = false) => {
  const groups = [{ groupId: 'g', topics: [{ name: 'a', partitionIndexes: [0] }] }];
  const answer = await client.call(offsetFetch, 9, { groups, requireStable });
  const { committedOffset, errorCode } = answer.groups[0]!.topics[0]!.partitions[0]!;
  return [committedOffset, errorCode];
};

describe('TxnOffsetCommit', () => {
  it.each([
    [true, 7],
    [false, -1],
  ])('stores offsets that become visible with the transaction, committed: %p', async (committed, offset) => {
    const client = await connect(await start());
    const producer = await started(client);
    expect(await commit(client, producer)).toBe(ErrorCode.NONE);
    expect(await offsetOf(client)).toEqual([-1, ErrorCode.NONE]);
    expect(await offsetOf(client, true)).toEqual([-1, ErrorCode.UNSTABLE_OFFSET_COMMIT]);
    expect(await producer.end(committed, 5)).toBe(ErrorCode.NONE);
    expect(await offsetOf(client, true)).toEqual([offset, ErrorCode.NONE]);
  });

  it('accepts a member of the consumer protocol in its current epoch', async () => {
    const client = await connect(await start());
    const producer = await started(client);
    const { memberId, memberEpoch } = await join(client);
    const inEpoch = (generationId: number) =>
      commit(client, producer, { member: { generationId, memberId: memberId! } });
    expect(await inEpoch(memberEpoch + 1)).toBe(ErrorCode.ILLEGAL_GENERATION);
    expect(await inEpoch(memberEpoch)).toBe(ErrorCode.NONE);
    expect(await producer.end(true, 5)).toBe(ErrorCode.NONE);
    expect(await offsetOf(client, true)).toEqual([7, ErrorCode.NONE]);
  });

  it('survives a restart of the broker', async () => {
    const data = directory();
    const broker = await start({ data });
    const producer = await started(await connect(broker));
    await commit(await connect(broker), producer);
    await broker.close();
    const client = await connect(await start({ data }));
    expect(await offsetOf(client, true)).toEqual([-1, ErrorCode.UNSTABLE_OFFSET_COMMIT]);
    const { producerId, producerEpoch, transactionalId } = producer;
    await client.call(endTxn, 3, { transactionalId, producerId, producerEpoch, committed: true });
    expect(await offsetOf(client, true)).toEqual([7, ErrorCode.NONE]);
  });

  it.each([
    [0, ErrorCode.INVALID_TXN_STATE],
    [4, ErrorCode.TRANSACTION_ABORTABLE],
  ])('needs AddOffsetsToTxn before, in version %i', async (version, refused) => {
    const client = await connect(await start());
    const producer = await started(client);
    expect(await commit(client, producer, { version })).toBe(refused);
    const { producerId, producerEpoch } = producer;
    const request = { transactionalId: 't', producerId, producerEpoch, groupId: 'g' };
    await client.call(addOffsetsToTxn, 3, request);
    expect(await commit(client, producer, { version })).toBe(ErrorCode.NONE);
  });

  it('refuses a fenced producer', async () => {
    const client = await connect(await start());
    const zombie = await started(client);
    await TransactionalProducer.start(client, 't');
    expect(await commit(client, zombie)).toBe(ErrorCode.INVALID_PRODUCER_EPOCH);
  });

  it('checks a member that is named, and trusts a producer that names none', async () => {
    const client = await connect(await start());
    const producer = await started(client);
    const { memberId, generationId } = await joinedMember(client, 'g');
    const member = { generationId, memberId };
    expect(await commit(client, producer, { member })).toBe(ErrorCode.NONE);
    expect(await commit(client, producer)).toBe(ErrorCode.NONE);
    const stale = { ...member, generationId: generationId + 1 };
    expect(await commit(client, producer, { member: stale })).toBe(ErrorCode.ILLEGAL_GENERATION);
    const unknown = { ...member, memberId: 'nobody' };
    expect(await commit(client, producer, { member: unknown })).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  });

  it('reports an unknown partition', async () => {
    const client = await connect(await start());
    const producer = await started(client);
    const code = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    expect(await commit(client, producer, { partition: 3 })).toBe(code);
  });
});
