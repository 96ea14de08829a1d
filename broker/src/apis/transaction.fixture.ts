import { expect } from '@jest/globals';
import { addPartitionsToTxn } from './24-add-partitions-to-txn.js';
import { endTxn } from './26-end-txn.js';
import { fetch } from './01-fetch.js';
import { initProducerId } from './22-init-producer-id.js';
import { produce } from './00-produce.js';
import { batchOf } from '../records/batch.fixture.js';
import type { WireClient } from '../server/wire-client.fixture.js';
import { ErrorCode } from '../wire/error-code.js';

const TRANSACTIONAL = 0b10000;

/** A transactional producer of one topic with one partition, which sends what a test tells it to. */
export class TransactionalProducer {
  private sequence = 0;

  producerId: number;
  producerEpoch: number;

  private constructor(
    private readonly client: WireClient,
    readonly transactionalId: string,
    begun: Pick<TransactionalProducer, 'producerId' | 'producerEpoch'>,
  ) {
    ({ producerId: this.producerId, producerEpoch: this.producerEpoch } = begun);
  }

  /** Begins like a client: it repeats the request while an earlier transaction is being aborted. */
  static async start(client: WireClient, transactionalId: string, transactionTimeoutMs = 60_000) {
    const init = () => client.call(initProducerId, 4, { transactionalId, transactionTimeoutMs });
    let answer = await init();
    while (answer.errorCode === ErrorCode.CONCURRENT_TRANSACTIONS) answer = await init();
    expect(answer.errorCode).toBe(ErrorCode.NONE);
    return new TransactionalProducer(client, transactionalId, answer);
  }

  async add(topic: string, version = 3): Promise<ErrorCode> {
    const { transactionalId, producerId, producerEpoch } = this;
    const topics = [{ name: topic, partitions: [0] }];
    const older = {
      v3AndBelowTransactionalId: transactionalId,
      v3AndBelowProducerId: producerId,
      v3AndBelowProducerEpoch: producerEpoch,
      v3AndBelowTopics: topics,
    };
    const newer = { transactions: [{ transactionalId, producerId, producerEpoch, topics }] };
    const answer = await this.client.call(addPartitionsToTxn, version, version >= 4 ? newer : older);
    const results =
      version >= 4 ? answer.resultsByTransaction[0]!.topicResults : answer.resultsByTopicV3AndBelow;
    return results[0]!.resultsByPartition[0]!.partitionErrorCode as ErrorCode;
  }

  async send(
    topic: string,
    values: string[],
    {
      version = 10,
      transactionalId = this.transactionalId as string | null,
      attributes = TRANSACTIONAL,
    } = {},
  ) {
    const { producerId, producerEpoch: epoch, sequence } = this;
    const records = batchOf({ values, producerId, epoch, sequence, attributes }).bytes;
    const topicData = [{ name: topic, partitionData: [{ index: 0, records }] }];
    const request = { acks: -1, transactionalId, topicData };
    const [partition] = (await this.client.call(produce, version, request)).responses[0]!.partitionResponses;
    if (partition!.errorCode === ErrorCode.NONE) this.sequence += values.length;
    return partition!;
  }

  /** Since version 5, the producer continues with the epoch in the answer. */
  async end(committed: boolean, version = 3): Promise<ErrorCode> {
    const { transactionalId, producerId, producerEpoch } = this;
    const request = { transactionalId, producerId, producerEpoch, committed };
    const answer = await this.client.call(endTxn, version, request);
    if (version >= 5 && answer.errorCode === ErrorCode.NONE) {
      ({ producerId: this.producerId, producerEpoch: this.producerEpoch } = answer);
      this.sequence = 0;
    }
    return answer.errorCode as ErrorCode;
  }

  /** A whole transaction with one batch. */
  async write(topic: string, values: string[], committed = true): Promise<void> {
    expect(await this.add(topic)).toBe(ErrorCode.NONE);
    expect((await this.send(topic, values)).errorCode).toBe(ErrorCode.NONE);
    expect(await this.end(committed)).toBe(ErrorCode.NONE);
  }
}

/** What a fetch of the only partition answers. */
export const fetchFrom = async (
  client: WireClient,
  topic: string,
  { offset = 0, isolationLevel = 1, maxWaitMs = 0 } = {},
) => {
  const partitions = [{ partition: 0, fetchOffset: offset, partitionMaxBytes: 1 << 20 }];
  const request = { maxWaitMs, minBytes: 1, isolationLevel, topics: [{ topic, partitions }] };
  return (await client.call(fetch, 11, request)).responses[0]!.partitions[0]!;
};
